import { LABEL_MASKED, LABEL_PRESENT } from "../../../shared/domain/labels.ts";
import type { ProjectKind } from "../../../shared/domain/learning.ts";
import type { Random } from "../../../shared/random.ts";
import type { EngineMath, Tensor2D } from "../../backends/index.ts";
import type { Vectors } from "../../embeddings/vectors.ts";
import type { TrainingData } from "../head.ts";
import type { DropoutMasks, Shape } from "./network.ts";

export interface Batch {
  readonly inputs: Tensor2D;
  readonly targets: Tensor2D;
  /** rows × classes: an entry's weight in the mean loss, 0 where masked. */
  readonly importance: Tensor2D;
  /** rows × 1: what turns a row's weighted losses into their mean over its reviewed classes. */
  readonly perRow: Tensor2D;
  /** Rows with at least one reviewed class. */
  readonly usable: readonly number[];
}

export function disposeBatch({ inputs, targets, importance, perRow }: Batch): void {
  for (const tensor of [inputs, targets, importance, perRow]) tensor.dispose();
}

/**
 * Targets and weights of the loss for some rows; null where none of them is reviewed. Masked entries weigh
 * nothing, absent ones the same, present ones as much as their class's positive weight.
 */
export function makeBatch(
  tf: EngineMath,
  vectors: Vectors,
  data: TrainingData,
  rows: ArrayLike<number>,
  kind: ProjectKind,
  positiveWeights: Float32Array | null,
): Batch | null {
  const { classes, labels } = data;
  const { dimensions } = vectors;
  const count = rows.length;
  const inputs = new Float32Array(count * dimensions);
  const targets = new Float32Array(count * classes);
  const importance = new Float32Array(count * classes);
  const reviewedOf = new Float32Array(count);
  let reviewed = 0;
  for (let i = 0; i < count; i++) {
    const row = rows[i]!;
    inputs.set(vectors.values.subarray(row * dimensions, (row + 1) * dimensions), i * dimensions);
    const own = labels.subarray(row * classes, (row + 1) * classes);
    const truth = own.indexOf(LABEL_PRESENT);
    // A softmax row needs to know its class; absences alone do not tell it.
    if (kind === "single-label" && truth < 0) continue;
    own.forEach((label, c) => {
      if (kind === "multi-label" && label === LABEL_MASKED) return;
      const present = label === LABEL_PRESENT;
      if (kind === "multi-label") reviewedOf[i]!++;
      targets[i * classes + c] = present ? 1 : 0;
      const weighted = kind === "single-label" ? positiveWeights?.[truth] : positiveWeights?.[c];
      importance[i * classes + c] = kind === "single-label" || present ? (weighted ?? 1) : 1;
    });
    if (kind === "single-label") reviewedOf[i] = 1;
    reviewed += reviewedOf[i]!;
  }
  if (reviewed === 0) return null;
  return {
    inputs: tf.tensor2d(inputs, [count, dimensions]),
    targets: tf.tensor2d(targets, [count, classes]),
    importance: tf.tensor2d(
      importance.map((weight) => weight / reviewed),
      [count, classes],
    ),
    perRow: tf.tensor2d(
      reviewedOf.map((own) => (own > 0 ? reviewed / own : 0)),
      [count, 1],
    ),
    usable: Array.from(reviewedOf.keys()).filter((i) => reviewedOf[i]! > 0),
  };
}

export interface DropoutRates {
  readonly inputDropout: number;
  readonly hiddenDropout: number;
}

/** Masks of one training step: every row has its own. */
export function drawMasks(
  tf: EngineMath,
  rows: number,
  shape: Shape,
  { inputDropout, hiddenDropout }: DropoutRates,
  random: Random,
): DropoutMasks {
  return {
    input: tf.tensor2d(maskValues(rows * shape.inputs, inputDropout, random), [rows, shape.inputs]),
    hidden: tf.tensor2d(maskValues(rows * shape.hidden, hiddenDropout, random), [rows, shape.hidden]),
  };
}

/** Inverted dropout: 0 with the given probability, else 1/(1 − rate). */
export function maskValues(length: number, rate: number, random: Random): Float32Array {
  const kept = 1 / (1 - rate);
  const values = new Float32Array(length);
  for (let i = 0; i < length; i++) values[i] = random.next() < rate ? 0 : kept;
  return values;
}
