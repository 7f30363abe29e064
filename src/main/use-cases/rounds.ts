import { NETWORK_HEAD } from "../../shared/contracts/engine.ts";
import type { OptionValues, QueryExplanation, RegistryEntry } from "../../shared/domain/learning.ts";
import { FieldmarkError } from "../../shared/errors.ts";
import { createRandom } from "../../shared/random.ts";
import type { ProjectStore } from "../../store/project-store.ts";
import type { EngineHost } from "../engine-host/engine-host.ts";
import type { PredictionTable } from "../predictions.ts";
import type { Work } from "../work.ts";
import { callOptions, encodeProject } from "./encoding.ts";
import { chosenNetwork, type NetworkChoice } from "./network-choice.ts";
import { computeFeatures } from "./network-features.ts";
import { predictAll } from "./predicting.ts";
import { requireWritable } from "./project-folder.ts";
import { newestModelFolder, seedFor, type TrainedModel, trainModel } from "./training.ts";

export interface RoundRequest {
  readonly function: string;
  readonly options: OptionValues;
  readonly budget: number;
  readonly encoder: string;
  readonly head?: string;
  /** An end-to-end network instead of a head; missing: as the project's settings say, unless a head is named. */
  readonly network?: NetworkChoice | null;
  /** Train on from the newest model's weights; missing: as the project's settings say. */
  readonly warmStart?: boolean;
}

export interface QueryItem {
  readonly patchId: number;
  readonly rank: number;
  /** NaN for the control stream. */
  readonly score: number;
  readonly reason: string;
  readonly explanation: QueryExplanation | null;
  readonly control: boolean;
}

export interface RoundResult {
  readonly number: number;
  /** What was used: without a model a function that needs one gives way to `random`. */
  readonly function: string;
  readonly model: TrainedModel | null;
  readonly predictions: PredictionTable | null;
  readonly items: readonly QueryItem[];
}

/** Patches that have an id in `left out` don't take part. */
function without(ids: Int32Array, leftOut: ReadonlySet<number>): Int32Array {
  return ids.filter((id) => !leftOut.has(id));
}

/** How many of a round's patches the control stream gets, as far as there are any to draw. */
export function controlCount(store: ProjectStore, round: number, budget: number): number {
  const { controlShareEarly, controlShareLate } = store.project().settings;
  return Math.round(budget * (round < 5 ? controlShareEarly : controlShareLate));
}

/**
 * What the control stream is drawn from: the open patches of the val split where the project has one (none
 * once all of it is labelled), else the candidates themselves.
 */
function controlCandidates(store: ProjectStore, candidates: Int32Array): Int32Array {
  if (store.splitCounts().val === 0) return candidates;
  const open = (["unseen", "in-progress"] as const).map((status) => store.patchIds({ split: "val", status }));
  return Int32Array.from(open.flatMap((ids) => [...ids])).sort();
}

/**
 * Query and control patches in one list. Control patches are put at random places, so that whoever
 * labels can't tell them by their position; the query keeps its order.
 */
function interleave(
  query: readonly Omit<QueryItem, "rank">[],
  control: readonly Omit<QueryItem, "rank">[],
  seed: number,
): QueryItem[] {
  const places = new Set(
    createRandom(seed).sample(
      Array.from({ length: query.length + control.length }, (_, place) => place),
      control.length,
    ),
  );
  const sources = { query: query.values(), control: control.values() };
  return Array.from({ length: query.length + control.length }, (_, rank) => {
    const next = (places.has(rank) ? sources.control : sources.query).next();
    return next.done ? null : { ...next.value, rank };
  }).filter((item) => item !== null);
}

async function findFunction(engine: EngineHost, id: string, work: Work): Promise<RegistryEntry> {
  const { queryFunctions } = await engine.call("status", undefined, callOptions(work));
  const entry = queryFunctions.find((candidate) => candidate.id === id);
  if (entry) return entry;
  throw new FieldmarkError(
    "invalid-input",
    `There is no query function "${id}". Known: ${queryFunctions.map((candidate) => candidate.id).join(", ")}.`,
  );
}

/**
 * One round: encode what is missing, train on what is labelled, predict, draw the control stream, query
 * the rest of the budget, and store the round. Labelling may go on meanwhile. Without labels there is
 * no model: a function that needs one gives way to `random` (round 0).
 */
export async function runRound(
  store: ProjectStore,
  engine: EngineHost,
  request: RoundRequest,
  work: Work,
): Promise<RoundResult> {
  requireWritable(store);
  if (store.candidateIds().length === 0) {
    throw new FieldmarkError(
      "invalid-input",
      "Every patch of the pool is labelled, skipped or in the control stream: there is nothing left to query.",
    );
  }
  const entry = await findFunction(engine, request.function, work);
  const canTrain = store.trainingIds().length > 0 && store.classes().length > 0;
  const network = canTrain ? chosenNetwork(store, request) : null;
  // A trained network makes its own features; before there is one, the encoder's embeddings stand for them.
  const encoded = network ? null : await encodeProject(store, engine, request.encoder, work);
  const model = canTrain
    ? await trainModel(
        store,
        engine,
        {
          encoder: request.encoder,
          network,
          ...(request.head ? { head: request.head } : {}),
          ...(request.warmStart === undefined ? {} : { warmStart: request.warmStart }),
          forQuery: { function: entry.id, options: request.options },
        },
        work,
      )
    : null;
  const predictions = model ? await predictAll(store, engine, model, work) : null;
  const { folder, failures } =
    model?.head === NETWORK_HEAD
      ? await computeFeatures(store, engine, model.id, work)
      : (encoded ?? (await encodeProject(store, engine, request.encoder, work)));

  const newest = store.newestRound();
  const number = newest === null ? 0 : newest.number + 1;
  const usesFallback = entry.needsModel && model === null;
  const functionId = usesFallback ? "random" : entry.id;

  const unreadable = new Set(failures.map(({ id }) => id));
  const candidates = without(store.candidateIds(), unreadable);
  const budget = Math.min(request.budget, candidates.length);
  const measurable = without(controlCandidates(store, candidates), unreadable);
  const controls = createRandom(seedFor(store, `control-${number}`)).sample(
    measurable,
    Math.min(controlCount(store, number, budget), budget, measurable.length),
  );
  const queryBudget = budget - controls.length;
  const queried =
    queryBudget === 0
      ? null
      : await engine.call(
          "query",
          {
            embeddings: folder,
            model: model?.folder ?? null,
            previousModel: model
              ? newestModelFolder(store, { encoder: model.encoder, before: model.round })
              : null,
            kind: store.project().kind,
            function: functionId,
            options: usesFallback ? {} : request.options,
            budget: queryBudget,
            candidates: without(candidates, new Set(controls)),
            labeled: store.trainingIds(),
            seed: seedFor(store, `query-${number}`),
          },
          callOptions(work),
        );
  const query = Array.from(queried?.ids ?? [], (patchId, index) => ({
    patchId,
    score: queried?.scores[index] ?? 0,
    reason: queried?.reasons[index] ?? "",
    explanation: queried?.explanations[index] ?? null,
    control: false,
  }));
  const control = controls.map((patchId) => ({
    patchId,
    score: Number.NaN,
    reason: "Drawn at random for the control stream: it measures the model and is never trained on.",
    explanation: null,
    control: true,
  }));
  const items = interleave(query, control, seedFor(store, `order-${number}`));
  store.createRound({
    function: functionId,
    options: usesFallback ? {} : request.options,
    budget: request.budget,
    modelId: model?.id ?? null,
    items,
  });
  return { number, function: functionId, model, predictions, items };
}
