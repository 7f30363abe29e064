import type { Random } from "../../shared/random.ts";

const MOST_RESAMPLES = 2000;
const FEWEST_RESAMPLES = 200;
/** Sums that all resamples together may take: a fraction of a second. */
const AFFORDABLE_STEPS = 3e7;

/** Resamples that are affordable where one takes `steps` sums. */
export function resamplesFor(steps: number): number {
  const affordable = Math.floor(AFFORDABLE_STEPS / Math.max(1, steps));
  return Math.min(MOST_RESAMPLES, Math.max(FEWEST_RESAMPLES, affordable));
}

/**
 * Efron's bootstrap over patches: how often each of `n` patches is in each of `resamples` samples with replacement.
 * The array is used again for the next resample.
 */
export function* resample(n: number, resamples: number, random: Random): Generator<Int32Array> {
  const weights = new Int32Array(n);
  for (let b = 0; b < resamples; b++) {
    weights.fill(0);
    for (let draw = 0; draw < n; draw++) weights[random.integer(n)]!++;
    yield weights;
  }
}
