import { normalCdf, studentT95, Z_95 } from "./distributions.ts";

/** Both ends of a 95 % interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Wilson's score interval of a share of `whole` (Wilson 1927); null where `whole` is 0. */
export function wilson(part: number, whole: number): Interval | null {
  if (whole <= 0) return null;
  const share = part / whole;
  const z2 = Z_95 ** 2;
  const middle = (share + z2 / (2 * whole)) / (1 + z2 / whole);
  const half =
    (Z_95 * Math.sqrt((share * (1 - share)) / whole + z2 / (4 * whole * whole))) / (1 + z2 / whole);
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/**
 * Interval of an F1 from its counts. F1 = 2J / (1 + J) with J = hits / (hits + false alarms + misses), and J is a
 * share among the pairs that are present, predicted or both: Wilson's interval of J, carried over.
 * @returns null where the class is neither present nor predicted
 */
export function f1Interval(hits: number, falseAlarms: number, misses: number): Interval | null {
  const share = wilson(hits, hits + falseAlarms + misses);
  const f1 = (jaccard: number) => (2 * jaccard) / (1 + jaccard);
  return share && { low: f1(share.low), high: f1(share.high) };
}

/** The value below which a share of the sorted values lies, interpolated. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const at = Math.min(1, Math.max(0, share)) * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below] ?? Number.NaN;
  return low + (at - below) * ((sorted[below + 1] ?? low) - low);
}

/**
 * Percentile interval of bootstrap replicates, expanded for small samples: the percentiles are those of Student's t
 * with n − 1 degrees of freedom and of the unbiased variance (Hesterberg 2015, "What teachers should know about the
 * bootstrap", § 5.3).
 * @param replicates statistics of the resamples; NaN where a resample has none
 * @param n patches that were resampled
 */
export function percentileInterval(replicates: Iterable<number>, n: number): Interval | null {
  const sorted = Float64Array.from(replicates)
    .filter((value) => !Number.isNaN(value))
    .sort();
  if (sorted.length === 0 || n < 2) return null;
  const outside = normalCdf(-Math.sqrt(n / (n - 1)) * studentT95(n - 1));
  return { low: quantile(sorted, outside), high: quantile(sorted, 1 - outside) };
}
