import type { z } from "zod";
import type { ProjectKind } from "../../shared/domain/learning.ts";
import type { Random } from "../../shared/random.ts";
import type { PatchVectors } from "../embeddings/patch-vectors.ts";
import { blocksOf } from "../embeddings/patch-vectors.ts";
import type { Vectors } from "../embeddings/vectors.ts";
import type { EarlierHead, OpenHead } from "../heads/head.ts";
import { breathe, type Work } from "../work.ts";

/** A block of patches and the models that judge it. */
export interface Judged {
  readonly vectors: Vectors;
  /** The newest model. */
  readonly head: OpenHead;
  /** The model of the round before, for the same space and classes; null in the first round. */
  readonly previous: EarlierHead | null;
  readonly kind: ProjectKind;
  /** The same stream for every block of a query: what is drawn by a fork of it is the same for all patches. */
  readonly random: Random;
}

/** What a criterion or a function can only work with. */
export interface ModelNeeds {
  /** A trained model. */
  readonly model: boolean;
  /** The model of the round before; there may be none yet. */
  readonly previousModel: boolean;
  /** A model with a trained loss module. */
  readonly lossModule: boolean;
  /** A model that predicts with dropout. */
  readonly dropoutPasses: boolean;
}
export const NO_MODEL_NEEDS: ModelNeeds = {
  model: false,
  previousModel: false,
  lossModule: false,
  dropoutPasses: false,
};

/** How unsure the model is of a patch: the first half of a query function. */
export interface Uncertainty<S extends z.ZodRawShape = z.ZodRawShape> {
  readonly id: string;
  /** As a user reads it in a list. */
  readonly name: string;
  /** As it stands in a reason: "mean entropy 0.62". */
  readonly label: string;
  /** Ends "The patches …" in a description. */
  readonly picks: string;
  readonly reference: string;
  readonly needs: ModelNeeds;
  /** Of more candidates than this, a random part is judged; missing = all are. */
  readonly mostCandidates?: number;
  /** Options, each with a default. */
  readonly options: S;
  /** One utility a row, finite, larger = more uncertain. */
  utilities(judged: Judged, options: z.output<z.ZodObject<S>>): Float32Array;
}

/** Utilities of all patches, block by block. */
export async function scoreAll(
  source: PatchVectors,
  judges: Omit<Judged, "vectors">,
  utilities: (judged: Judged) => Float32Array,
  work: Work,
): Promise<Float32Array> {
  const scores = new Float32Array(source.count);
  for (const positions of blocksOf(source)) {
    await breathe(work);
    scores.set(utilities({ ...judges, vectors: await source.read(positions) }), positions[0]!);
    work.progress({ done: positions.at(-1)! + 1, total: source.count, message: "Scoring patches" });
  }
  return scores;
}

/** Positions in falling order of utility; ties keep their order. */
export function mostUseful(utilities: Float32Array): Uint32Array {
  return Uint32Array.from({ length: utilities.length }, (_, i) => i).sort(
    (a, b) => utilities[b]! - utilities[a]! || a - b,
  );
}
