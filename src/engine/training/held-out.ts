import type { NamedArrays } from "../embeddings/named-arrays.ts";

/** Epochs without a better loss after which training stops: this share of all epochs, at least 10. */
const PATIENCE_SHARE = 0.1;
const LEAST_PATIENCE = 10;

/** What a checkpoint keeps of it, beside the weights. */
export interface HeldOutState {
  /** The least loss so far; null before the first epoch. */
  readonly bestLoss: number | null;
  /** Epochs since then. */
  readonly since: number;
}

/** Remembers the weights with the least loss on held-out patches, and says when to stop. */
export class HeldOutWatch {
  readonly #patience: number;
  #bestLoss: number | null = null;
  #since = 0;
  #best: NamedArrays | null = null;

  constructor(epochs: number) {
    this.#patience = Math.max(LEAST_PATIENCE, Math.ceil(PATIENCE_SHARE * epochs));
  }

  /** Tells the loss after an epoch. @param weights read only where they are the best so far */
  observe(loss: number, weights: () => NamedArrays): void {
    this.#since++;
    if (this.#bestLoss !== null && loss >= this.#bestLoss) return;
    this.#bestLoss = loss;
    this.#since = 0;
    this.#best = weights();
  }

  get shouldStop(): boolean {
    return this.#since >= this.#patience;
  }

  /** The weights of the best epoch; null before the first one. */
  get best(): NamedArrays | null {
    return this.#best;
  }

  state(): HeldOutState {
    return { bestLoss: this.#bestLoss, since: this.#since };
  }

  /** Goes on from a checkpoint. @param best null where there was no epoch yet */
  restore({ bestLoss, since }: HeldOutState, best: NamedArrays | null): void {
    this.#bestLoss = bestLoss;
    this.#since = since;
    this.#best = best;
  }
}
