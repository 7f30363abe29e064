import type { LabelMatrix } from "../shared/contracts/engine.ts";
import type { Metrics, OptionValues, ProjectKind } from "../shared/domain/learning.ts";
import { FieldmarkError } from "../shared/errors.ts";
import { createRandom } from "../shared/random.ts";
import type { EngineMath } from "./backends/index.ts";
import { type EmbeddingSet, openEmbeddings } from "./embeddings/embedding-set.ts";
import { type EmbeddingSpace, fitSpace } from "./embeddings/embedding-space.ts";
import { blocksOf, type PatchVectors, storedVectors } from "./embeddings/patch-vectors.ts";
import { checkNeeds } from "./heads/capabilities.ts";
import { type HeadState, NO_NEEDS, type OpenHead, type TrainingNeeds } from "./heads/head.ts";
import { HEADS } from "./heads/index.ts";
import { readModel, writeModel } from "./heads/model-folder.ts";
import { checkLabels, labelRows } from "./label-rows.ts";
import { computeMetrics } from "./metrics/metrics.ts";
import { QUERY_FUNCTIONS } from "./query-functions/index.ts";
import { trainingNeeds } from "./query-functions/training-needs.ts";
import { findEntry, parseOptions } from "./registry.ts";
import { breathe, secondsSince, type Work } from "./work.ts";

export interface TrainRequest {
  readonly embeddings: string;
  readonly kind: ProjectKind;
  readonly classIds: readonly number[];
  readonly train: LabelMatrix;
  readonly validation: LabelMatrix;
  readonly head: string;
  readonly options: OptionValues;
  readonly warmStart: string | null;
  /** The query that will use the model; null = none in particular. */
  readonly forQuery: { readonly function: string; readonly options: OptionValues } | null;
  readonly seed: number;
  readonly out: string;
}

export interface TrainResult {
  readonly metrics: Metrics | null;
  readonly loss: number;
  readonly epochs: number;
  readonly seconds: number;
}

/**
 * Trains a head on cached embeddings, measures it on the validation patches and writes it to `out`.
 * Labelled patches without an embedding are left out.
 * @throws FieldmarkError `no-labels` where no labelled patch has an embedding; `no-embeddings`;
 *   `no-model` where the warm start can't be read, or the head can't give what the coming query needs
 */
export async function train(request: TrainRequest, tf: EngineMath, work: Work): Promise<TrainResult> {
  const start = performance.now();
  const { kind, classIds, options, seed } = request;
  const head = findEntry("head", HEADS, request.head);
  const parsed = parseOptions(head, options);
  const needs = request.forQuery ? needsOf(request.forQuery) : NO_NEEDS;
  checkLabels(request.train, classIds.length);
  checkLabels(request.validation, classIds.length);
  const set = await openEmbeddings(request.embeddings);
  try {
    const warm = request.warmStart === null ? null : await readModel(request.warmStart);
    const continues =
      warm !== null && warm.description.head === head.id && fits(warm.description.encoder, set);
    // Weights only make sense in the space in which they were trained.
    const space = warm !== null && continues ? warm.space : await fitSpace(set);
    const warmStart: HeadState | null = warm !== null && continues ? warm.state : null;
    const { vectors, labels } = await labelled(set, space, request.train, classIds.length);
    const data = { vectors: await readAll(vectors), labels, classes: classIds.length };
    const random = createRandom(seed).fork("train");
    const trained = await head.train(data, parsed, { tf, kind, random, work, warmStart, needs });
    await breathe(work);
    const open = head.open(trained.state, kind, tf);
    checkNeeds(open, needs);
    const validation = await labelled(set, space, request.validation, classIds.length);
    const metrics = await measure(validation.vectors, validation.labels, classIds, open, kind, work);
    const { encoder, version, seed: encoderSeed, dimensions } = set.manifest;
    await writeModel(request.out, {
      description: {
        head: head.id,
        options,
        kind,
        classIds: [...classIds],
        encoder: { id: encoder, version, seed: encoderSeed, dimensions },
        seed,
        labeled: vectors.count,
        metrics,
      },
      space,
      state: trained.state,
    });
    return { metrics, loss: trained.loss, epochs: trained.epochs, seconds: secondsSince(start) };
  } finally {
    await set.close();
  }
}

/**
 * What the coming query asks of a training.
 * @throws FieldmarkError `invalid-input` where there is no such function, or it refuses its options
 */
export function needsOf(query: NonNullable<TrainRequest["forQuery"]>): TrainingNeeds {
  const queryFunction = findEntry("query function", QUERY_FUNCTIONS, query.function);
  parseOptions(queryFunction, query.options);
  return trainingNeeds(queryFunction, query.options);
}

/** True where the vectors are the ones that a model was trained on. */
export function fits(
  encoder: {
    readonly id: string;
    readonly version: number;
    readonly seed: number;
    readonly dimensions: number;
  },
  { manifest }: EmbeddingSet,
): boolean {
  return (
    encoder.id === manifest.encoder &&
    encoder.version === manifest.version &&
    encoder.seed === manifest.seed &&
    encoder.dimensions === manifest.dimensions
  );
}

async function labelled(set: EmbeddingSet, space: EmbeddingSpace, matrix: LabelMatrix, classes: number) {
  const vectors = storedVectors(set, space, matrix.ids);
  const positions = Array.from(matrix.ids.keys()).filter((i) => set.rowOf(matrix.ids[i]!) !== undefined);
  return { vectors, labels: labelRows(matrix.states, classes, positions) };
}

async function readAll(vectors: PatchVectors) {
  if (vectors.count === 0) {
    throw new FieldmarkError(
      "no-labels",
      "There are no labelled patches with an embedding to train on. Label some patches first, or encode those that are labelled.",
    );
  }
  return vectors.read(Uint32Array.from({ length: vectors.count }, (_, position) => position));
}

/** Metrics of an open head; null where there is nothing to measure on. */
export async function measure(
  vectors: PatchVectors,
  labels: Int8Array,
  classIds: readonly number[],
  head: OpenHead,
  kind: ProjectKind,
  work: Work,
): Promise<Metrics | null> {
  if (vectors.count === 0) return null;
  const probabilities = new Float32Array(vectors.count * classIds.length);
  for (const positions of blocksOf(vectors)) {
    await breathe(work);
    probabilities.set(head.probabilities(await vectors.read(positions)), positions[0]! * classIds.length);
  }
  return computeMetrics(probabilities, labels, classIds, kind);
}
