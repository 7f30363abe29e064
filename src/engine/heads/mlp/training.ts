import { LABEL_MASKED } from "../../../shared/domain/labels.ts";
import type { Random } from "../../../shared/random.ts";
import type { EngineMath, Tensor2D } from "../../backends/index.ts";
import type { NamedArrays } from "../../embeddings/named-arrays.ts";
import type { Vectors } from "../../embeddings/vectors.ts";
import { breathe } from "../../work.ts";
import { balancedWeights } from "../class-weights.ts";
import type { HeadContext, LossModuleOptions, TrainingData } from "../head.ts";
import { AdamW } from "./adamw.ts";
import { type Batch, disposeBatch, drawMasks, makeBatch } from "./batches.ts";
import { EarlyStopping, holdOut } from "./early-stopping.ts";
import type { MlpOptions } from "./index.ts";
import { drawPairs, LOSS_WEIGHT_NAMES, type LossWeights, pairGradients } from "./loss-module.ts";
import {
  backward,
  type DropoutMasks,
  entryLosses,
  forward,
  loss,
  type Shape,
  toTensors,
  WEIGHT_NAMES,
  type Weights,
} from "./network.ts";
import { valuesOf } from "./weight-tensors.ts";

const WEIGHT_DECAY = 1e-2;
/** The rate falls to a tenth after this share of the epochs. */
const FALL_AFTER = 0.8;
/** The loss module's gradient reaches the classifier up to this share of the epochs (Yoo and Kweon 2019, §4.1). */
const REACHES_UNTIL = 0.6;

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

/** What a training starts from; it takes the tensors over. */
export interface Start {
  readonly classifier: Weights;
  /** Null = no loss module. */
  readonly lossModule: LossWeights | null;
}

/** A loss module in one step. */
export interface LossPart {
  readonly weights: LossWeights;
  readonly pairs: Tensor2D;
  readonly options: LossModuleOptions;
  /** False once its gradient no longer reaches the classifier. */
  readonly reaches: boolean;
}

/** The gradients of one step: mean loss, plus λ·mean pair loss where there is a loss module. */
export function stepGradients(
  tf: EngineMath,
  weights: Weights,
  batch: Pick<Batch, "inputs" | "targets" | "importance" | "perRow">,
  masks: DropoutMasks | null,
  part: LossPart | null,
  kind: HeadContext["kind"],
): { classifier: Weights; lossModule?: LossWeights } {
  return tf.tidy(() => {
    const { inputs, targets, importance, perRow } = batch;
    const pass = forward(tf, weights, inputs, masks);
    if (!part) return { classifier: backward(tf, weights, pass, targets, importance, masks, kind, null) };
    const entries = entryLosses(tf, pass.scores, targets, importance, kind);
    const losses = tf.mul<Tensor2D>(tf.sum(entries, 1, true), perRow);
    const module = pairGradients(tf, part.weights, pass.activations, losses, part.pairs, part.options);
    const extra = part.reaches ? module.taps : null;
    return {
      classifier: backward(tf, weights, pass, targets, importance, masks, kind, extra),
      lossModule: module.weights,
    };
  });
}

/** Trains from `start`. */
export async function fitNetwork(
  vectors: Vectors,
  data: TrainingData,
  start: Start,
  shape: Shape,
  options: MlpOptions,
  context: HeadContext,
): Promise<{ arrays: NamedArrays; loss: number; epochs: number }> {
  const { tf, kind, random, work, needs } = context;
  const positive =
    options.classWeights === "balanced" ? balancedWeights(data.labels, data.classes, kind) : null;
  const { train: order, heldOut } = options.earlyStopping
    ? holdOut(vectors.count, random.fork("held out"))
    : { train: Uint32Array.from({ length: vectors.count }, (_, row) => row), heldOut: new Uint32Array(0) };
  const watched = makeBatch(tf, vectors, data, heldOut, kind, positive);
  const stopping = watched ? new EarlyStopping(options.epochs, copyOf) : null;
  const shuffles = random.fork("order");
  const drops = random.fork("dropout");
  const pairing = random.fork("pairs");
  const optimizer = new AdamW(tf, WEIGHT_NAMES, WEIGHT_DECAY);
  const lossOptimizer = new AdamW(tf, LOSS_WEIGHT_NAMES, 0);
  let weights = start.classifier;
  let lossWeights = start.lossModule;
  let epochs = 0;
  try {
    while (epochs < options.epochs) {
      work.progress({ done: epochs, total: options.epochs, message: "Training" });
      shuffles.shuffle(order);
      const rate = options.learningRate * (epochs >= FALL_AFTER * options.epochs ? 0.1 : 1);
      for (let at = 0; at < order.length; at += options.batchSize) {
        await breathe(work);
        const rows = order.subarray(at, at + options.batchSize);
        const batch = makeBatch(tf, vectors, data, rows, kind, positive);
        if (!batch) continue;
        const masks = drawMasks(tf, rows.length, shape, options, drops);
        const pairs = lossWeights ? drawPairs(tf, batch.usable, rows.length, pairing) : null;
        const part =
          lossWeights && pairs && needs.lossModule
            ? {
                weights: lossWeights,
                pairs,
                options: needs.lossModule,
                reaches: epochs < REACHES_UNTIL * options.epochs,
              }
            : null;
        const slopes = stepGradients(tf, weights, batch, masks, part, kind);
        weights = optimizer.step(weights, slopes.classifier, rate);
        if (lossWeights && slopes.lossModule)
          lossWeights = lossOptimizer.step(lossWeights, slopes.lossModule, options.learningRate);
        disposeBatch(batch);
        tf.dispose([masks.input, masks.hidden]);
        pairs?.dispose();
      }
      epochs++;
      if (!watched || !stopping) continue;
      const heldOutLoss = loss(tf, weights, watched.inputs, watched.targets, watched.importance, kind);
      if (stopping.observe(heldOutLoss, { ...weights, ...lossWeights })) break;
    }
    const final = stopping?.best ?? { ...weights, ...lossWeights };
    return {
      arrays: valuesOf(final),
      loss: wholeLoss(tf, final, vectors, data, kind, positive),
      epochs,
    };
  } finally {
    tf.dispose({ ...weights });
    if (lossWeights) tf.dispose({ ...lossWeights });
    if (watched) disposeBatch(watched);
    stopping?.dispose();
    optimizer.dispose();
    lossOptimizer.dispose();
  }
}

function copyOf(weights: Weights & Partial<LossWeights>): Weights & Partial<LossWeights> {
  const entries = Object.entries<Tensor2D>(weights).map(([name, tensor]) => [name, tensor.clone()]);
  return { ...weights, ...Object.fromEntries(entries) };
}

function wholeLoss(
  tf: EngineMath,
  weights: Weights,
  vectors: Vectors,
  data: TrainingData,
  kind: HeadContext["kind"],
  positive: Float32Array | null,
): number {
  const rows = Uint32Array.from({ length: vectors.count }, (_, row) => row);
  const batch = makeBatch(tf, vectors, data, rows, kind, positive);
  if (!batch) return 0;
  const value = loss(tf, weights, batch.inputs, batch.targets, batch.importance, kind);
  disposeBatch(batch);
  return value;
}
