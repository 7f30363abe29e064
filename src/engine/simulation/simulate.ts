import type { SimulationRow } from "../../shared/contracts/engine.ts";
import { FieldmarkError } from "../../shared/errors.ts";
import { createRandom, type Random } from "../../shared/random.ts";
import type { EngineMath } from "../backends/index.ts";
import { memoryVectors } from "../embeddings/patch-vectors.ts";
import { checkLabels, labelRows } from "../label-rows.ts";
import { QUERY_FUNCTIONS } from "../query-functions/index.ts";
import type { QueryFunction } from "../query-functions/query-function.ts";
import { trainingNeeds } from "../query-functions/training-needs.ts";
import { findEntry, parseOptions } from "../registry.ts";
import { measure } from "../train.ts";
import { breathe, secondsSince, silent, type Work } from "../work.ts";
import { openHeadLearner } from "./head-learner.ts";
import type { Learner, Trained } from "./learner.ts";
import { openNetworkLearner } from "./network-learner.ts";
import { checkSharedOptions, sharedOptions } from "./shared-options.ts";
import type { SimulateRequest } from "./simulate-request.ts";
import { SimulationProgress } from "./simulation-progress.ts";
import { isDone } from "./stopping.ts";

const POOL = 0;
const VAL = 1;
const TEST = 2;

/** Everything that stays the same over all trials. */
interface Setting {
  readonly tf: EngineMath;
  readonly request: SimulateRequest;
  readonly learner: Learner;
  /** One a patch that the learner knows. */
  readonly ids: Int32Array;
  readonly labels: Int8Array;
  readonly pool: Uint32Array;
  readonly measured: Uint32Array;
  readonly split: "val" | "test";
  readonly work: Work;
}

/**
 * Replays rounds on finished labels with the true labels as the analyst: each trial starts from a random
 * initial set that is the same for all functions, then trains a head or a network, measures and queries, round
 * after round, each from fresh weights or from the last round's. Metrics are those of the test split where there is one, else of the val split;
 * neither is ever queried or trained on. The same seed gives the same rows.
 * @throws FieldmarkError `invalid-input` where the pool or the measured split is too small;
 *   `no-embeddings` where patches have none
 */
export async function simulate(
  request: SimulateRequest,
  tf: EngineMath,
  work: Work,
  onRow: (row: SimulationRow) => void,
): Promise<SimulationRow[]> {
  const { config } = request;
  const functions = config.functions.map((id) => findEntry("query function", QUERY_FUNCTIONS, id));
  checkSharedOptions(functions, config.options);
  checkLabels(request.labels, request.classIds.length);
  const needs = functions.map((entry) => trainingNeeds(entry, sharedOptions(entry, config.options)));
  const learner = config.network
    ? await openNetworkLearner(request, config.network, needs, tf, work)
    : await openHeadLearner(request, tf);
  try {
    const setting = load(request, learner, tf, work);
    return await replayAll(setting, functions, work, onRow);
  } finally {
    await learner.close();
  }
}

async function replayAll(
  setting: Setting,
  functions: readonly QueryFunction[],
  work: Work,
  onRow: (row: SimulationRow) => void,
): Promise<SimulationRow[]> {
  const { config } = setting.request;
  const progress = new SimulationProgress(functions.length * config.trials * (config.rounds + 1), work);
  const rows: SimulationRow[] = [];
  const { firstTrial, earlier } = setting.request;
  for (let trial = firstTrial; trial < firstTrial + config.trials; trial++) {
    const random = createRandom(config.seed).fork(`trial-${trial}`);
    const initial = random.fork("initial").sample(setting.pool, config.initial);
    for (const queryFunction of functions) {
      const name = `${queryFunction.name}, trial ${trial + 1} of ${firstTrial + config.trials}`;
      const before = rows.length;
      const known = knownRounds(earlier, queryFunction.id, trial);
      rows.push(...known);
      progress.skip(known.length);
      for await (const row of replay(setting, queryFunction, trial, initial, random, known)) {
        rows.push(row);
        onRow(row);
        progress.step(`${name}, round ${row.round} of ${config.rounds}`);
      }
      progress.skip(config.rounds + 1 - (rows.length - before));
    }
  }
  return rows;
}

function load(request: SimulateRequest, learner: Learner, tf: EngineMath, work: Work): Setting {
  const { labels, classIds, splits, config } = request;
  const { positions } = learner;
  const ids = Int32Array.from(positions, (position) => labels.ids[position]!);
  const rowsOf = (split: number) =>
    Uint32Array.from({ length: ids.length }, (_, i) => i).filter((i) => splits[positions[i]!] === split);
  const pool = rowsOf(POOL);
  const test = rowsOf(TEST);
  const measured = test.length > 0 ? test : rowsOf(VAL);
  if (measured.length === 0) {
    throw new FieldmarkError(
      "invalid-input",
      "A simulation needs labelled patches in the val or the test split.",
    );
  }
  if (pool.length < config.initial) {
    throw new FieldmarkError(
      "invalid-input",
      `The pool has ${pool.length} labelled patches, fewer than the initial ${config.initial}. Choose a smaller initial set.`,
    );
  }
  return {
    tf,
    request,
    learner,
    ids,
    labels: labelRows(labels.states, classIds.length, positions),
    pool,
    measured,
    split: test.length > 0 ? "test" : "val",
    work: silent(work),
  };
}

/**
 * One trial of one function; one row a round.
 * @param known rows of its first rounds. Their models are trained again only as far as what follows needs them.
 */
async function* replay(
  setting: Setting,
  queryFunction: QueryFunction,
  trial: number,
  initial: readonly number[],
  random: Random,
  known: readonly SimulationRow[],
): AsyncGenerator<SimulationRow> {
  const { request, learner, labels, ids, measured, work } = setting;
  const { config, kind, classIds } = request;
  const needs = trainingNeeds(queryFunction, sharedOptions(queryFunction, config.options));
  const queriedRows = rowFinder(ids);
  const first = firstRoundToTrain(known.length, config.warmStart);
  const labeled = [
    ...initial,
    ...known.slice(1, first + 1).flatMap(({ queried }) => queried.map(queriedRows)),
  ];
  let joined: readonly number[] = initial;
  let querySeconds = 0;
  let earlier: Trained | null = null;
  const scores = known.slice(0, first).map(({ microF1 }) => microF1);
  for (let round = first; ; round++) {
    await breathe(work);
    const trained: Trained = await learner.train(
      labeled,
      labels,
      needs,
      earlier,
      random.fork(`train-${round}`),
      work,
    );
    const knownRow = known[round];
    if (knownRow) {
      scores.push(knownRow.microF1);
    } else {
      const metrics = await measure(
        memoryVectors(trained.vectors, measured),
        labelRows(labels, classIds.length, measured),
        classIds,
        trained.head,
        kind,
        work,
      );
      if (!metrics) throw new FieldmarkError("no-labels", "The measured split has no reviewed labels.");
      scores.push(metrics.microF1);
      yield {
        function: queryFunction.id,
        trial,
        round,
        labeled: labeled.length,
        split: setting.split,
        microF1: metrics.microF1,
        macroF1: metrics.macroF1,
        mAP: metrics.mAP,
        trainSeconds: trained.seconds,
        querySeconds,
        parameters: trained.parameters,
        queried: joined.map((row) => ids[row]!),
      };
    }
    const taken = new Set(labeled);
    const candidates = setting.pool.filter((row) => !taken.has(row));
    if (round === config.rounds || candidates.length === 0 || isDone(scores, config)) return;
    const next = known[round + 1];
    if (next) {
      earlier = trained;
      labeled.push(...next.queried.map(queriedRows));
      continue;
    }
    const start = performance.now();
    joined = await chooseNext(
      setting,
      queryFunction,
      candidates,
      labeled,
      trained,
      random.fork(`query-${round}`),
    );
    querySeconds = secondsSince(start) + candidates.length * trained.secondsPerPatch;
    earlier = trained;
    labeled.push(...joined);
  }
}

/** The unbroken run of rows from the first round on. */
function knownRounds(rows: readonly SimulationRow[], functionId: string, trial: number): SimulationRow[] {
  return rows
    .filter((row) => row.function === functionId && row.trial === trial)
    .sort((a, b) => a.round - b.round)
    .filter((row, index) => row.round === index);
}

/**
 * What goes on from weights needs all models before it; else the newest one and, for functions that compare
 * two, the one before are enough.
 */
function firstRoundToTrain(known: number, warmStart: boolean): number {
  return warmStart ? 0 : Math.max(0, known - 2);
}

/** @returns what finds the row of a patch. Unknown patches: rows of another project */
function rowFinder(ids: Int32Array): (id: number) => number {
  const rows = new Map(Array.from(ids, (id, row) => [id, row]));
  return (id) => {
    const row = rows.get(id);
    if (row !== undefined) return row;
    throw new FieldmarkError(
      "invalid-input",
      `The interrupted simulation queried patch ${id}, which is not among the labelled ones any more. Start it anew.`,
    );
  };
}

async function chooseNext(
  { tf, request, work }: Setting,
  queryFunction: QueryFunction,
  candidates: Uint32Array,
  labeled: readonly number[],
  { vectors, head, previous }: Trained,
  random: Random,
): Promise<number[]> {
  const { config, kind } = request;
  const choices = await queryFunction.select(
    {
      tf,
      kind,
      random,
      work,
      candidates: memoryVectors(vectors, candidates),
      labeled: memoryVectors(vectors, labeled),
      head,
      previous,
      budget: config.budget,
    },
    parseOptions(queryFunction, sharedOptions(queryFunction, config.options)),
  );
  return choices.map(({ position }) => candidates[position]!);
}
