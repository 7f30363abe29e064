import { NO_MODEL_NEEDS } from "../uncertainty/uncertainty.ts";
import { herdingQuery } from "./herding-query.ts";
import { noOptions, type QueryFunction } from "./query-function.ts";

/**
 * Greedy coverage of what the model is unsure of (Bae et al. 2025, Uncertainty Herding), with
 * u = (mean over classes of 1 − |2p − 1|)². Before the first model it is MaxHerding.
 */
export const uherding = {
  id: "uherding",
  name: "Uncertainty Herding",
  description:
    "The patches that stand for as much as possible of what the model is unsure of. One method for few and for many labels.",
  reference: "Bae et al. 2025, Uncertainty Herding: One Active Learning Method for All Label Budgets",
  options: noOptions,
  needs: NO_MODEL_NEEDS,
  space: "embedding",
  select: (context) => herdingQuery(context, true),
} as const satisfies QueryFunction<typeof noOptions>;
