import type { z } from "zod";
import type { ProjectKind } from "../../shared/domain/learning.ts";
import type { Random } from "../../shared/random.ts";
import type { EngineMath } from "../backends/index.ts";
import type { NamedArrays } from "../embeddings/named-arrays.ts";
import type { Vectors } from "../embeddings/vectors.ts";
import type { Described } from "../registry.ts";
import type { Work } from "../work.ts";

/** Labelled embeddings. */
export interface TrainingData {
  /** In the embedding space (see `EmbeddingSpace`). */
  readonly vectors: Vectors;
  /** vectors.count × classes, row-major: 1 present, 0 absent, −1 masked. */
  readonly labels: Int8Array;
  readonly classes: number;
}

/** All that a trained head is, apart from the space it was trained in. */
export interface HeadState {
  /** JSON values only. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly arrays: NamedArrays;
}

export interface TrainedHead {
  readonly state: HeadState;
  /** Mean loss of the last pass over the labelled data (what loss, the head says). */
  readonly loss: number;
  /** Passes over the labelled data; 1 for closed forms. */
  readonly epochs: number;
}

/** How the loss module is trained (Yoo and Kweon 2019). */
export interface LossModuleOptions {
  /** λ: weight of the pair loss beside the classifier's own, not negative. */
  readonly lambda: number;
  /** ξ: margin by which the predicted ranks of a pair must differ, above 0. */
  readonly xi: number;
}

/** What the next query asks of the training before it; a head that can't give it trains without. */
export interface TrainingNeeds {
  /** The network learns to rank its own losses too (`OpenHead.lossRanks`); null = not needed. */
  readonly lossModule: LossModuleOptions | null;
  /** The model must be able to predict with dropout on (`OpenHead.passes`). */
  readonly passes: boolean;
}
export const NO_NEEDS: TrainingNeeds = { lossModule: null, passes: false };

export interface HeadContext {
  readonly tf: EngineMath;
  readonly kind: ProjectKind;
  readonly random: Random;
  readonly work: Work;
  /** Weights to continue from; null = fresh. Heads in closed form have nothing to continue. */
  readonly warmStart: HeadState | null;
  readonly needs: TrainingNeeds;
}

/** The last linear layer: what goes in and what comes out, in one pass. */
export interface LastLayer {
  /** Its own outputs after sigmoid or softmax, before any calibration; count × classes, row-major. */
  readonly probabilities: Float32Array;
  /** h(x): what it sees. */
  readonly features: Vectors;
  /** True where it adds a learned bias, which then has a gradient too. */
  readonly bias: boolean;
}

/** A trained head ready to predict. Nothing of it lives on the device between calls. */
export interface OpenHead {
  /**
   * Calibrated probabilities, count × classes, row-major: 0.5 is the decision threshold of a multi-label
   * class; in single-label projects a row adds up to 1.
   */
  probabilities(vectors: Vectors): Float32Array;
  /** h(x): what the head's last linear layer sees. Clustering works on it. */
  features(vectors: Vectors): Vectors;
  /** What gradients with respect to the last layer (MGE, BADGE) are made of. */
  lastLayer(vectors: Vectors): LastLayer;
  /** ŝ(x): the rank of the loss that the loss module predicts, one a row; only where one was trained. */
  lossRanks?(vectors: Vectors): Float32Array;
  /**
   * Probabilities of `count` networks drawn by dropout: each pass has fresh masks, the same for all rows, so
   * that a pass is one network (Gal et al. 2017; consistent masks as in Kirsch et al. 2019). The same random
   * stream gives the same networks. Only where the head was trained with dropout.
   * @returns `count` times count × classes, row-major
   */
  passes?(vectors: Vectors, count: number, random: Random): Float32Array[];
}

/** All that is asked of a model of an earlier round. */
export type EarlierHead = Pick<OpenHead, "probabilities">;

/** A classifier on frozen embeddings. */
export interface Head<O extends z.ZodType = z.ZodType> extends Described<O> {
  /** @param data at least one row; every class may be masked, all present or all absent */
  train(data: TrainingData, options: z.output<O>, context: HeadContext): Promise<TrainedHead>;
  open(state: HeadState, kind: ProjectKind, tf: EngineMath): OpenHead;
}
