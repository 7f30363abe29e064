import type { Tensor } from "../../backends/index.ts";
import type { NamedArrays } from "../../embeddings/named-arrays.ts";
import type { Kernels } from "../kernels.ts";
import type { Parameter } from "../parameter.ts";
import { Moments } from "./moments.ts";
import type { Optimiser } from "./optimiser.ts";

export interface SgdOptions {
  /** μ, 0 up to but not 1; default 0. */
  readonly momentum?: number;
  /** λ: adds λ·w to each gradient; default 0. */
  readonly weightDecay?: number;
}

/** Stochastic gradient descent as PyTorch's: v ← μ·v + g + λ·w, w ← w − rate·v. */
export class Sgd implements Optimiser {
  readonly #kernels: Kernels;
  readonly #parameters: readonly Parameter[];
  readonly #velocities: Moments | null;
  readonly #momentum: Tensor;
  readonly #weightDecay: number;

  constructor(kernels: Kernels, parameters: Iterable<Parameter>, options: SgdOptions = {}) {
    const { momentum = 0, weightDecay = 0 } = options;
    this.#kernels = kernels;
    this.#parameters = [...parameters];
    this.#velocities = momentum > 0 ? new Moments(kernels, this.#parameters, "velocity") : null;
    this.#momentum = kernels.tf.keep(kernels.tf.scalar(momentum));
    this.#weightDecay = weightDecay;
  }

  step(rate: number): void {
    const { tf, float } = this.#kernels;
    const isPlain = this.#kernels.flag("use_nesterov", false);
    const isUnlocked = this.#kernels.flag("use_locking", false);
    const learningRate = tf.scalar(rate);
    for (const parameter of this.#parameters) {
      const gradient = this.#decayed(parameter);
      if (gradient === null) continue;
      if (this.#velocities) {
        const inputs = [this.#velocities.of(parameter), learningRate, gradient, this.#momentum];
        parameter.variable.update("ResourceApplyMomentum", [float, isUnlocked, isPlain], inputs);
      } else {
        parameter.variable.update(
          "ResourceApplyGradientDescent",
          [float, isUnlocked],
          [learningRate, gradient],
        );
      }
      if (gradient !== parameter.gradient) gradient.dispose();
      parameter.clear();
    }
    learningRate.dispose();
  }

  state(): NamedArrays {
    return this.#velocities?.state() ?? {};
  }

  load(arrays: NamedArrays): void {
    this.#velocities?.load(arrays);
  }

  dispose(): void {
    this.#velocities?.dispose();
    this.#momentum.dispose();
  }

  /** The gradient with weight decay; the parameter's own where there is none. */
  #decayed({ gradient, value }: Parameter): Tensor | null {
    if (gradient === null || this.#weightDecay === 0) return gradient;
    const { tf } = this.#kernels;
    return tf.tidy(() => tf.add(gradient, tf.mul(value, this.#weightDecay)));
  }
}
