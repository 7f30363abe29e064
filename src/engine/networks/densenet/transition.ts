import type { Tensor } from "../../backends/index.ts";
import { AveragePool } from "../layers/average-pool.ts";
import type { BatchNorm, BatchStatistics } from "../layers/batch-norm.ts";
import type { Convolution } from "../layers/convolution.ts";
import type { Parts } from "../parts.ts";

/**
 * Between two dense blocks: BN, ReLU, 1 × 1 convolution to half the channels, means of 2 × 2 pixels. The means
 * are taken before the convolution: both are linear and the result the same, for a quarter of the work.
 */
export class Transition {
  readonly #parts: Parts;
  readonly #norm: BatchNorm;
  readonly #convolution: Convolution;
  readonly #pool: AveragePool;

  constructor(parts: Parts, name: string, inputs: number) {
    this.#parts = parts;
    this.#norm = parts.batchNorm(`${name}.norm`, inputs, "relu");
    this.#convolution = parts.convolution(`${name}.conv`, [1, inputs, inputs / 2], { stride: 1, padding: 0 });
    this.#pool = new AveragePool(parts.kernels);
  }

  /** `input` stays the caller's. */
  forward(
    input: Tensor,
    training: boolean,
  ): { readonly output: Tensor; readonly saved: BatchStatistics | null } {
    const normalised = training ? this.#norm.forwardTraining(input) : null;
    const activated = normalised?.output ?? this.#norm.forwardInference(input);
    const pooled = this.#pool.forward(activated);
    activated.dispose();
    const output = this.#convolution.forward(pooled);
    pooled.dispose();
    return { output, saved: normalised?.statistics ?? null };
  }

  /** Disposes of `saved`; `input`, `gradient` and what is returned are the caller's. */
  backward(input: Tensor, saved: BatchStatistics, gradient: Tensor): Tensor {
    const activated = this.#norm.recompute(input, saved);
    const pooled = this.#pool.forward(activated);
    const toPooled = this.#convolution.backward(pooled, gradient);
    pooled.dispose();
    const toActivated = this.#pool.backward(activated.shape, toPooled);
    toPooled.dispose();
    const toInput = this.#norm.backward(input, activated, saved, toActivated);
    this.#parts.kernels.tf.dispose([activated, toActivated, ...saved]);
    return toInput;
  }
}
