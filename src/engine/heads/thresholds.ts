import { LABEL_MASKED, LABEL_PRESENT } from "../../shared/domain/labels.ts";

/** Held-out scores with their labels, rows × classes, row-major; −1 = masked. */
export interface HeldOutScores {
  readonly scores: Float64Array;
  readonly labels: Int8Array;
  readonly classes: number;
}

/** Global thresholds that are tried. */
const GRID = Array.from({ length: 46 }, (_, step) => 0.16 + step * 0.01);
const MIDDLE = 0.4;
/** Positive labels at which the best F1 counts as much as the frequency of the labels. */
const GLOBAL_PRIOR = 100;
/** Positive labels of a class at which its own threshold counts as much as that of all classes. */
const CLASS_PRIOR = 10;
/** How much F1 a class's own threshold must gain for each unit that it moves away, times √rows. */
const CAUTION = 10;

/**
 * One threshold a class, chosen on held-out scores. With few labels the threshold of the best F1 is mostly
 * noise, and where the model is weak it is low: most of what it suggests is then wrong. So, in the manner of
 * empirical Bayes, it is drawn towards the threshold at which classes are predicted as often as they are
 * labelled, the more the fewer positive labels there are; and a class's own threshold in the same way towards
 * that of all classes. No threshold is learned from scores of patches that the model was fitted to. The
 * constants were chosen on held-out parts of the pools of UC Merced and of made-up data with 5 to 50 %
 * positives.
 */
export function chooseThresholds(heldOut: HeldOutScores): Float64Array {
  const { scores, labels, classes } = heldOut;
  const reviewed = Array.from(labels.keys()).filter((i) => labels[i] !== LABEL_MASKED);
  const positives = reviewed.filter((i) => labels[i] === LABEL_PRESENT).length;
  if (positives === 0) return new Float64Array(classes).fill(MIDDLE);
  const frequent = frequencyThreshold(scores, reviewed, positives);
  const best = bestGlobalThreshold(heldOut, reviewed, positives);
  const global = shrink(best, frequent, positives, GLOBAL_PRIOR);
  const caution = CAUTION / Math.sqrt(labels.length / classes);
  return Float64Array.from({ length: classes }, (_, c) => {
    const own = reviewed.filter((i) => i % classes === c).sort((a, b) => scores[b]! - scores[a]!);
    const present = own.filter((i) => labels[i] === LABEL_PRESENT).length;
    if (present === 0) return global;
    return shrink(bestClassThreshold(heldOut, own, present, global, caution), global, present, CLASS_PRIOR);
  });
}

function shrink(estimate: number, towards: number, count: number, prior: number): number {
  return towards + (count / (count + prior)) * (estimate - towards);
}

/** The cut above which there are as many scores as positive labels. */
function frequencyThreshold(scores: Float64Array, reviewed: readonly number[], positives: number): number {
  const falling = Float64Array.from(reviewed, (i) => scores[i]!)
    .sort()
    .reverse();
  const last = falling[positives - 1]!;
  const next = falling[positives];
  return next === undefined ? last - 1e-3 : (last + next) / 2;
}

/** The middle of the thresholds with the best micro F1. */
function bestGlobalThreshold(
  { scores, labels }: HeldOutScores,
  reviewed: readonly number[],
  positives: number,
): number {
  const values = GRID.map((threshold) => {
    let hits = 0;
    let predicted = 0;
    for (const i of reviewed) {
      if (scores[i]! < threshold) continue;
      predicted++;
      hits += labels[i]!;
    }
    return (2 * hits) / (predicted + positives);
  });
  const largest = Math.max(...values);
  const best = GRID.filter((_, step) => values[step]! >= largest - 1e-9);
  return best[Math.floor(best.length / 2)]!;
}

/** Goes through the cuts between neighbouring scores. @param rows of one class, largest score first */
function bestClassThreshold(
  { scores, labels }: HeldOutScores,
  rows: readonly number[],
  positives: number,
  global: number,
  caution: number,
): number {
  let best = global;
  let bestValue = Number.NEGATIVE_INFINITY;
  let hits = 0;
  rows.forEach((i, position) => {
    hits += labels[i]!;
    const next = rows[position + 1];
    const cut = next === undefined ? scores[i]! - 1e-3 : (scores[i]! + scores[next]!) / 2;
    const value = (2 * hits) / (position + 1 + positives) - caution * Math.abs(cut - global);
    if (value > bestValue) {
      best = cut;
      bestValue = value;
    }
  });
  return best;
}
