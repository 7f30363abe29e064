import { LABEL_MASKED, LABEL_PRESENT } from "../../../shared/domain/labels.ts";
import type { ProjectKind } from "../../../shared/domain/learning.ts";
import type { Random } from "../../../shared/random.ts";
import type { EngineMath, Tensor2D } from "../../backends/index.ts";
import type { NamedArrays } from "../../embeddings/named-arrays.ts";
import type { Vectors } from "../../embeddings/vectors.ts";
import { breathe } from "../../work.ts";
import type { HeadContext, TrainingData } from "../head.ts";
import { AdamW } from "./adamw.ts";
import type { MlpOptions } from "./index.ts";
import {
  type DropoutMasks,
  gradients,
  loss,
  type Shape,
  toTensors,
  WEIGHT_NAMES,
  type Weights,
} from "./network.ts";

const WEIGHT_DECAY = 1e-2;
/** The rate falls to a tenth after this share of the epochs. */
const FALL_AFTER = 0.8;

/** He initialisation; output biases start at the classes' log odds, so that the first steps are not spent on them. */
export function freshWeights(tf: EngineMath, shape: Shape, data: TrainingData, source: Random): Weights {
  const random = source.fork("weights");
  const normal = (count: number, deviation: number) =>
    Float32Array.from({ length: count }, () => random.normal() * deviation);
  const bias = Float32Array.from({ length: shape.classes }, (_, c) => {
    let present = 0;
    let reviewed = 0;
    for (let i = c; i < data.labels.length; i += shape.classes) {
      if (data.labels[i] === LABEL_MASKED) continue;
      reviewed++;
      present += data.labels[i]!;
    }
    return Math.log((present + 0.5) / (reviewed - present + 0.5));
  });
  return toTensors(
    tf,
    {
      hidden: normal(shape.inputs * shape.hidden, Math.sqrt(2 / shape.inputs)),
      hiddenBias: new Float32Array(shape.hidden),
      output: normal(shape.hidden * shape.classes, Math.sqrt(1 / shape.hidden)),
      outputBias: bias,
    },
    shape,
  );
}

interface Batch {
  readonly inputs: Tensor2D;
  readonly targets: Tensor2D;
  readonly importance: Tensor2D;
}

/** Targets and weights of the loss: masked entries weigh nothing, all others the same. */
function makeBatch(
  tf: EngineMath,
  vectors: Vectors,
  data: TrainingData,
  rows: ArrayLike<number>,
  kind: ProjectKind,
): Batch | null {
  const { classes, labels } = data;
  const { dimensions } = vectors;
  const inputs = new Float32Array(rows.length * dimensions);
  const targets = new Float32Array(rows.length * classes);
  const importance = new Float32Array(rows.length * classes);
  let reviewed = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    inputs.set(vectors.values.subarray(row * dimensions, (row + 1) * dimensions), i * dimensions);
    const own = labels.subarray(row * classes, (row + 1) * classes);
    // A softmax row needs to know its class; absences alone do not tell it.
    const known = kind === "multi-label" || own.includes(LABEL_PRESENT);
    if (!known) continue;
    if (kind === "single-label") reviewed++;
    own.forEach((label, c) => {
      const masked = kind === "multi-label" && label === LABEL_MASKED;
      if (masked) return;
      if (kind === "multi-label") reviewed++;
      targets[i * classes + c] = label === LABEL_PRESENT ? 1 : 0;
      importance[i * classes + c] = 1;
    });
  }
  if (reviewed === 0) return null;
  return {
    inputs: tf.tensor2d(inputs, [rows.length, dimensions]),
    targets: tf.tensor2d(targets, [rows.length, classes]),
    importance: tf.tensor2d(
      importance.map((weight) => weight / reviewed),
      [rows.length, classes],
    ),
  };
}

function dropoutMasks(
  tf: EngineMath,
  rows: number,
  shape: Shape,
  options: MlpOptions,
  random: Random,
): DropoutMasks {
  const mask = (columns: number, rate: number) => {
    const kept = 1 / (1 - rate);
    const values = new Float32Array(rows * columns);
    for (let i = 0; i < values.length; i++) values[i] = random.next() < rate ? 0 : kept;
    return tf.tensor2d(values, [rows, columns]);
  };
  return {
    input: mask(shape.inputs, options.inputDropout),
    hidden: mask(shape.hidden, options.hiddenDropout),
  };
}

/** Trains from `start`, whose tensors it takes over. */
export async function fitNetwork(
  vectors: Vectors,
  data: TrainingData,
  start: Weights,
  shape: Shape,
  options: MlpOptions,
  { tf, kind, random, work }: HeadContext,
): Promise<{ arrays: NamedArrays; loss: number; epochs: number }> {
  const order = Uint32Array.from({ length: vectors.count }, (_, row) => row);
  const shuffles = random.fork("order");
  const drops = random.fork("dropout");
  const optimizer = new AdamW(tf, WEIGHT_DECAY);
  let weights = start;
  try {
    for (let epoch = 0; epoch < options.epochs; epoch++) {
      work.progress({ done: epoch, total: options.epochs, message: "Training" });
      shuffles.shuffle(order);
      const rate = options.learningRate * (epoch >= FALL_AFTER * options.epochs ? 0.1 : 1);
      for (let at = 0; at < order.length; at += options.batchSize) {
        await breathe(work);
        const batch = makeBatch(tf, vectors, data, order.subarray(at, at + options.batchSize), kind);
        if (!batch) continue;
        const masks = dropoutMasks(tf, batch.inputs.shape[0], shape, options, drops);
        const slopes = gradients(tf, weights, batch.inputs, batch.targets, batch.importance, masks, kind);
        weights = optimizer.step(weights, slopes, rate);
        tf.dispose([batch.inputs, batch.targets, batch.importance, masks.input, masks.hidden]);
      }
    }
    const arrays: Record<string, Float32Array> = {};
    for (const name of WEIGHT_NAMES) arrays[name] = weights[name].dataSync<"float32">();
    return { arrays, loss: wholeLoss(tf, weights, vectors, data, kind), epochs: options.epochs };
  } finally {
    tf.dispose({ ...weights });
    optimizer.dispose();
  }
}

function wholeLoss(
  tf: EngineMath,
  weights: Weights,
  vectors: Vectors,
  data: TrainingData,
  kind: ProjectKind,
): number {
  const rows = Uint32Array.from({ length: vectors.count }, (_, row) => row);
  const batch = makeBatch(tf, vectors, data, rows, kind);
  if (!batch) return 0;
  const value = loss(tf, weights, batch.inputs, batch.targets, batch.importance, kind);
  tf.dispose([batch.inputs, batch.targets, batch.importance]);
  return value;
}
