import type { Tensor } from "../../backends/index.ts";
import type { Attribute, Kernels } from "../kernels.ts";
import { crop, pad } from "./padding.ts";

/**
 * The largest value of each 3 × 3 window, stride 2, padding 1, for inputs that are not negative (behind a
 * ReLU): zeros around them then do what PyTorch's −∞ do.
 * Tensors that are given stay the caller's; those that come back are too.
 */
export class MaxPool {
  readonly #kernels: Kernels;
  readonly #attributes: readonly Attribute[];

  constructor(kernels: Kernels) {
    this.#kernels = kernels;
    this.#attributes = [
      kernels.float,
      kernels.integers("ksize", [1, 3, 3, 1]),
      kernels.integers("strides", [1, 2, 2, 1]),
      kernels.text("padding", "VALID"),
      kernels.text("data_format", "NHWC"),
    ];
  }

  forward(input: Tensor): Tensor {
    const padded = pad(this.#kernels, input, 1);
    const output = this.#kernels.one("MaxPool", this.#attributes, [padded]);
    padded.dispose();
    return output;
  }

  /** The gradient with respect to `input`; where a window is all zeros it may fall on the padding, before a ReLU no loss. */
  backward(input: Tensor, output: Tensor, gradient: Tensor): Tensor {
    const padded = pad(this.#kernels, input, 1);
    const slope = this.#kernels.one("MaxPoolGrad", this.#attributes, [padded, output, gradient]);
    padded.dispose();
    const cropped = crop(this.#kernels, slope, 1);
    slope.dispose();
    return cropped;
  }
}
