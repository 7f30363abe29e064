import type { ProjectKind } from "../../../shared/domain/learning.ts";
import { FieldmarkError } from "../../../shared/errors.ts";
import type { EngineMath, Tensor2D } from "../../backends/index.ts";
import type { NamedArrays } from "../../embeddings/named-arrays.ts";

/** Weights of input → hidden (ReLU) → classes. Every tensor is two-dimensional; biases have one row. */
export interface Weights {
  readonly hidden: Tensor2D;
  readonly hiddenBias: Tensor2D;
  readonly output: Tensor2D;
  readonly outputBias: Tensor2D;
}
export const WEIGHT_NAMES = ["hidden", "hiddenBias", "output", "outputBias"] as const;

export interface Shape {
  readonly inputs: number;
  readonly hidden: number;
  readonly classes: number;
}

function shapeOf(name: keyof Weights, { inputs, hidden, classes }: Shape): [number, number] {
  switch (name) {
    case "hidden":
      return [inputs, hidden];
    case "hiddenBias":
      return [1, hidden];
    case "output":
      return [hidden, classes];
    case "outputBias":
      return [1, classes];
  }
}

/** @throws FieldmarkError `no-model` where an array is missing or of another size */
export function toTensors(tf: EngineMath, arrays: NamedArrays, shape: Shape): Weights {
  const make = (name: keyof Weights) => {
    const values = arrays[name];
    const [rows, columns] = shapeOf(name, shape);
    if (values?.length !== rows * columns) {
      throw new FieldmarkError(
        "no-model",
        "The classifier's weights do not fit its description. Train again.",
      );
    }
    return tf.tensor2d(values, [rows, columns]);
  };
  return {
    hidden: make("hidden"),
    hiddenBias: make("hiddenBias"),
    output: make("output"),
    outputBias: make("outputBias"),
  };
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

/**
 * The gradient of the mean loss (binary cross-entropy over reviewed entries; cross-entropy over rows in
 * single-label projects) with respect to all weights, written out: far fewer operations than recording them.
 * @param targets rows × classes, 0 or 1
 * @param importance rows × classes: 1/(number of reviewed entries), 0 where masked
 */
export function gradients(
  tf: EngineMath,
  weights: Weights,
  inputs: Tensor2D,
  targets: Tensor2D,
  importance: Tensor2D,
  masks: DropoutMasks | null,
  kind: ProjectKind,
): Weights {
  return tf.tidy(() => {
    const seen = masks ? tf.mul<Tensor2D>(inputs, masks.input) : inputs;
    const activations = hiddenActivations(tf, weights, seen);
    const dropped = masks ? tf.mul<Tensor2D>(activations, masks.hidden) : activations;
    const predicted = outputs(tf, logits(tf, weights, dropped), kind);
    const error = tf.mul<Tensor2D>(tf.sub(predicted, targets), importance);
    const back = tf.matMul(error, weights.output, false, true);
    const gated = tf.mul<Tensor2D>(
      masks ? tf.mul(back, masks.hidden) : back,
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

/** Mean loss without dropout; the same weighting as `gradients`. */
export function loss(
  tf: EngineMath,
  weights: Weights,
  inputs: Tensor2D,
  targets: Tensor2D,
  importance: Tensor2D,
  kind: ProjectKind,
): number {
  return tf.tidy(() => {
    const scores = logits(tf, weights, hiddenActivations(tf, weights, inputs));
    const entries =
      kind === "multi-label"
        ? tf.add(tf.sub(tf.relu(scores), tf.mul(scores, targets)), tf.log1p(tf.exp(tf.neg(tf.abs(scores)))))
        : tf.neg(tf.mul(tf.logSoftmax(scores), targets));
    return tf.sum(tf.mul(entries, importance)).dataSync<"float32">()[0] ?? 0;
  });
}
