import { LABEL_PRESENT } from "../../../shared/domain/labels.ts";
import type { BatchLoss } from "./batch-loss.ts";

/**
 * Cross-entropy of softmax outputs for single-label projects: the mean over rows with a present class of
 * −log p of that class. Rows without one weigh nothing.
 * @param logits rows × classes
 * @param labels rows × classes: 1 present, 0 absent, −1 masked; the first present class counts
 */
export function crossEntropy(logits: Float32Array, labels: Int8Array, classes: number): BatchLoss {
  const rowLosses = new Float64Array(logits.length / classes).fill(Number.NaN);
  const gradient = new Float32Array(logits.length);
  let total = 0;
  let reviewed = 0;
  for (let row = 0; row < rowLosses.length; row++) {
    const start = row * classes;
    const target = labels.subarray(start, start + classes).indexOf(LABEL_PRESENT);
    if (target < 0) continue;
    const own = logits.subarray(start, start + classes);
    const largest = own.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
    const sum = own.reduce((total, value) => total + Math.exp(value - largest), 0);
    own.forEach((value, c) => {
      gradient[start + c] = Math.exp(value - largest) / sum - (c === target ? 1 : 0);
    });
    rowLosses[row] = Math.log(sum) + largest - own[target]!;
    total += rowLosses[row]!;
    reviewed++;
  }
  if (reviewed > 0) for (let i = 0; i < gradient.length; i++) gradient[i]! /= reviewed;
  return { loss: reviewed > 0 ? total / reviewed : 0, rowLosses, gradient };
}
