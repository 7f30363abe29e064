import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { NETWORK_HEAD } from "../../shared/contracts/engine.ts";
import type { Metrics, OptionValues } from "../../shared/domain/learning.ts";
import { FieldmarkError } from "../../shared/errors.ts";
import { createRandom } from "../../shared/random.ts";
import type { ProjectStore } from "../../store/project-store.ts";
import type { EngineHost } from "../engine-host/engine-host.ts";
import type { Work } from "../work.ts";
import { callOptions, readablePatches } from "./encoding.ts";
import { chosenNetwork, type NetworkChoice, spelledNetwork } from "./network-choice.ts";
import { pruneFeatures } from "./network-features.ts";
import { embeddingsFolder, modelFolder, requireWritable, unfinishedTraining } from "./project-folder.ts";

const DEFAULT_HEAD = "auto";

export interface TrainingRequest {
  readonly encoder: string;
  /** An end-to-end network instead of a head; missing: as the project's settings say, unless a head is named. */
  readonly network?: NetworkChoice | null;
  /** An id of the engine's head registry; missing: `auto`. */
  readonly head?: string;
  readonly options?: OptionValues;
  /** The query function that will use the model, with its options: some need more of the training. */
  readonly forQuery?: { readonly function: string; readonly options: OptionValues };
  /** Go on from the newest model's weights; missing: as the project's settings say. */
  readonly warmStart?: boolean;
}

export interface TrainedModel {
  readonly id: string;
  readonly folder: string;
  /** Of a network its id. */
  readonly encoder: string;
  readonly head: string;
  /** The newest round whose labels it has seen; 0 before the first round. */
  readonly round: number;
  readonly labeled: number;
  /** Ids of the patches that it was trained on. */
  readonly trainedOn: Int32Array;
  readonly classIds: readonly number[];
  readonly metrics: Metrics | null;
  readonly metricSource: "val" | "control" | "none";
  readonly validation: number;
  readonly trainSeconds: number;
}

/** A whole number for the engine, the same for the same project seed and purpose. */
export function seedFor(store: ProjectStore, purpose: string): number {
  return createRandom(store.project().settings.seed)
    .fork(purpose)
    .integer(2 ** 31);
}

/**
 * Folder of the newest model of an encoder that is still there, and where asked of a head or of a round before
 * a given one; null where there is none.
 */
export function newestModelFolder(
  store: ProjectStore,
  wanted: { readonly encoder: string; readonly head?: string; readonly before?: number },
): string | null {
  const { encoder, head, before = Number.POSITIVE_INFINITY } = wanted;
  const model = store
    .models()
    .findLast(
      (candidate) =>
        candidate.encoder === encoder &&
        (head === undefined || candidate.head === head) &&
        candidate.round < before &&
        existsSync(modelFolder(store.paths.folder, candidate.id)),
    );
  return model ? modelFolder(store.paths.folder, model.id) : null;
}

/** Refuses training where there is nothing to learn from (`no-labels`) or nothing can be written (`read-only`). */
export function requireTrainable(store: ProjectStore): void {
  requireWritable(store);
  if (store.classes().length === 0) {
    throw new FieldmarkError(
      "no-labels",
      "The project has no classes yet. Add classes, label some patches, then train.",
    );
  }
  if (store.trainingIds().length === 0) {
    throw new FieldmarkError(
      "no-labels",
      "There are no labelled patches to train on yet. Label and confirm the patches of a first query, then train.",
    );
  }
}

/**
 * Trains on everything confirmed in the pool outside of the control stream and stores the model with its
 * metrics. Labels may change meanwhile: the model knows up to which journal entry it has seen.
 * Errors: `no-labels` when there is nothing to learn from.
 */
export async function trainModel(
  store: ProjectStore,
  engine: EngineHost,
  request: TrainingRequest,
  work: Work,
): Promise<TrainedModel> {
  requireTrainable(store);
  const classes = store.classes();
  const trainingIds = store.trainingIds();
  const wanted = chosenNetwork(store, request);
  const network = wanted && (await spelledNetwork(engine, wanted, work));
  const encoder = network?.id ?? request.encoder;
  const head = network ? NETWORK_HEAD : (request.head ?? DEFAULT_HEAD);
  const warmStart = request.warmStart ?? store.project().settings.warmStart ?? false;
  const validationIds = store.validationIds();
  const metricSource = validationIds.length === 0 ? "none" : store.validationSource();
  const journalPosition = store.journalPosition();
  const newestRound = store.newestRound();
  const round = newestRound?.number ?? 0;
  const number = store.models().length + 1;
  const id = `${String(number).padStart(4, "0")}-${randomUUID().slice(0, 8)}`;
  const folder = modelFolder(store.paths.folder, id);
  const classIds = classes.map((entry) => entry.id);
  const common = {
    kind: store.project().kind,
    classIds,
    train: { ids: trainingIds, states: store.labelMatrix(trainingIds) },
    validation: { ids: validationIds, states: store.labelMatrix(validationIds) },
    ...(request.forQuery === undefined ? {} : { forQuery: request.forQuery }),
    warmStart: warmStart ? newestModelFolder(store, { encoder, head }) : null,
    seed: seedFor(store, `train-${number}`),
    out: folder,
  };
  const checkpoint = unfinishedTraining(store.paths.folder);
  const result = network
    ? await engine.call(
        "trainNetwork",
        {
          ...common,
          patches: readablePatches(store),
          classNames: classes.map(({ name }) => name),
          network: network.id,
          options: network.options,
          journalPosition,
          checkpoint: { file: checkpoint },
        },
        callOptions(work),
      )
    : await engine.call(
        "train",
        {
          ...common,
          embeddings: embeddingsFolder(store.paths.folder, encoder),
          head,
          ...(request.options === undefined ? {} : { options: request.options }),
        },
        callOptions(work),
      );
  const model: TrainedModel = {
    id,
    folder,
    encoder,
    head,
    round,
    labeled: trainingIds.length,
    trainedOn: trainingIds,
    classIds,
    metrics: result.metrics,
    metricSource,
    validation: validationIds.length,
    trainSeconds: result.seconds,
  };
  store.addModel({
    id,
    round,
    function: newestRound?.function ?? null,
    encoder,
    head,
    folder: `models/${id}`,
    classIds,
    labeled: trainingIds.length,
    metrics: result.metrics,
    metricSource,
    trainSeconds: result.seconds,
    journalPosition,
  });
  if (network) {
    await rm(checkpoint, { force: true });
    await pruneFeatures(store);
  }
  return model;
}
