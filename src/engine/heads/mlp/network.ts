import type { ProjectKind } from "../../../shared/domain/learning.ts";
import type { EngineMath, Tensor2D } from "../../backends/index.ts";
import type { NamedArrays } from "../../embeddings/named-arrays.ts";
import { tensorsOf } from "./weight-tensors.ts";

export const WEIGHT_NAMES = ["hidden", "hiddenBias", "output", "outputBias"] as const;

/** Weights of input → hidden (ReLU) → classes. Every tensor is two-dimensional; biases have one row. */
export type Weights = Readonly<Record<(typeof WEIGHT_NAMES)[number], Tensor2D>>;

export interface Shape {
  readonly inputs: number;
  readonly hidden: number;
  readonly classes: number;
}

/** @throws FieldmarkError `no-model` where an array is missing or of another size */
export function toTensors(tf: EngineMath, arrays: NamedArrays, { inputs, hidden, classes }: Shape): Weights {
  return tensorsOf(tf, arrays, {
    hidden: [inputs, hidden],
    hiddenBias: [1, hidden],
    output: [hidden, classes],
    outputBias: [1, classes],
  });
}

/** Activations after the hidden layer's ReLU: h(x). */
export function hiddenActivations(tf: EngineMath, weights: Weights, inputs: Tensor2D): Tensor2D {
  return tf.relu(tf.add(tf.matMul(inputs, weights.hidden), weights.hiddenBias));
}

export function logits(tf: EngineMath, weights: Weights, activations: Tensor2D): Tensor2D {
  return tf.add(tf.matMul(activations, weights.output), weights.outputBias);
}

export function outputs(tf: EngineMath, scores: Tensor2D, kind: ProjectKind): Tensor2D {
  return kind === "multi-label" ? tf.sigmoid(scores) : tf.softmax(scores);
}

/** Inverted dropout masks of one pass (0, or 1/(1 − rate)); null = no dropout. */
export interface DropoutMasks {
  readonly input: Tensor2D;
  readonly hidden: Tensor2D;
}

/** One pass through the network; `dropped` is what the last layer sees. */
export interface Forward {
  readonly seen: Tensor2D;
  readonly activations: Tensor2D;
  readonly dropped: Tensor2D;
  readonly scores: Tensor2D;
}

export function forward(
  tf: EngineMath,
  weights: Weights,
  inputs: Tensor2D,
  masks: DropoutMasks | null,
): Forward {
  const seen = masks ? tf.mul<Tensor2D>(inputs, masks.input) : inputs;
  const activations = hiddenActivations(tf, weights, seen);
  const dropped = masks ? tf.mul<Tensor2D>(activations, masks.hidden) : activations;
  return { seen, activations, dropped, scores: logits(tf, weights, dropped) };
}

/**
 * The gradient of the mean loss (binary cross-entropy over reviewed entries; cross-entropy over rows in
 * single-label projects) with respect to all weights, written out: far fewer operations than recording them.
 * @param targets rows × classes, 0 or 1
 * @param importance rows × classes: 1/(number of reviewed entries), 0 where masked
 * @param extra gradient of whatever else the activations feed, rows × hidden; null = nothing
 */
export function backward(
  tf: EngineMath,
  weights: Weights,
  { seen, activations, dropped, scores }: Forward,
  targets: Tensor2D,
  importance: Tensor2D,
  masks: DropoutMasks | null,
  kind: ProjectKind,
  extra: Tensor2D | null,
): Weights {
  return tf.tidy(() => {
    const error = tf.mul<Tensor2D>(tf.sub(outputs(tf, scores, kind), targets), importance);
    const back = tf.matMul(error, weights.output, false, true);
    const masked = masks ? tf.mul<Tensor2D>(back, masks.hidden) : back;
    const gated = tf.mul<Tensor2D>(
      extra ? tf.add(masked, extra) : masked,
      tf.cast(tf.greater(activations, 0), "float32"),
    );
    return {
      hidden: tf.matMul(seen, gated, true, false) as Tensor2D,
      hiddenBias: tf.sum<Tensor2D>(gated, 0, true),
      output: tf.matMul(dropped, error, true, false) as Tensor2D,
      outputBias: tf.sum<Tensor2D>(error, 0, true),
    };
  });
}

/** Loss of every entry, rows × classes, weighted as in `backward`. */
export function entryLosses(
  tf: EngineMath,
  scores: Tensor2D,
  targets: Tensor2D,
  importance: Tensor2D,
  kind: ProjectKind,
): Tensor2D {
  const entries =
    kind === "multi-label"
      ? tf.add(tf.sub(tf.relu(scores), tf.mul(scores, targets)), tf.log1p(tf.exp(tf.neg(tf.abs(scores)))))
      : tf.neg(tf.mul(tf.logSoftmax(scores), targets));
  return tf.mul(entries, importance);
}

/** Mean loss without dropout; the same weighting as `backward`. */
export function loss(
  tf: EngineMath,
  weights: Weights,
  inputs: Tensor2D,
  targets: Tensor2D,
  importance: Tensor2D,
  kind: ProjectKind,
): number {
  return tf.tidy(() => {
    const { scores } = forward(tf, weights, inputs, null);
    return tf.sum(entryLosses(tf, scores, targets, importance, kind)).dataSync<"float32">()[0] ?? 0;
  });
}
