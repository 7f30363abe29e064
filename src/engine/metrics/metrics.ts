import { LABEL_MASKED } from "../../shared/domain/labels.ts";
import type { ClassMetrics, Metrics, ProjectKind } from "../../shared/domain/learning.ts";
import { averagePrecision } from "./average-precision.ts";

/** A class is predicted present from this calibrated probability on. */
export const DECISION_THRESHOLD = 0.5;

/**
 * What is predicted present (1) or absent (0): from the threshold on for multi-labels, the most probable class
 * alone in single-label projects.
 * @param probabilities count × classes, row-major
 */
export function decide(probabilities: Float32Array, classes: number, kind: ProjectKind): Uint8Array {
  if (kind === "multi-label") return Uint8Array.from(probabilities, (p) => (p >= DECISION_THRESHOLD ? 1 : 0));
  const decisions = new Uint8Array(probabilities.length);
  for (let start = 0; start < probabilities.length; start += classes) {
    let best = 0;
    for (let c = 1; c < classes; c++) if (probabilities[start + c]! > probabilities[start + best]!) best = c;
    decisions[start + best] = 1;
  }
  return decisions;
}

const ratio = (part: number, whole: number) => (whole > 0 ? part / whole : null);

/**
 * Metrics over the reviewed (patch, class) pairs; masked pairs count nowhere. Same numbers as scikit-learn's
 * `f1_score` (micro, and macro with zero_division = 0) and `average_precision_score`.
 * @param probabilities rows × classes, row-major, of patches that have an embedding
 * @param labels the same shape: 1 present, 0 absent, −1 masked
 * @returns null where nothing is reviewed
 */
export function computeMetrics(
  probabilities: Float32Array,
  labels: Int8Array,
  classIds: readonly number[],
  kind: ProjectKind,
): Metrics | null {
  const classes = classIds.length;
  const samples = labels.length / Math.max(1, classes);
  const decisions = decide(probabilities, classes, kind);
  const perClass: ClassMetrics[] = [];
  let hits = 0;
  let predicted = 0;
  let present = 0;
  let reviewed = 0;
  for (let c = 0; c < classes; c++) {
    const scores: number[] = [];
    const truth: number[] = [];
    let classHits = 0;
    let classPredicted = 0;
    for (let row = 0; row < samples; row++) {
      const label = labels[row * classes + c]!;
      if (label === LABEL_MASKED) continue;
      const decision = decisions[row * classes + c]!;
      scores.push(probabilities[row * classes + c]!);
      truth.push(label);
      classHits += decision & label;
      classPredicted += decision;
    }
    const support = truth.reduce((sum, label) => sum + label, 0);
    perClass.push({
      classId: classIds[c]!,
      precision: ratio(classHits, classPredicted),
      recall: ratio(classHits, support),
      f1: ratio(2 * classHits, classPredicted + support),
      averagePrecision: averagePrecision(scores, truth),
      support,
    });
    hits += classHits;
    predicted += classPredicted;
    present += support;
    reviewed += truth.length;
  }
  if (reviewed === 0) return null;
  const precisions = perClass.flatMap(({ averagePrecision: ap }) => (ap === null ? [] : [ap]));
  return {
    microF1: ratio(2 * hits, predicted + present) ?? 0,
    macroF1: perClass.reduce((sum, { f1 }) => sum + (f1 ?? 0), 0) / Math.max(1, classes),
    mAP: precisions.length > 0 ? precisions.reduce((sum, ap) => sum + ap, 0) / precisions.length : null,
    perClass,
    samples,
  };
}
