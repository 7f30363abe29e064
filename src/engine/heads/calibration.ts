import { LABEL_MASKED } from "../../shared/domain/labels.ts";
import type { ProjectKind } from "../../shared/domain/learning.ts";
import { chooseThresholds, type HeldOutScores } from "./thresholds.ts";

/** Slopes that are tried; steeper = more certain. */
const SLOPES = [1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20];

/** Score → probability: σ(slope·(score − threshold)), or the softmax of slope·score in single-label projects. */
export interface Calibration {
  readonly slope: number;
  /** One a class. */
  readonly thresholds: number[];
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/**
 * Calibrates on held-out scores: thresholds become probability 0.5 (so that everything downstream decides at
 * 0.5), and the slope is the one whose probabilities have the least log loss.
 */
export function calibrate(heldOut: HeldOutScores, kind: ProjectKind): Calibration {
  const { labels, classes } = heldOut;
  const thresholds =
    kind === "multi-label" ? Array.from(chooseThresholds(heldOut)) : new Array<number>(classes).fill(0);
  let best: Calibration = { slope: SLOPES[0]!, thresholds };
  let bestLoss = Number.POSITIVE_INFINITY;
  for (const slope of SLOPES) {
    const candidate = { slope, thresholds };
    const probabilities = applyCalibration(candidate, heldOut.scores, kind);
    let loss = 0;
    for (let i = 0; i < labels.length; i++) {
      if (labels[i] === LABEL_MASKED) continue;
      const p = labels[i] === 1 ? probabilities[i]! : 1 - probabilities[i]!;
      loss -= Math.log(Math.max(1e-6, p));
    }
    if (loss < bestLoss) {
      best = candidate;
      bestLoss = loss;
    }
  }
  return best;
}

/** @param scores rows × classes, row-major */
export function applyCalibration(
  { slope, thresholds }: Calibration,
  scores: ArrayLike<number>,
  kind: ProjectKind,
): Float32Array {
  const classes = thresholds.length;
  const probabilities = new Float32Array(scores.length);
  if (kind === "multi-label") {
    for (let i = 0; i < scores.length; i++) {
      probabilities[i] = sigmoid(slope * (scores[i]! - thresholds[i % classes]!));
    }
    return probabilities;
  }
  for (let start = 0; start < scores.length; start += classes) {
    let largest = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < classes; c++) largest = Math.max(largest, scores[start + c]!);
    let sum = 0;
    for (let c = 0; c < classes; c++) {
      const value = Math.exp(slope * (scores[start + c]! - largest));
      probabilities[start + c] = value;
      sum += value;
    }
    for (let c = 0; c < classes; c++) probabilities[start + c]! /= sum;
  }
  return probabilities;
}
