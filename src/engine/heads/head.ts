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

export interface HeadContext {
  readonly tf: EngineMath;
  readonly kind: ProjectKind;
  readonly random: Random;
  readonly work: Work;
  /** Weights to continue from; null = fresh. Heads in closed form have nothing to continue. */
  readonly warmStart: HeadState | null;
}

/** A trained head ready to predict. Nothing of it lives on the device between calls. */
export interface OpenHead {
  /**
   * Calibrated probabilities, count × classes, row-major: 0.5 is the decision threshold of a multi-label
   * class; in single-label projects a row adds up to 1.
   */
  probabilities(vectors: Vectors): Float32Array;
  /** h(x): what the head's last linear layer sees. Gradients (MGE, BADGE) and clustering work on it. */
  features(vectors: Vectors): Vectors;
}

/** A classifier on frozen embeddings. */
export interface Head<O extends z.ZodType = z.ZodType> extends Described<O> {
  /** @param data at least one row; every class may be masked, all present or all absent */
  train(data: TrainingData, options: z.output<O>, context: HeadContext): Promise<TrainedHead>;
  open(state: HeadState, kind: ProjectKind, tf: EngineMath): OpenHead;
}
