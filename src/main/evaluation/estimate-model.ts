import type { ClassEstimate, Estimate, ModelEstimate } from "../../shared/domain/evaluation.ts";
import type { Random } from "../../shared/random.ts";
import { resample, resamplesFor } from "./bootstrap.ts";
import { f1Interval, type Interval, percentileInterval, wilson } from "./intervals.ts";
import { type Counts, countByClass, f1, type Outcomes, precision, recall, sum } from "./outcomes.ts";
import { rankClass, weightedAveragePrecision } from "./ranked-class.ts";

/** Patches below which nothing is said of a model: the intervals would not hold what they promise. */
export const FEWEST_PATCHES = 20;
/** Patches with a class below which nothing is said of it. */
export const FEWEST_OF_CLASS = 5;

const NAMES = ["microF1", "precision", "recall", "macroF1", "mAP"] as const;
type Scores = Record<(typeof NAMES)[number], number>;

/** @param probabilities patches × classes of the same patches; null where only the decisions are known */
export interface MeasuredDecisions {
  readonly outcomes: Outcomes;
  readonly classIds: readonly number[];
  readonly labels: Int8Array;
  readonly probabilities: Float32Array | null;
}

function mean(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.length === 0 ? Number.NaN : known.reduce((total, value) => total + value, 0) / known.length;
}

function estimate(value: number, interval: Interval | null): Estimate | null {
  return Number.isNaN(value) ? null : { value, interval };
}

function classEstimate(classId: number, counts: Counts): ClassEstimate {
  const { hits, falseAlarms, misses } = counts;
  const support = hits + misses;
  const enough = support >= FEWEST_OF_CLASS;
  return {
    classId,
    support,
    precision: enough ? estimate(precision(counts), wilson(hits, hits + falseAlarms)) : null,
    recall: enough ? estimate(recall(counts), wilson(hits, support)) : null,
    f1: enough ? estimate(f1(counts), f1Interval(hits, falseAlarms, misses)) : null,
  };
}

/**
 * Metrics of a model on patches drawn at random that it was not trained on, with 95 % intervals: a bootstrap over
 * patches for what many classes add up to, Wilson's for single classes. Macro F1 and mAP are means over the classes
 * that at least `FEWEST_OF_CLASS` of the patches show.
 * @returns estimates that are null while there are too few patches
 */
export function estimateModel(
  { outcomes, classIds, labels, probabilities }: MeasuredDecisions,
  random: Random,
): ModelEstimate {
  const { patches, classes } = outcomes;
  const byClass = countByClass(outcomes);
  const perClass = byClass.map((counts, column) => classEstimate(classIds[column] ?? 0, counts));
  const averaged = perClass.flatMap(({ support }, column) => (support >= FEWEST_OF_CLASS ? [column] : []));
  const none = { microF1: null, precision: null, recall: null, macroF1: null, mAP: null };
  if (patches < FEWEST_PATCHES)
    return { samples: patches, ...none, averagedClasses: averaged.length, perClass };

  const ranked = probabilities
    ? averaged.map((column) => rankClass(probabilities, labels, classes, column))
    : [];
  function scores(weights?: Int32Array): Scores {
    const counts = weights ? countByClass(outcomes, weights) : byClass;
    const all = sum(counts);
    return {
      microF1: f1(all),
      precision: precision(all),
      recall: recall(all),
      // A class that a resample lacks says nothing of its F1.
      macroF1: mean(
        averaged.map((column) => {
          const own = counts[column];
          return own && own.hits + own.misses > 0 ? f1(own) : Number.NaN;
        }),
      ),
      mAP: mean(ranked.map((one) => weightedAveragePrecision(one, weights))),
    };
  }
  const value = scores();
  const replicates = Array.from(
    resample(patches, resamplesFor(patches * (classes + 3 * ranked.length)), random),
    scores,
  );
  const of = (name: keyof Scores) =>
    estimate(
      value[name],
      percentileInterval(
        replicates.map((one) => one[name]),
        patches,
      ),
    );
  return {
    samples: patches,
    microF1: of("microF1"),
    precision: of("precision"),
    recall: of("recall"),
    macroF1: of("macroF1"),
    mAP: of("mAP"),
    averagedClasses: averaged.length,
    perClass,
  };
}
