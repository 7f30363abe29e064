import type { Random } from "../../shared/random.ts";
import type { EngineMath } from "../backends/index.ts";
import type { Vectors } from "../embeddings/vectors.ts";
import type { Work } from "../work.ts";

export interface DiversityInput {
  readonly tf: EngineMath;
  /** h(x) of the kept candidates. */
  readonly vectors: Vectors;
  /** One entry a row. */
  readonly utilities: Float32Array;
  readonly budget: number;
  readonly random: Random;
  readonly work: Work;
}

/** A group of patches in which a chosen one was found. */
export interface Cluster {
  /** From 0, within one query. */
  readonly index: number;
  /** Patches in it, the chosen one included. */
  readonly size: number;
}

export interface DiverseRow {
  readonly row: number;
  /** Ends the reason: "most uncertain of 5 similar patches". */
  readonly why: string;
  /** Where clusters take part. */
  readonly cluster?: Cluster;
}

/** How different ones of the most uncertain candidates are chosen: the second half of a query function. */
export interface Diversity {
  /** Ends the id of a composed function: "mge+clustering". */
  readonly id: string;
  /** Ends its name: "MGE and clustering". */
  readonly name: string;
  /** Ends its description. */
  readonly picks: string;
  readonly reference: string;
  /** Chooses min(budget, rows) different rows, most urgent first. */
  choose(input: DiversityInput): Promise<readonly DiverseRow[]>;
}
