import type { Estimate } from "../../shared/domain/evaluation.ts";
import type { Random } from "../../shared/random.ts";
import { resample, resamplesFor } from "./bootstrap.ts";
import { percentileInterval } from "./intervals.ts";
import { type Counts, f1, sum } from "./outcomes.ts";
import { curveAt, fitSaturatingCurve, RATES } from "./saturating-curve.ts";

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

const mean = (values: readonly number[]) => values.reduce((total, value) => total + value, 0) / values.length;

/** What a fitted curve rises by from the last model on, one entry an addition, and what the fit left over. */
function follow(
  labeled: readonly number[],
  scores: readonly number[],
  additions: readonly number[],
  rate: number,
) {
  const curve = fitSaturatingCurve(labeled, scores, rate);
  const last = labeled.at(-1) ?? 0;
  return {
    gains: additions.map((more) => curveAt(curve, last + more) - curveAt(curve, last)),
    residuals: scores.map((score, at) => score - curveAt(curve, labeled[at]!)),
  };
}

/**
 * The curve over the numbers of labels and where it goes: saturating curves of all usual rates, as a handful of models
 * can't tell which it is, and the mean of what they promise. The interval is of what will come out, and holds four kinds
 * of chance: which patches were drawn to measure on (bootstrap over patches, the same resample for all models), how each
 * model so far turned out (the residuals of the fit with random signs: the wild bootstrap, Wu 1986), the rate of the
 * curve, and how the last model and the coming one turn out (two residuals).
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
  const fits =
    models.length < FEWEST_MODELS ? null : RATES.map((rate) => follow(labeled, scores, additions, rate));
  // A fit of two parameters leaves residuals that are too small.
  const widen = Math.sqrt(models.length / Math.max(1, models.length - 2));
  const replicates: number[][] = [];
  const gains: number[][] = [];
  for (const weights of resample(patches, resamplesFor(patches * models.length), random)) {
    const drawn = scoresOf(weights);
    replicates.push(drawn);
    if (!fits) continue;
    const which = random.integer(RATES.length);
    const residuals = fits[which]!.residuals.map((residual) => widen * residual);
    const sign = () => (random.next() < 0.5 ? -1 : 1);
    const turnsOut = () => sign() * residuals[random.integer(residuals.length)]!;
    const disturbed = drawn.map((score, at) => score + sign() * residuals[at]!);
    const change = turnsOut() + turnsOut();
    gains.push(follow(labeled, disturbed, additions, RATES[which]!).gains.map((gain) => gain + change));
  }
  const column = (table: readonly number[][], at: number) => table.map((row) => row[at] ?? Number.NaN);
  return {
    scores: scores.map((value, at) => ({
      value,
      interval: percentileInterval(column(replicates, at), patches),
    })),
    gains:
      fits &&
      additions.map((_, at) => ({
        value: mean(fits.map((fit) => fit.gains[at] ?? 0)),
        interval: percentileInterval(column(gains, at), patches),
      })),
  };
}
