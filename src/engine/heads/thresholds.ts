import { LABEL_MASKED, LABEL_PRESENT } from "../../shared/domain/labels.ts";

/** Held-out scores with their labels, rows × classes, row-major; −1 = masked. */
export interface HeldOutScores {
  readonly scores: Float64Array;
  readonly labels: Int8Array;
  readonly classes: number;
}

/** Global thresholds that are tried. */
const GRID = Array.from({ length: 26 }, (_, step) => 0.25 + step * 0.014);
/**
 * How much F1 a class's own threshold must gain for each unit that it moves away from the global one, times
 * √rows: few labels tell little about one class.
 */
const CAUTION = 30;

/**
 * One threshold a class, chosen on held-out scores: first the one that gives the best micro F1 for all
 * classes together, then for each class the one that gives its best F1, held back the more the fewer labels
 * there are. No threshold is learned from scores of patches that the model was fitted to.
 */
export function chooseThresholds(heldOut: HeldOutScores): Float64Array {
  const global = globalThreshold(heldOut);
  const rows = heldOut.labels.length / heldOut.classes;
  const caution = CAUTION / Math.sqrt(Math.max(1, rows));
  return Float64Array.from({ length: heldOut.classes }, (_, c) =>
    classThreshold(heldOut, c, global, caution),
  );
}

function globalThreshold({ scores, labels }: HeldOutScores): number {
  const middle = GRID[Math.floor(GRID.length / 2)]!;
  let best = middle;
  let bestF1 = -1;
  for (const threshold of GRID) {
    let hits = 0;
    let total = 0;
    for (let i = 0; i < scores.length; i++) {
      if (labels[i] === LABEL_MASKED) continue;
      const predicted = scores[i]! >= threshold ? 1 : 0;
      hits += predicted & labels[i]!;
      total += predicted + labels[i]!;
    }
    const f1 = total > 0 ? (2 * hits) / total : 0;
    const closer = Math.abs(threshold - middle) < Math.abs(best - middle);
    if (f1 > bestF1 + 1e-9 || (f1 > bestF1 - 1e-9 && closer)) {
      best = threshold;
      bestF1 = Math.max(f1, bestF1);
    }
  }
  return best;
}

/** Goes through the cuts between neighbouring scores, largest first. */
function classThreshold(heldOut: HeldOutScores, c: number, global: number, caution: number): number {
  const { scores, labels, classes } = heldOut;
  const rows: number[] = [];
  for (let i = c; i < labels.length; i += classes) if (labels[i] !== LABEL_MASKED) rows.push(i);
  rows.sort((a, b) => scores[b]! - scores[a]!);
  const positives = rows.filter((i) => labels[i] === LABEL_PRESENT).length;
  if (positives === 0) return global;
  let best = global;
  let bestValue = Number.NEGATIVE_INFINITY;
  let hits = 0;
  rows.forEach((i, position) => {
    hits += labels[i]!;
    const next = rows[position + 1];
    const cut = next === undefined ? scores[i]! - 1e-3 : (scores[i]! + scores[next]!) / 2;
    const f1 = (2 * hits) / (position + 1 + positives);
    const value = f1 - caution * Math.abs(cut - global);
    if (value > bestValue) {
      best = cut;
      bestValue = value;
    }
  });
  return best;
}
