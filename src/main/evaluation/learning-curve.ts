import type { Estimate } from "../../shared/domain/evaluation.ts";
import type { Random } from "../../shared/random.ts";
import { resample, resamplesFor } from "./bootstrap.ts";
import { percentileInterval } from "./intervals.ts";
import { type Counts, f1, sum } from "./outcomes.ts";
import { curveAt, fitSaturatingCurve } from "./saturating-curve.ts";

/** Models with different numbers of labels below which no curve is fitted. */
export const FEWEST_MODELS = 4;

/** One model on the measured patches. */
export interface CurveModel {
  /** Patches that it was trained on. */
  readonly labeled: number;
  /** One entry a measured patch, the same patches in the same order for all models. */
  readonly counts: readonly Counts[];
}

export interface LearningCurve {
  /** Micro F1 of each model. */
  readonly scores: readonly Estimate[];
  /** Micro F1 that labels on top of the last model's are expected to add; null with too few models. */
  readonly gains: readonly Estimate[] | null;
}

/** What the fitted curve rises by from the last model on; one entry an addition. */
function gainsOf(labeled: readonly number[], scores: readonly number[], additions: readonly number[]) {
  const curve = fitSaturatingCurve(labeled, scores);
  const last = labeled.at(-1) ?? 0;
  return {
    gains: additions.map((more) => curveAt(curve, last + more) - curveAt(curve, last)),
    residuals: scores.map((score, at) => score - curveAt(curve, labeled[at]!)),
  };
}

/**
 * The curve over the numbers of labels and where it goes. The interval holds two kinds of chance: which patches were
 * drawn to measure on (bootstrap over patches, the same resample for all models), and how a model turned out (the
 * residuals of the fit, with random signs: Wu 1986, "wild" bootstrap).
 * @param models in the order of `labeled`, all numbers different
 * @param additions labels on top of the last model's
 */
export function learningCurve(
  models: readonly CurveModel[],
  additions: readonly number[],
  random: Random,
): LearningCurve {
  const patches = models[0]?.counts.length ?? 0;
  const labeled = models.map((model) => model.labeled);
  const scoresOf = (weights?: Int32Array) =>
    // Nothing present and nothing predicted is no mistake, and is taken as none.
    models.map(({ counts }) => f1(sum(counts, weights))).map((score) => (Number.isNaN(score) ? 1 : score));
  const scores = scoresOf();
  const fits = models.length >= FEWEST_MODELS;
  const fitted = fits ? gainsOf(labeled, scores, additions) : null;
  // A fit of three parameters leaves residuals that are too small.
  const widen = Math.sqrt(models.length / Math.max(1, models.length - 3));
  const replicates: number[][] = [];
  const gains: number[][] = [];
  for (const weights of resample(patches, resamplesFor(patches * models.length), random)) {
    const drawn = scoresOf(weights);
    replicates.push(drawn);
    if (!fitted) continue;
    const disturbed = drawn.map(
      (score, at) => score + (random.next() < 0.5 ? -1 : 1) * widen * fitted.residuals[at]!,
    );
    gains.push(gainsOf(labeled, disturbed, additions).gains);
  }
  const column = (table: readonly number[][], at: number) => table.map((row) => row[at] ?? Number.NaN);
  return {
    scores: scores.map((value, at) => ({
      value,
      interval: percentileInterval(column(replicates, at), patches),
    })),
    gains:
      fitted?.gains.map((value, at) => ({
        value,
        interval: percentileInterval(column(gains, at), patches),
      })) ?? null,
  };
}
