import { z } from "zod";
import type { ProjectKind } from "../../shared/domain/learning.ts";
import { FieldmarkError } from "../../shared/errors.ts";
import type { Random } from "../../shared/random.ts";
import type { EngineMath } from "../backends/index.ts";
import type { Cluster } from "../diversity/diversity.ts";
import type { PatchVectors } from "../embeddings/patch-vectors.ts";
import type { EarlierHead, OpenHead } from "../heads/head.ts";
import type { Described } from "../registry.ts";
import type { ModelNeeds } from "../uncertainty/uncertainty.ts";
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
  /** The model of the round before it, in the same space and with the same classes; null where there is none. */
  readonly previous: EarlierHead | null;
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
  /** Place by score, from 1, among the candidates that were scored; where a function ranks them all. */
  readonly rank?: { readonly at: number; readonly of: number };
  /** The group it was found in, where groups take part. */
  readonly cluster?: Cluster;
}

/** Chooses what to label next: an uncertainty and/or a diversity criterion under one id. */
export interface QueryFunction<O extends z.ZodType = z.ZodType> extends Described<O> {
  /** Where `needs.model` holds, `head` must not be null. */
  readonly needs: ModelNeeds;
  /** Where it compares patches: by their embeddings, or by what the model's last layer sees of them. */
  readonly space: "embedding" | "features";
  /**
   * @returns min(budget, candidates.count) different candidates, most urgent first; the same for the same
   *   seed and input
   * @throws FieldmarkError `no-model` where the model is missing or lacks what the function needs
   */
  select(context: QueryContext, options: z.output<O>): Promise<Choice[]>;
}

export const noOptions = z.strictObject({});

/** The model, which `needs.model` promises. */
export function requireHead({ head }: Pick<QueryContext, "head">): OpenHead {
  if (head) return head;
  throw new FieldmarkError(
    "no-model",
    "This query function needs a trained model. Label and train first, or begin with a random query.",
  );
}
