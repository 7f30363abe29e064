import { basename } from "node:path";
import { type LabelMatrix, NETWORK_HEAD } from "../../shared/contracts/engine.ts";
import type { PatchTable } from "../../shared/domain/imagery.ts";
import type { OptionValues, ProjectKind } from "../../shared/domain/learning.ts";
import { FieldmarkError } from "../../shared/errors.ts";
import { createRandom } from "../../shared/random.ts";
import type { EngineMath } from "../backends/index.ts";
import { NO_NEEDS, type TrainingNeeds } from "../heads/head.ts";
import { type StoredModel, writeModel } from "../heads/model-folder.ts";
import { checkLabels, labelRows } from "../label-rows.ts";
import { openKernels } from "../networks/kernels.ts";
import { needsOf, type TrainRequest, type TrainResult } from "../train.ts";
import { secondsSince, type Work } from "../work.ts";
import { findCheckpoint, labelHash, type TrainingIdentity, writeCheckpoint } from "./checkpoint.ts";
import { featureSpace } from "./companions.ts";
import { FIT_START, type FitPosition, fitNetwork, heldOutWatch } from "./fit.ts";
import { measureModel } from "./measure-model.ts";
import { networkState } from "./network-model.ts";
import { type ChosenNetwork, chooseNetwork, sideOf } from "./options.ts";
import type { PixelForm } from "./pixel-form.ts";
import { PixelReader, PixelStore } from "./pixels.ts";
import { pick, prefixed } from "./prefixes.ts";
import { Trainee } from "./trainee.ts";
import { readWarmStart, warmWeights } from "./warm-start.ts";

/** Arrays of a checkpoint: the state of the training, and the best weights so far where something is held out. */
const STATE = "state/";
const BEST = "best/";

export interface NetworkTrainRequest {
  /** The archive, one table a source: labelled patches are read, the standardisation is fitted to a sample of all. */
  readonly patches: readonly PatchTable[];
  readonly kind: ProjectKind;
  readonly classIds: readonly number[];
  /** For the model's description; in the order of `classIds`. */
  readonly classNames: readonly string[];
  readonly train: LabelMatrix;
  /** Metrics are computed on these; empty = none. */
  readonly validation: LabelMatrix;
  readonly network: string;
  readonly options: OptionValues;
  /** Model folder to continue from; null = fresh weights. */
  readonly warmStart: string | null;
  readonly forQuery: TrainRequest["forQuery"];
  readonly seed: number;
  /** The newest label that `train` knows, as a position in the project's journal. */
  readonly journalPosition: number | null;
  /** Where the unfinished training is kept; null = nowhere. Left behind at the end: the caller removes it. */
  readonly checkpoint: { readonly file: string; readonly everySeconds: number } | null;
  readonly out: string;
}

export interface NetworkTrainResult extends TrainResult {
  /** Epochs that a checkpoint had already; 0 for a training from the start. */
  readonly resumedEpochs: number;
  /** What the user should know, in sentences. */
  readonly notes: string[];
}

/**
 * Trains a network on the pixels of the labelled patches, writes it to `out` with the features of the
 * validation patches, and measures it on them. Goes on from the checkpoint where that is of the same training:
 * the weights are then those of an undisturbed run, bit for bit on the processor.
 * @throws FieldmarkError `backend-unavailable` where the active backend is not the native one; `no-labels`
 *   where no labelled patch can be read; `no-model` where the warm start can't be read, or the options don't
 *   give what the coming query needs
 */
export async function trainNetwork(
  request: NetworkTrainRequest,
  tf: EngineMath,
  work: Work,
): Promise<NetworkTrainResult> {
  const start = performance.now();
  openKernels(tf);
  const { kind, classIds, seed, checkpoint, out } = request;
  const chosen = chooseNetwork(request.network, request.options);
  const needs = request.forQuery ? needsOf(request.forQuery) : NO_NEEDS;
  checkOptions(chosen, needs);
  checkLabels(request.train, classIds.length);
  checkLabels(request.validation, classIds.length);
  const identity = identityOf(request, chosen, needs);
  const found = checkpoint ? await findCheckpoint(checkpoint.file, identity) : { kind: "none" as const };
  const unfinished = found.kind === "usable" ? found.checkpoint : null;
  const notes = found.kind === "unusable" ? [found.reason] : [];
  const random = createRandom(seed).fork("train network");
  const warm = request.warmStart === null ? null : await readWarmStart(request.warmStart, chosen);
  if (request.warmStart !== null && warm === null) {
    notes.push(
      "The last model is of another network or sees other pixels, so this one began with fresh weights.",
    );
  }
  const reader = new PixelReader(request.patches);
  let trainee: Trainee | null = null;
  try {
    const form = unfinished?.form ?? warm?.form ?? (await newForm(reader, chosen, seed, work));
    const pixels = await PixelStore.open(reader, form, request.train.ids, work);
    if (pixels.count === 0) {
      throw new FieldmarkError(
        "no-labels",
        "There are no labelled patches whose pixels can be read. Label some patches first, or look for their files.",
        { cause: pixels.unreadable[0]?.message },
      );
    }
    const [lost] = pixels.unreadable;
    if (lost) {
      notes.push(
        `${pixels.unreadable.length} labelled patches could not be read and were left out; the first one: ${lost.message}`,
      );
    }
    const labels = labelsOf(pixels, request.train, classIds.length);
    const shape = { bands: form.bands.length, classes: classIds.length };
    trainee = new Trainee(tf, chosen, shape, needs.lossModule !== null, random);
    const watch = heldOutWatch(pixels.count, chosen.options, random);
    if (unfinished) {
      trainee.load(pick(unfinished.arrays, STATE));
      const best = pick(unfinished.arrays, BEST);
      if (watch && unfinished.watch)
        watch.restore(unfinished.watch, Object.keys(best).length > 0 ? best : null);
    } else if (warm) {
      trainee.loadWeights(warmWeights(warm, trainee, classIds));
    }
    const trained = trainee;
    const save = async (position: FitPosition) => {
      if (!checkpoint) return;
      await writeCheckpoint(checkpoint.file, {
        training: identity,
        classNames: [...request.classNames],
        journalPosition: request.journalPosition,
        form,
        position: { ...position, history: [...position.history] },
        watch: watch?.state() ?? null,
        arrays: { ...prefixed(trained.state(), STATE), ...prefixed(watch?.best ?? {}, BEST) },
      });
    };
    const isDue = checkpointClock(checkpoint?.everySeconds ?? Number.POSITIVE_INFINITY);
    let last: FitPosition = unfinished?.position ?? FIT_START;
    const { loss, epochs, calibration } = await fitNetwork(
      trainee,
      { pixels, labels, classes: classIds.length },
      chosen.options,
      {
        tf,
        kind,
        needs,
        random,
        work,
        start: last,
        watch,
        onPosition: async (position) => {
          last = position;
          if (isDue()) await save(position);
        },
      },
    );
    await save(last);
    const state = networkState(trainee, {
      network: chosen.entry.id,
      options: chosen.options,
      classNames: [...request.classNames],
      form,
      calibration,
    });
    const features = trainee.network.featureCount;
    const companions = trainee.loss ? 1 : 0;
    const description = {
      head: NETWORK_HEAD,
      options: request.options,
      kind,
      classIds: [...classIds],
      encoder: { id: chosen.entry.id, version: 1, seed, dimensions: features + companions },
      seed,
      labeled: pixels.count,
      metrics: null,
    };
    const model: StoredModel = { description, space: featureSpace(features, companions), state };
    await writeModel(out, model);
    const metrics = await measureModel(out, model, request, tf, work);
    return {
      metrics,
      loss,
      epochs,
      seconds: secondsSince(start),
      resumedEpochs: unfinished?.position.epoch ?? 0,
      notes,
    };
  } finally {
    trainee?.dispose();
    await reader.close();
  }
}

/** Says what options can't give the coming query, before hours of training. */
export function checkOptions({ options }: ChosenNetwork, needs: TrainingNeeds): void {
  if (!needs.passes || options.dropout > 0) return;
  throw new FieldmarkError(
    "no-model",
    'This query function needs a network with dropout. Train it with the option "dropout" at 0.3, say, or choose another query function.',
  );
}

/** The standardisation of an archive: the same for the same seed, whatever is labelled. */
export function newForm(
  reader: PixelReader,
  { options }: ChosenNetwork,
  seed: number,
  work: Work,
): Promise<PixelForm> {
  const side = sideOf(options, reader.places.medianSide());
  return reader.fitForm(reader.places.bands(), side, createRandom(seed).fork("pixel form"), work);
}

function identityOf(
  { kind, classIds, train, seed, warmStart }: NetworkTrainRequest,
  { entry, options }: ChosenNetwork,
  { lossModule }: TrainingNeeds,
): TrainingIdentity {
  return {
    network: entry.id,
    options,
    kind,
    classIds: [...classIds],
    labels: labelHash(train),
    seed,
    warmStart: warmStart === null ? null : basename(warmStart),
    lossModule: lossModule && { ...lossModule },
  };
}

/** Labels in the order of the patches that could be read. */
function labelsOf({ ids }: PixelStore, { ids: all, states }: LabelMatrix, classes: number): Int8Array {
  const rows = new Map(Array.from(all, (id, row) => [id, row]));
  return labelRows(
    states,
    classes,
    Array.from(ids, (id) => rows.get(id) ?? 0),
  );
}

/** True once in so many seconds. */
function checkpointClock(everySeconds: number): () => boolean {
  let last = performance.now();
  return () => {
    if (secondsSince(last) < everySeconds) return false;
    last = performance.now();
    return true;
  };
}
