import { herdingQuery } from "./herding-query.ts";
import type { QueryFunction } from "./query-function.ts";
import { noOptions } from "./uncertainty-sampling.ts";

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
  needsModel: false,
  select: (context) => herdingQuery(context, true),
} as const satisfies QueryFunction<typeof noOptions>;
