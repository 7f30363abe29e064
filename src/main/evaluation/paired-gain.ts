import type { Estimate } from "../../shared/domain/evaluation.ts";
import type { Random } from "../../shared/random.ts";
import { resample, resamplesFor } from "./bootstrap.ts";
import { percentileInterval } from "./intervals.ts";
import { type Counts, f1, sum } from "./outcomes.ts";

export interface PairedGain {
  readonly active: number;
  readonly random: number;
  /** Active minus random. */
  readonly gain: Estimate;
}

/**
 * Difference of the micro F1 on the same patches, by a paired bootstrap over patches. The models of the folds are
 * trained on overlapping labels, so the patches' spread alone is too small: the interval is widened by √(1 + k/(k − 1)),
 * the correction of Nadeau and Bengio (2003, "Inference for the generalization error", § 3) for k folds.
 * @param active one entry a patch
 * @param drawn one entry a patch, of the fold that measures it
 */
export function pairedGain(
  active: readonly Counts[],
  drawn: readonly Counts[],
  folds: number,
  random: Random,
): PairedGain {
  const patches = active.length;
  const score = (counts: readonly Counts[], weights?: Int32Array) => f1(sum(counts, weights)) || 0;
  const value = score(active) - score(drawn);
  const widen = Math.sqrt(1 + folds / (folds - 1));
  const replicates = Array.from(
    resample(patches, resamplesFor(2 * patches), random),
    (weights) => value + widen * (score(active, weights) - score(drawn, weights) - value),
  );
  return {
    active: score(active),
    random: score(drawn),
    gain: { value, interval: percentileInterval(replicates, patches) },
  };
}
