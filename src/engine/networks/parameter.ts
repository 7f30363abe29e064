import type { Tensor } from "../backends/index.ts";
import type { Kernels } from "./kernels.ts";
import { Variable } from "./variable.ts";

/** What a weight is, which decides how it starts and how its values are laid out elsewhere. */
export type ParameterKind = "convolution" | "linear" | "bias" | "scale" | "shift";

/** A trainable weight with the gradient that a backward pass has left for the optimiser. */
export class Parameter {
  readonly name: string;
  readonly kind: ParameterKind;
  /** Convolutions: height, width, inputs, outputs. Linear: inputs, outputs. Others: one dimension. */
  readonly shape: readonly number[];
  readonly variable: Variable;
  readonly #kernels: Kernels;
  #gradient: Tensor | null = null;

  constructor(kernels: Kernels, name: string, kind: ParameterKind, shape: readonly number[]) {
    this.#kernels = kernels;
    this.name = name;
    this.kind = kind;
    this.shape = shape;
    this.variable = new Variable(kernels, shape, new Float32Array(this.size));
  }

  /** Number of values. */
  get size(): number {
    return this.shape.reduce((product, length) => product * length, 1);
  }

  get value(): Tensor {
    return this.variable.value;
  }

  /** The sum of what was accumulated since the last `clear`; null where nothing was. */
  get gradient(): Tensor | null {
    return this.#gradient;
  }

  /** Adds to the gradient; takes the tensor over. */
  accumulate(gradient: Tensor): void {
    const shaped = gradient.shape.length === this.shape.length ? gradient : gradient.reshape([...this.shape]);
    if (shaped !== gradient) gradient.dispose();
    const before = this.#gradient;
    if (before === null) {
      this.#gradient = this.#kernels.tf.keep(shaped);
      return;
    }
    this.#gradient = this.#kernels.tf.keep(this.#kernels.tf.add(before, shaped));
    before.dispose();
    shaped.dispose();
  }

  /** Forgets the gradient. */
  clear(): void {
    this.#gradient?.dispose();
    this.#gradient = null;
  }

  dispose(): void {
    this.clear();
    this.variable.dispose();
  }
}
