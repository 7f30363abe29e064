import type { Random } from "../../shared/random.ts";
import type { Vectors } from "../embeddings/vectors.ts";
import type { EarlierHead, HeadState, OpenHead, TrainingNeeds } from "../heads/head.ts";
import type { Work } from "../work.ts";
import type { ParameterCounts } from "./parameters.ts";

/** A model of a simulated round. */
export interface Trained {
  readonly head: OpenHead;
  readonly state: HeadState;
  /** What the model sees of every patch, one row a patch of `Learner.positions`. */
  readonly vectors: Vectors;
  /** The model of the round before, to be asked with rows of `vectors`; null in the first round. */
  readonly previous: EarlierHead | null;
  readonly parameters: ParameterCounts;
  /** Time that training took. */
  readonly seconds: number;
  /** Time that making one row of `vectors` took: what a query pays for each candidate. */
  readonly secondsPerPatch: number;
}

/** What is trained in each round of a simulation: a head on embeddings, or a network on pixels. */
export interface Learner {
  /** Rows of the label matrix whose patches can be learned from. */
  readonly positions: Uint32Array;
  /**
   * @param labeled positions among `positions`
   * @param labels one row a patch of `positions`
   * @param earlier the model of the round before; whether weights go on from it, the simulation's configuration says
   */
  train(
    labeled: readonly number[],
    labels: Int8Array,
    needs: TrainingNeeds,
    earlier: Trained | null,
    random: Random,
    work: Work,
  ): Promise<Trained>;
  close(): Promise<void>;
}
