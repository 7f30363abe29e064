import { NO_MODEL_NEEDS } from "../uncertainty/uncertainty.ts";
import { herdingQuery } from "./herding-query.ts";
import { noOptions, type QueryFunction } from "./query-function.ts";

/**
 * What is best at every budget, as far as measured: MaxHerding before the first model, Uncertainty Herding
 * with one (Bae et al. 2024 and 2025).
 */
export const auto = {
  id: "auto",
  name: "Automatic (recommended)",
  description:
    "Covers the archive while there is no model, then what the model is unsure of. The function to take when in doubt.",
  reference: "Bae et al. 2025, Uncertainty Herding; Bae et al. 2024, MaxHerding",
  options: noOptions,
  needs: NO_MODEL_NEEDS,
  space: "embedding",
  select: (context) => herdingQuery(context, true),
} as const satisfies QueryFunction<typeof noOptions>;
