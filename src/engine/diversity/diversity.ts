import type { Random } from "../../shared/random.ts";
import type { EngineMath } from "../backends/index.ts";
import type { Vectors } from "../embeddings/vectors.ts";
import type { Work } from "../work.ts";

export interface DiversityInput {
  readonly tf: EngineMath;
  /** The kept candidates' features. */
  readonly vectors: Vectors;
  /** One entry a row. */
  readonly utilities: Float32Array;
  readonly budget: number;
  readonly random: Random;
  readonly work: Work;
}

/** Chooses different ones of the most uncertain candidates: min(budget, rows) different rows. */
export type Diversity = (input: DiversityInput) => Promise<readonly DiverseRow[]>;

export interface DiverseRow {
  readonly row: number;
  /** Ends the reason: "most uncertain of a group of 5 similar patches". */
  readonly why: string;
}
