import { NO_MODEL_NEEDS } from "../uncertainty/uncertainty.ts";
import { herdingQuery } from "./herding-query.ts";
import { noOptions, type QueryFunction } from "./query-function.ts";

/** Greedy coverage of the pool with a Gaussian kernel (Bae et al. 2024, Generalized Coverage). */
export const maxherding = {
  id: "maxherding",
  name: "MaxHerding",
  description:
    "The patches that together stand for as much of the archive as possible. Strong with few labels; needs no model.",
  reference: "Bae et al. 2024, Generalized Coverage for More Robust Low-Budget Active Learning",
  options: noOptions,
  needs: NO_MODEL_NEEDS,
  space: "embedding",
  select: (context) => herdingQuery(context, false),
} as const satisfies QueryFunction<typeof noOptions>;
