import type { ProjectKind } from "../../shared/domain/learning.ts";
import type { Random } from "../../shared/random.ts";
import type { EngineMath, Tensor } from "../backends/index.ts";
import type { Dropout } from "./layers/dropout.ts";
import type { LossModule } from "./loss-module.ts";
import type { BatchLoss } from "./losses/batch-loss.ts";
import { binaryCrossEntropy } from "./losses/binary-cross-entropy.ts";
import { crossEntropy } from "./losses/cross-entropy.ts";
import { pairRankingLoss } from "./losses/pair-ranking.ts";
import type { Network } from "./network.ts";
import type { Optimiser } from "./optimisers/optimiser.ts";

/** One mini-batch. */
export interface TrainingBatch {
  /** batch × height × width × bands, normalised; the caller's. */
  readonly images: Tensor;
  /** batch × classes, row-major: 1 present, 0 absent, −1 masked. */
  readonly labels: Int8Array;
}

/** How the loss module is trained beside the classifier. */
export interface LossLearning {
  readonly module: LossModule;
  readonly optimiser: Optimiser;
  /** Rate of the module's own optimiser. */
  readonly rate: number;
  /** λ, weight of the pair loss. */
  readonly lambda: number;
  /** ξ, margin of the pair loss. */
  readonly margin: number;
  /** True: the pair loss changes the module only, not the classifier. */
  readonly stopsGradient: boolean;
  /** Which pairs are formed. */
  readonly random: Random;
}

export interface StepOptions {
  readonly kind: ProjectKind;
  readonly optimiser: Optimiser;
  /** Learning rate of this step. */
  readonly rate: number;
  /** Weight of the presences of each class in the binary cross-entropy; null = 1. */
  readonly positiveWeights?: Float32Array | null;
  readonly dropout?: Dropout | null;
  readonly lossLearning?: LossLearning | null;
}

export interface StepResult {
  /** Mean classification loss of the batch before the step. */
  readonly loss: number;
  /** Mean pair loss, unweighted; null without a loss module. */
  readonly pairLoss: number | null;
}

/**
 * One step of training: forward, losses, backward, update. A batch of which nothing is reviewed changes the
 * running statistics only. Leaves neither tensors nor gradients behind, even where it fails.
 */
export function trainingStep(
  tf: EngineMath,
  network: Network,
  batch: TrainingBatch,
  options: StepOptions,
): StepResult {
  const { lossLearning = null } = options;
  tf.engine().startScope("training step");
  try {
    return takeStep(tf, network, batch, options);
  } finally {
    tf.engine().endScope();
    for (const parameter of network.parameters.values()) parameter.clear();
    for (const parameter of lossLearning?.module.parameters.values() ?? []) parameter.clear();
  }
}

function takeStep(
  tf: EngineMath,
  network: Network,
  { images, labels }: TrainingBatch,
  options: StepOptions,
): StepResult {
  const { lossLearning = null, dropout = null, optimiser, rate } = options;
  const pass = network.forward(images, { taps: lossLearning !== null, dropout });
  const { logits, taps } = pass.outputs;
  const classification = classificationLoss(logits, labels, network.classes, options);
  if (classification.rowLosses.every(Number.isNaN)) {
    pass.discard();
    return { loss: 0, pairLoss: lossLearning && 0 };
  }
  const order = lossLearning && learnOrder(tf, taps, classification.rowLosses, lossLearning);
  pass.backward({
    logits: tf.tensor(classification.gradient, logits.shape),
    taps: lossLearning?.stopsGradient ? null : (order?.tapGradients ?? null),
  });
  optimiser.step(rate);
  lossLearning?.optimiser.step(lossLearning.rate);
  return { loss: classification.loss, pairLoss: order?.loss ?? null };
}

function classificationLoss(
  logits: Tensor,
  labels: Int8Array,
  classes: number,
  { kind, positiveWeights = null }: StepOptions,
): BatchLoss {
  const values = logits.dataSync<"float32">();
  return kind === "multi-label"
    ? binaryCrossEntropy(values, labels, classes, positiveWeights)
    : crossEntropy(values, labels, classes);
}

/** Accumulates the loss module's gradients; those with respect to the taps are the caller's. */
function learnOrder(
  tf: EngineMath,
  taps: readonly Tensor[],
  losses: Float64Array,
  { module, lambda, margin, random }: LossLearning,
): { readonly loss: number; readonly tapGradients: readonly Tensor[] } {
  const pass = module.forward(taps);
  const { loss, gradient } = pairRankingLoss(pass.ranks.dataSync<"float32">(), losses, margin, random);
  const weighted = tf.tensor(
    gradient.map((value) => value * lambda),
    pass.ranks.shape,
  );
  return { loss, tapGradients: pass.backward(weighted) };
}
