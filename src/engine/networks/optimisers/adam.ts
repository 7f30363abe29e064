import type { NamedArrays } from "../../embeddings/named-arrays.ts";
import type { Kernels } from "../kernels.ts";
import type { Parameter } from "../parameter.ts";
import { Moments } from "./moments.ts";
import type { Optimiser } from "./optimiser.ts";

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/** Adam (Kingma and Ba 2015, Algorithm 1), β₁ = 0.9, β₂ = 0.999, ε = 1e-8. */
export class Adam implements Optimiser {
  readonly #kernels: Kernels;
  readonly #parameters: readonly Parameter[];
  readonly #first: Moments;
  readonly #second: Moments;
  #steps = 0;

  constructor(kernels: Kernels, parameters: Iterable<Parameter>) {
    this.#kernels = kernels;
    this.#parameters = [...parameters];
    this.#first = new Moments(kernels, this.#parameters, "first");
    this.#second = new Moments(kernels, this.#parameters, "second");
  }

  step(rate: number): void {
    this.#steps++;
    const { tf } = this.#kernels;
    const power1 = BETA1 ** this.#steps;
    const power2 = BETA2 ** this.#steps;
    // The operation adds its ε to the uncorrected root of the second moment, the paper's Algorithm 1 to the corrected.
    const epsilon = EPSILON * Math.sqrt(1 - power2);
    const scalars = [power1, power2, rate, BETA1, BETA2, epsilon].map((value) => tf.scalar(value));
    const attributes = [
      this.#kernels.float,
      this.#kernels.flag("use_locking", false),
      this.#kernels.flag("use_nesterov", false),
    ];
    for (const parameter of this.#parameters) {
      const { gradient } = parameter;
      if (gradient === null) continue;
      const moments = [this.#first.of(parameter), this.#second.of(parameter)];
      parameter.variable.update("ResourceApplyAdam", attributes, [...moments, ...scalars, gradient]);
      parameter.clear();
    }
    tf.dispose(scalars);
  }

  state(): NamedArrays {
    return { ...this.#first.state(), ...this.#second.state(), steps: Float32Array.of(this.#steps) };
  }

  load(arrays: NamedArrays): void {
    this.#first.load(arrays);
    this.#second.load(arrays);
    this.#steps = arrays.steps?.[0] ?? 0;
  }

  dispose(): void {
    this.#first.dispose();
    this.#second.dispose();
  }
}
