import type { ProjectKind } from "../../shared/domain/learning.ts";
import { FieldmarkError } from "../../shared/errors.ts";
import type { Random } from "../../shared/random.ts";
import type { EngineMath } from "../backends/index.ts";
import { type Calibration, calibrate } from "../heads/calibration.ts";
import { balancedWeights } from "../heads/class-weights.ts";
import type { TrainingNeeds } from "../heads/head.ts";
import { holdOut } from "../heads/mlp/early-stopping.ts";
import { labelRows } from "../label-rows.ts";
import { binaryCrossEntropy } from "../networks/losses/binary-cross-entropy.ts";
import { crossEntropy } from "../networks/losses/cross-entropy.ts";
import { trainingStep } from "../networks/training-step.ts";
import { breathe, type Work } from "../work.ts";
import { batchesOf, imageTensor } from "./batches.ts";
import { HeldOutWatch } from "./held-out.ts";
import { inferLogits } from "./infer.ts";
import type { TrainingOptions } from "./options.ts";
import type { Pixels } from "./pixels.ts";
import type { Trainee } from "./trainee.ts";

/** The rate falls to a tenth after this share of the epochs. */
const FALL_AFTER = 0.8;
/** The loss module's gradient reaches the classifier up to this share of the epochs (Yoo and Kweon 2019, §4.1). */
const REACHES_UNTIL = 0.6;

export interface FitData {
  readonly pixels: Pixels;
  /** pixels.count × classes, row-major: 1 present, 0 absent, −1 masked. */
  readonly labels: Int8Array;
  readonly classes: number;
}

/**
 * How far a training has come. Every epoch and every batch of it draws from a random stream of its own, named
 * after its number: these two numbers are the position of all random numbers.
 */
export interface FitPosition {
  readonly epoch: number;
  /** Batches of this epoch that are done. */
  readonly batch: number;
  /** Sum over the patches of those batches of their batch's loss. */
  readonly lossSum: number;
  /** Mean loss of each epoch that is done, and its loss on the held-out patches (null without any). */
  readonly history: readonly { readonly loss: number; readonly heldOut: number | null }[];
}
export const FIT_START: FitPosition = { epoch: 0, batch: 0, lossSum: 0, history: [] };

export interface FitContext {
  readonly tf: EngineMath;
  readonly kind: ProjectKind;
  readonly needs: TrainingNeeds;
  /** The same whether a training is begun or gone on with. */
  readonly random: Random;
  readonly work: Work;
  readonly start: FitPosition;
  /** Null where nothing is held out (see `heldOutWatch`). */
  readonly watch: HeldOutWatch | null;
  /** Called after every batch, and at the end. */
  readonly onPosition: (position: FitPosition) => Promise<void>;
}

export interface FitResult {
  /** Mean loss of the last epoch. */
  readonly loss: number;
  readonly epochs: number;
  /** Chosen on the held-out patches; null = probabilities as they are. */
  readonly calibration: Calibration | null;
}

/** What watches the held-out patches; null where early stopping is off or there are too few to hold any out. */
export function heldOutWatch(rows: number, { earlyStopping, epochs }: TrainingOptions, random: Random) {
  return earlyStopping && split(rows, true, random).heldOut.length > 0 ? new HeldOutWatch(epochs) : null;
}

function split(rows: number, earlyStopping: boolean, random: Random) {
  if (earlyStopping) return holdOut(rows, random.fork("held out"));
  return { train: Uint32Array.from({ length: rows }, (_, row) => row), heldOut: new Uint32Array(0) };
}

/**
 * Trains a network on pixels: stochastic gradient descent, the rate a tenth in the last fifth of the epochs,
 * random mirroring and quarter turns, and where the coming query asks for it the loss module beside it, whose
 * gradient reaches the network in the first three fifths of the epochs (deep active learning for multi-label
 * classification of remote sensing images, §III-B). The trainee has the weights of the last epoch afterwards,
 * or with early stopping those of the best one.
 */
export async function fitNetwork(
  trainee: Trainee,
  data: FitData,
  options: TrainingOptions,
  context: FitContext,
): Promise<FitResult> {
  const { tf, kind, random, work, watch, onPosition } = context;
  const { pixels, labels, classes } = data;
  const positiveWeights = positiveWeightsFor(data, options, kind);
  const { train, heldOut } = split(pixels.count, watch !== null, random);
  const batchCount = batchesOf(train, options.batchSize).length;
  let { epoch, batch, lossSum, history } = context.start;
  while (epoch < options.epochs && !watch?.shouldStop) {
    const ofEpoch = random.fork(`epoch-${epoch}`);
    const batches = batchesOf(ofEpoch.fork("order").shuffle(train.slice()), options.batchSize);
    const rate = options.learningRate * (epoch >= FALL_AFTER * options.epochs ? 0.1 : 1);
    const readBatch = (number: number) => {
      const reading = pixels.read(batches[number] ?? []);
      reading.catch(() => {});
      return reading;
    };
    let next = readBatch(batch);
    for (; batch < batches.length; batch++) {
      await breathe(work);
      const rows = batches[batch]!;
      const ofBatch = ofEpoch.fork(batch);
      const images = imageTensor(
        tf,
        await next,
        pixels.form,
        options.augment ? ofBatch.fork("symmetry") : null,
      );
      // What is not in memory is read while this batch is computed.
      next = readBatch(batch + 1);
      const { loss } = trainingStep(
        tf,
        trainee.network,
        { images, labels: labelRows(labels, classes, rows) },
        {
          kind,
          optimiser: trainee.optimiser,
          rate,
          positiveWeights,
          dropout: options.dropout > 0 ? { rate: options.dropout, random: ofBatch.fork("dropout") } : null,
          lossLearning: lossLearning(trainee, options, context, epoch, ofBatch),
        },
      );
      images.dispose();
      checkFinite(loss, options);
      lossSum += loss * rows.length;
      const shown = history.at(-1)?.loss;
      work.progress({
        done: epoch * batchCount + batch + 1,
        total: options.epochs * batchCount,
        message: `Training, epoch ${epoch + 1} of ${options.epochs}${shown === undefined ? "" : `, loss ${shown.toPrecision(3)}`}`,
      });
      await onPosition({ epoch, batch: batch + 1, lossSum, history });
    }
    const heldOutLoss = watch ? await lossOf(trainee, data, heldOut, context) : null;
    if (watch && heldOutLoss !== null) watch.observe(heldOutLoss, () => trainee.weights());
    history = [...history, { loss: lossSum / Math.max(1, train.length), heldOut: heldOutLoss }];
    epoch++;
    batch = 0;
    lossSum = 0;
    await onPosition({ epoch, batch, lossSum, history });
  }
  if (watch?.best) trainee.loadWeights(watch.best);
  return {
    loss: history.at(-1)?.loss ?? 0,
    epochs: epoch,
    calibration: watch ? await calibrateOn(trainee, data, heldOut, context) : null,
  };
}

function lossLearning(
  { loss }: Trainee,
  { learningRate, epochs }: TrainingOptions,
  { needs }: FitContext,
  epoch: number,
  ofBatch: Random,
) {
  if (!loss || !needs.lossModule) return null;
  return {
    ...loss,
    rate: learningRate,
    lambda: needs.lossModule.lambda,
    margin: needs.lossModule.xi,
    stopsGradient: epoch >= REACHES_UNTIL * epochs,
    random: ofBatch.fork("pairs"),
  };
}

function positiveWeightsFor(
  { labels, classes }: FitData,
  { classWeights }: TrainingOptions,
  kind: ProjectKind,
): Float32Array | null {
  if (classWeights === "none") return null;
  if (kind === "multi-label") return balancedWeights(labels, classes, kind);
  throw new FieldmarkError(
    "invalid-input",
    'Networks can weigh classes in multi-label projects only. Train this single-label project with "classWeights" none.',
  );
}

function checkFinite(loss: number, { learningRate }: TrainingOptions): void {
  if (Number.isFinite(loss)) return;
  throw new FieldmarkError(
    "invalid-input",
    `The training has run away: its loss is no number any more. Choose a smaller learning rate than ${learningRate}.`,
  );
}

async function lossOf(
  { network }: Trainee,
  { pixels, labels, classes }: FitData,
  rows: Uint32Array,
  { tf, kind, work }: FitContext,
): Promise<number> {
  const logits = await inferLogits(tf, network, pixels, rows, work);
  const truth = labelRows(labels, classes, rows);
  return (kind === "multi-label" ? binaryCrossEntropy : crossEntropy)(logits, truth, classes).loss;
}

/** Null in single-label projects, where the most probable class decides. */
async function calibrateOn(
  { network }: Trainee,
  { pixels, labels, classes }: FitData,
  rows: Uint32Array,
  { tf, kind, work }: FitContext,
): Promise<Calibration | null> {
  if (kind === "single-label") return null;
  const logits = await inferLogits(tf, network, pixels, rows, work);
  const scores = Float64Array.from(logits, (logit) => 1 / (1 + Math.exp(-logit)));
  return calibrate({ scores, labels: labelRows(labels, classes, rows), classes }, kind);
}
