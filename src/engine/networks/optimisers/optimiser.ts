import type { NamedArrays } from "../../embeddings/named-arrays.ts";

/** Changes parameters by their gradients. */
export interface Optimiser {
  /**
   * One step for every parameter that has a gradient; the gradients are cleared.
   * @param rate learning rate, above 0
   */
  step(rate: number): void;
  /** What it remembers of earlier steps, for a checkpoint. */
  state(): NamedArrays;
  /** @throws FieldmarkError `no-model` where an array is missing or of another size */
  load(arrays: NamedArrays): void;
  dispose(): void;
}
