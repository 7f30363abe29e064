import { LABEL_MASKED, LABEL_PRESENT } from "../../../shared/domain/labels.ts";
import type { BatchLoss } from "./batch-loss.ts";

/**
 * Binary cross-entropy of sigmoid outputs: the mean over the reviewed entries of −w·y·log p − (1 − y)·log(1 − p).
 * @param logits rows × classes
 * @param labels rows × classes: 1 present, 0 absent, −1 masked
 * @param positiveWeights w of each class, above 0; null = all 1
 */
export function binaryCrossEntropy(
  logits: Float32Array,
  labels: Int8Array,
  classes: number,
  positiveWeights: Float32Array | null = null,
): BatchLoss {
  const rowLosses = new Float64Array(logits.length / classes).fill(Number.NaN);
  const gradient = new Float32Array(logits.length);
  let total = 0;
  let reviewed = 0;
  for (let row = 0; row < rowLosses.length; row++) {
    let sum = 0;
    let count = 0;
    for (let c = 0; c < classes; c++) {
      const at = row * classes + c;
      if (labels[at] === LABEL_MASKED) continue;
      const isPresent = labels[at] === LABEL_PRESENT;
      const weight = isPresent ? (positiveWeights?.[c] ?? 1) : 1;
      // The logit of the label's own probability.
      const logit = isPresent ? logits[at]! : -logits[at]!;
      sum += weight * softplus(-logit);
      gradient[at] = (isPresent ? -weight : weight) / (1 + Math.exp(logit));
      count++;
    }
    if (count > 0) rowLosses[row] = sum / count;
    total += sum;
    reviewed += count;
  }
  if (reviewed > 0) for (let i = 0; i < gradient.length; i++) gradient[i]! /= reviewed;
  return { loss: reviewed > 0 ? total / reviewed : 0, rowLosses, gradient };
}

/** log(1 + eˣ) without overflow. */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/**
 * Positive weights against imbalance: absences per presence of each class among the reviewed labels, at most
 * `largest`; 1 where a class has no presence. Never below 1.
 * @param labels rows × classes: 1 present, 0 absent, −1 masked
 */
export function positiveWeightsOf(labels: Int8Array, classes: number, largest: number): Float32Array {
  const weights = new Float32Array(classes).fill(1);
  for (let c = 0; c < classes; c++) {
    let present = 0;
    let absent = 0;
    for (let at = c; at < labels.length; at += classes) {
      if (labels[at] === LABEL_PRESENT) present++;
      else if (labels[at] !== LABEL_MASKED) absent++;
    }
    if (present > 0) weights[c] = Math.min(largest, Math.max(1, absent / present));
  }
  return weights;
}
