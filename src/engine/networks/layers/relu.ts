import type { Tensor } from "../../backends/index.ts";
import type { Kernels } from "../kernels.ts";

/** max(0, x), a new tensor. */
export function relu(kernels: Kernels, input: Tensor): Tensor {
  return kernels.one("Relu", [kernels.float], [input]);
}

/**
 * The gradient with respect to what went into a ReLU, a new tensor.
 * @param output what came out of it (what went in does as well)
 */
export function reluGradient(kernels: Kernels, output: Tensor, gradient: Tensor): Tensor {
  return kernels.one("ReluGrad", [kernels.float], [gradient, output]);
}
