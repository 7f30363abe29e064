import type { z } from "zod";
import type { ProjectKind } from "../../shared/domain/learning.ts";
import type { Random } from "../../shared/random.ts";
import type { EngineMath } from "../backends/index.ts";
import type { PatchVectors } from "../embeddings/patch-vectors.ts";
import type { OpenHead } from "../heads/head.ts";
import type { Described } from "../registry.ts";
import type { Work } from "../work.ts";

export interface QueryContext {
  readonly tf: EngineMath;
  readonly kind: ProjectKind;
  readonly random: Random;
  readonly work: Work;
  /** Unlabelled patches to choose from; at least one. */
  readonly candidates: PatchVectors;
  /** Patches that are labelled or otherwise taken; may be none. */
  readonly labeled: PatchVectors;
  /** The newest model, in the same embedding space; null before the first training. */
  readonly head: OpenHead | null;
  readonly budget: number;
}

/** One chosen candidate. */
export interface Choice {
  /** Position among the candidates. */
  readonly position: number;
  /** Larger = more urgent; finite. Comparable within one query only. */
  readonly score: number;
  /** One sentence for the user. */
  readonly reason: string;
}

/** Chooses what to label next: an uncertainty and/or a diversity criterion under one id. */
export interface QueryFunction<O extends z.ZodType = z.ZodType> extends Described<O> {
  /** True where there must be a model; then `head` is never null. */
  readonly needsModel: boolean;
  /**
   * @returns min(budget, candidates.count) different candidates, most urgent first; the same for the same
   *   seed and input
   */
  select(context: QueryContext, options: z.output<O>): Promise<Choice[]>;
}
