import type { Random } from "../../../shared/random.ts";
import type { Tensor2D } from "../../backends/index.ts";

/** Share of the labelled patches that is held out, and the fewest labelled patches that allow it. */
const SHARE = 0.2;
const FEWEST = 10;
/** Epochs without a better loss after which training stops: this share of all epochs, at least 10. */
const PATIENCE_SHARE = 0.1;
const LEAST_PATIENCE = 10;

/** Which rows train and which are held out; all train where there are too few to hold any out. */
export function holdOut(rows: number, random: Random): { train: Uint32Array; heldOut: Uint32Array } {
  const order = random.shuffle(Uint32Array.from({ length: rows }, (_, row) => row));
  const count = rows < FEWEST ? 0 : Math.round(SHARE * rows);
  return { train: order.slice(count).sort(), heldOut: order.slice(0, count).sort() };
}

/** Remembers the weights with the least loss on held-out patches, and says when to stop. */
export class EarlyStopping<W extends Readonly<Record<string, Tensor2D>>> {
  readonly #patience: number;
  readonly #keep: (weights: W) => W;
  #bestLoss = Number.POSITIVE_INFINITY;
  #since = 0;
  #best: W | null = null;

  /** @param keep copies weights, so that they outlive the next training step */
  constructor(epochs: number, keep: (weights: W) => W) {
    this.#patience = Math.max(LEAST_PATIENCE, Math.ceil(PATIENCE_SHARE * epochs));
    this.#keep = keep;
  }

  /** Tells the loss after an epoch. @returns true where training should stop */
  observe(loss: number, weights: W): boolean {
    this.#since++;
    if (loss < this.#bestLoss) {
      this.#bestLoss = loss;
      this.#since = 0;
      this.dispose();
      this.#best = this.#keep(weights);
    }
    return this.#since >= this.#patience;
  }

  /** The weights of the best epoch; null before the first one. */
  get best(): W | null {
    return this.#best;
  }

  dispose(): void {
    for (const tensor of Object.values(this.#best ?? {})) tensor.dispose();
    this.#best = null;
  }
}
