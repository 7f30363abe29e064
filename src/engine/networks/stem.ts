import type { Tensor } from "../backends/index.ts";
import type { BatchNorm, BatchStatistics } from "./layers/batch-norm.ts";
import type { Convolution } from "./layers/convolution.ts";
import { MaxPool } from "./layers/max-pool.ts";
import type { Parts } from "./parts.ts";
import type { TrunkShape } from "./trunk.ts";

export const STEM_CHANNELS = 64;

export interface SavedStem {
  readonly convolved: Tensor;
  readonly statistics: BatchStatistics;
}

/** The first layers: convolution to 64 channels, normalisation, ReLU and, in the standard form, a maximum. */
export class ImageStem {
  readonly #parts: Parts;
  readonly #convolution: Convolution;
  readonly #norm: BatchNorm;
  readonly #pool: MaxPool | null;

  constructor(parts: Parts, names: { convolution: string; norm: string }, { bands, stem }: TrunkShape) {
    const isSmall = stem === "small";
    this.#parts = parts;
    this.#convolution = parts.convolution(
      names.convolution,
      [isSmall ? 3 : 7, bands, STEM_CHANNELS],
      isSmall ? { stride: 1, padding: 1 } : { stride: 2, padding: 3 },
    );
    this.#norm = parts.batchNorm(names.norm, STEM_CHANNELS, "relu");
    this.#pool = isSmall ? null : new MaxPool(parts.kernels);
  }

  /** @param images batch × height × width × bands; the caller's, as is the output */
  forward(images: Tensor, training: boolean): { readonly output: Tensor; readonly saved: SavedStem | null } {
    const convolved = this.#convolution.forward(images);
    if (!training) {
      const activated = this.#norm.forwardInference(convolved);
      convolved.dispose();
      return { output: this.#pooled(activated), saved: null };
    }
    const { output, statistics } = this.#norm.forwardTraining(convolved);
    return { output: this.#pooled(output), saved: { convolved, statistics } };
  }

  /**
   * Disposes of `saved` and `gradient`.
   * @param output what `forward` returned; the caller's
   */
  backward(images: Tensor, saved: SavedStem, output: Tensor, gradient: Tensor): void {
    const { convolved, statistics } = saved;
    const { tf } = this.#parts.kernels;
    const activated = this.#pool ? this.#norm.recompute(convolved, statistics) : null;
    const unpooled = this.#pool && activated ? this.#pool.backward(activated, output, gradient) : gradient;
    if (unpooled !== gradient) gradient.dispose();
    const slope = this.#norm.backward(convolved, activated ?? output, statistics, unpooled);
    tf.dispose([unpooled, activated ?? [], convolved, ...statistics]);
    this.#convolution.backwardWeight(images, slope);
    slope.dispose();
  }

  discard({ convolved, statistics }: SavedStem): void {
    this.#parts.kernels.tf.dispose([convolved, ...statistics]);
  }

  #pooled(activated: Tensor): Tensor {
    if (!this.#pool) return activated;
    const pooled = this.#pool.forward(activated);
    activated.dispose();
    return pooled;
  }
}
