import type { Tensor } from "../../backends/index.ts";
import type { Attribute, Kernels } from "../kernels.ts";

/**
 * Means of 2 × 2 windows, stride 2; an odd last row or column is left out.
 * Tensors that are given stay the caller's; those that come back are too.
 */
export class AveragePool {
  readonly #kernels: Kernels;
  readonly #attributes: readonly Attribute[];

  constructor(kernels: Kernels) {
    this.#kernels = kernels;
    this.#attributes = [
      kernels.float,
      kernels.integers("ksize", [1, 2, 2, 1]),
      kernels.integers("strides", [1, 2, 2, 1]),
      kernels.text("padding", "VALID"),
      kernels.text("data_format", "NHWC"),
    ];
  }

  forward(input: Tensor): Tensor {
    return this.#kernels.one("AvgPool", this.#attributes, [input]);
  }

  /** The gradient with respect to an input of this shape. */
  backward(inputShape: readonly number[], gradient: Tensor): Tensor {
    const shape = this.#kernels.tf.tensor1d([...inputShape], "int32");
    const slope = this.#kernels.one("AvgPoolGrad", this.#attributes, [shape, gradient]);
    shape.dispose();
    return slope;
  }
}
