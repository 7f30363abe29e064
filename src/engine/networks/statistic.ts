import type { Tensor, Tensor1D } from "../backends/index.ts";
import type { Kernels } from "./kernels.ts";

/** A running mean or variance of a batch normalisation: kept with the weights, but not trained. */
export class Statistic {
  readonly name: string;
  readonly length: number;
  readonly #kernels: Kernels;
  #value: Tensor;

  /** @param initial the value of every channel at the start */
  constructor(kernels: Kernels, name: string, length: number, initial: number) {
    this.#kernels = kernels;
    this.name = name;
    this.length = length;
    this.#value = kernels.tf.keep(kernels.tf.fill<Tensor1D["rankType"]>([length], initial));
  }

  get value(): Tensor {
    return this.#value;
  }

  /** Takes the tensor over. */
  replace(value: Tensor): void {
    this.#value.dispose();
    this.#value = this.#kernels.tf.keep(value);
  }

  assign(values: Float32Array): void {
    this.replace(this.#kernels.tf.tensor1d(values.slice()));
  }

  read(): Float32Array {
    return this.#value.dataSync<"float32">();
  }

  dispose(): void {
    this.#value.dispose();
  }
}
