import type { Tensor } from "../../backends/index.ts";
import type { Attribute, Kernels } from "../kernels.ts";
import type { Parameter } from "../parameter.ts";
import { crop, pad } from "./padding.ts";

export interface ConvolutionOptions {
  readonly stride: number;
  /** Zeros on every side, as PyTorch's `padding`. */
  readonly padding: number;
}

/**
 * A two-dimensional convolution without bias, NHWC, weights of height × width × inputs × outputs.
 * Tensors that are given stay the caller's; those that come back are too.
 */
export class Convolution {
  readonly weight: Parameter;
  readonly #kernels: Kernels;
  readonly #attributes: readonly Attribute[];
  /** Zeros that are written around the input, where no padding mode of the operation has the same effect. */
  readonly #explicitPadding: number;

  constructor(kernels: Kernels, weight: Parameter, { stride, padding }: ConvolutionOptions) {
    this.#kernels = kernels;
    this.weight = weight;
    const isSame = stride === 1 && padding > 0 && weight.shape[0] === 2 * padding + 1;
    // The operation's own explicit padding has slow gradients on the processor.
    this.#explicitPadding = isSame ? 0 : padding;
    this.#attributes = [
      kernels.float,
      kernels.integers("strides", [1, stride, stride, 1]),
      kernels.text("padding", isSame ? "SAME" : "VALID"),
      kernels.text("data_format", "NHWC"),
      kernels.flag("use_cudnn_on_gpu", true),
      kernels.integers("dilations", [1, 1, 1, 1]),
    ];
  }

  forward(input: Tensor): Tensor {
    return this.#withPadded(input, (padded) =>
      this.#kernels.one("Conv2D", this.#attributes, [padded, this.weight.value]),
    );
  }

  /**
   * Accumulates the gradient of the weights.
   * @param input what `forward` was given
   * @param gradient of the loss with respect to what `forward` returned
   */
  backwardWeight(input: Tensor, gradient: Tensor): void {
    this.#withPadded(input, (padded) => {
      const shape = this.#shapeOf(this.weight.shape);
      this.weight.accumulate(
        this.#kernels.one("Conv2DBackpropFilter", this.#attributes, [padded, shape, gradient]),
      );
      shape.dispose();
    });
  }

  /** The gradient with respect to an input of this shape. */
  backwardInput(inputShape: readonly number[], gradient: Tensor): Tensor {
    const padding = this.#explicitPadding;
    const [batch = 0, height = 0, width = 0, channels = 0] = inputShape;
    const shape = this.#shapeOf([batch, height + 2 * padding, width + 2 * padding, channels]);
    const slope = this.#kernels.one("Conv2DBackpropInput", this.#attributes, [
      shape,
      this.weight.value,
      gradient,
    ]);
    shape.dispose();
    if (padding === 0) return slope;
    const cropped = crop(this.#kernels, slope, padding);
    slope.dispose();
    return cropped;
  }

  /** Both gradients: accumulates that of the weights and gives that with respect to the input. */
  backward(input: Tensor, gradient: Tensor): Tensor {
    this.backwardWeight(input, gradient);
    return this.backwardInput(input.shape, gradient);
  }

  #withPadded<T>(input: Tensor, use: (padded: Tensor) => T): T {
    if (this.#explicitPadding === 0) return use(input);
    const padded = pad(this.#kernels, input, this.#explicitPadding);
    const result = use(padded);
    padded.dispose();
    return result;
  }

  #shapeOf(shape: readonly number[]): Tensor {
    return this.#kernels.tf.tensor1d([...shape], "int32");
  }
}
