import type { Tensor } from "../../backends/index.ts";
import type { Kernels } from "../kernels.ts";
import type { Parameter } from "../parameter.ts";

/**
 * y = x·W + b, with W of inputs × outputs.
 * Tensors that are given stay the caller's; those that come back are too.
 */
export class Linear {
  readonly #kernels: Kernels;
  readonly #weight: Parameter;
  readonly #bias: Parameter;

  constructor(kernels: Kernels, weight: Parameter, bias: Parameter) {
    this.#kernels = kernels;
    this.#weight = weight;
    this.#bias = bias;
  }

  /** @param input rows × inputs */
  forward(input: Tensor): Tensor {
    const { tf } = this.#kernels;
    const product = tf.matMul(input, this.#weight.value);
    const output = tf.add(product, this.#bias.value);
    product.dispose();
    return output;
  }

  /** Accumulates the gradients of weight and bias and gives that with respect to `input`. */
  backward(input: Tensor, gradient: Tensor): Tensor {
    const { tf } = this.#kernels;
    this.#weight.accumulate(tf.matMul(input, gradient, true, false));
    this.#bias.accumulate(tf.sum(gradient, 0));
    return tf.matMul(gradient, this.#weight.value, false, true);
  }
}
