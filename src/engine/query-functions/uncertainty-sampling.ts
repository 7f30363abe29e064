import { z } from "zod";
import { FieldmarkError } from "../../shared/errors.ts";
import type { Diversity } from "../diversity/diversity.ts";
import type { OpenHead } from "../heads/head.ts";
import { mostUseful, scoreAll, type Uncertainty } from "../uncertainty/uncertainty.ts";
import type { Choice, QueryContext, QueryFunction } from "./query-function.ts";

/** Options of functions that keep the m = β·b most uncertain patches before they choose diverse ones. */
export const diverseOptions = z.strictObject({
  beta: z
    .number()
    .min(1)
    .max(50)
    .default(3)
    .describe("Keeps this many times the budget of the most uncertain patches, then chooses diverse ones."),
});
export const noOptions = z.strictObject({});

/** The model, which `needsModel` promises. */
export function requireHead({ head }: Pick<QueryContext, "head">): OpenHead {
  if (head) return head;
  throw new FieldmarkError(
    "no-model",
    "This query function needs a trained model. Label and train first, or begin with a random query.",
  );
}

/** The `budget` patches with the largest utility. */
export function byUncertainty(uncertainty: Uncertainty): QueryFunction<typeof noOptions>["select"] {
  return async (context) => {
    const { candidates, kind, work, budget } = context;
    const utilities = await scoreAll(candidates, requireHead(context), kind, uncertainty, work);
    return Array.from(mostUseful(utilities).subarray(0, budget), (position, rank) => ({
      position,
      score: utilities[position]!,
      reason: `${sentence(uncertainty, utilities[position]!)}, rank ${rank + 1} of ${candidates.count}.`,
    }));
  };
}

/** The m = β·b patches with the largest utility, of which `diversity` chooses b. */
export function byUncertaintyAndDiversity(
  uncertainty: Uncertainty,
  diversity: Diversity,
): QueryFunction<typeof diverseOptions>["select"] {
  return async (context, { beta }): Promise<Choice[]> => {
    const { tf, candidates, kind, work, budget, random } = context;
    const head = requireHead(context);
    const utilities = await scoreAll(candidates, head, kind, uncertainty, work);
    const kept = mostUseful(utilities).subarray(0, Math.max(budget, Math.ceil(beta * budget)));
    const vectors = head.features(await candidates.read(kept));
    const rows = await diversity({
      tf,
      vectors,
      utilities: Float32Array.from(kept, (position) => utilities[position]!),
      budget,
      random,
      work,
    });
    return rows.map(({ row, why }) => {
      const position = kept[row]!;
      const score = utilities[position]!;
      return { position, score, reason: `${sentence(uncertainty, score)}, ${why}.` };
    });
  };
}

function sentence({ label }: Uncertainty, utility: number): string {
  return `${label[0]?.toUpperCase()}${label.slice(1)} ${utility.toPrecision(3)}`;
}
