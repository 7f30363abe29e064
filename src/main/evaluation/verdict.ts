import type { EvaluationSummary, ExpectedGain } from "../../shared/domain/evaluation.ts";

/** Micro F1 below which a gain is not worth several rounds: one point. */
const WORTH_IT = 0.01;

/**
 * What the longest look ahead says: "level" where even the upper end of its interval is not worth it, "rising" where
 * the lower end is above nothing and the expected gain is worth it, "unclear" between the two.
 */
export function verdictOf(expected: readonly ExpectedGain[]): EvaluationSummary["verdict"] {
  const { value, interval } = expected.at(-1)?.gain ?? { value: 0, interval: null };
  if (!interval) return "too-early";
  if (interval.high < WORTH_IT) return "level";
  return value >= WORTH_IT && interval.low > 0 ? "rising" : "unclear";
}
