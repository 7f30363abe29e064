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

/** How a score may miss its curve whatever the fit says: half a point. Keeps few points from seeming to lie on one. */
const LEAST_ERROR = 0.005;

/**
 * How much each rate counts, adding up to 1: half of it alike for all, half by the normal likelihood of the residuals
 * (their spread unknown). By likelihood alone, curves that set out slowly and catch up later would pass for level ones.
 */
function weigh(fits: readonly { readonly residuals: readonly number[] }[]): number[] {
  const likelihoods = fits.map(({ residuals }) => {
    const error = mean(residuals.map((residual) => residual ** 2)) + LEAST_ERROR ** 2;
    return error ** (-residuals.length / 2);
  });
  const total = likelihoods.reduce((all, one) => all + one, 0);
  return likelihoods.map((one) => 0.5 / fits.length + (0.5 * one) / total);
}

/** A position, drawn as often as its share says. */
function drawOne(shares: readonly number[], random: Random): number {
  let left = random.next();
  const at = shares.findIndex((share) => {
    left -= share;
    return left < 0;
  });
  return at < 0 ? shares.length - 1 : at;
}

/**
 * How far models fall from their curve by luck, beyond what the draw of the patches explains: the spread of the
 * residuals less that of the residuals over the resamples. Half a point at least: a few models may lie on a curve by
 * chance.
 */
function luckOf(
  fits: readonly { readonly residuals: readonly number[] }[],
  shares: readonly number[],
  resampled: readonly (readonly number[])[],
  labeled: readonly number[],
): number {
  const best = shares.indexOf(Math.max(...shares));
  const spread = mean((fits[best]?.residuals ?? []).map((residual) => residual ** 2));
  const rows = resampled.map((scores) => follow(labeled, scores, [], RATES[best]!).residuals);
  const ofPatches = mean(
    labeled.map((_, at) => {
      const own = rows.map((residuals) => residuals[at]!);
      const middle = mean(own);
      return mean(own.map((residual) => (residual - middle) ** 2));
    }),
  );
  // A fit of two parameters leaves residuals that are too small.
  const freedom = labeled.length / (labeled.length - 2);
  return Math.max(LEAST_ERROR, Math.sqrt(Math.max(0, freedom * (spread - ofPatches))));
}

/**
 * The curve over the numbers of labels and where it goes: saturating curves of all usual rates, as a handful of models
 * can hardly tell which it is, and the mean of what they promise, weighted by how well they fit. The interval is of what
 * will come out, and holds four kinds of chance: which patches were drawn to measure on (bootstrap over patches, the
 * same resample for all models), how each model so far turned out, the rate of the curve, and how the last model and the
 * coming one turn out.
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
  const resampled = Array.from(resample(patches, resamplesFor(patches * models.length), random), scoresOf);
  const intervalOf = (values: readonly number[]) => percentileInterval(values, patches);
  return {
    scores: scores.map((value, at) => ({
      value,
      interval: intervalOf(resampled.map((row) => row[at]!)),
    })),
    gains: models.length < FEWEST_MODELS ? null : lookAhead(),
  };

  function lookAhead(): Estimate[] {
    const fits = RATES.map((rate) => follow(labeled, scores, additions, rate));
    const shares = weigh(fits);
    const luck = luckOf(fits, shares, resampled, labeled);
    const gains = resampled.map((drawn) => {
      const disturbed = drawn.map((score) => score + luck * random.normal());
      const change = Math.SQRT2 * luck * random.normal();
      const rate = RATES[drawOne(shares, random)]!;
      return follow(labeled, disturbed, additions, rate).gains.map((gain) => gain + change);
    });
    return additions.map((_, at) => ({
      value: fits.reduce((total, fit, rate) => total + shares[rate]! * fit.gains[at]!, 0),
      interval: intervalOf(gains.map((row) => row[at]!)),
    }));
  }
}
