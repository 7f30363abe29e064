import type { LabelMatrix, SimulationConfig, SimulationRow } from "../../shared/contracts/engine.ts";
import type { ProjectKind } from "../../shared/domain/learning.ts";
import { FieldmarkError } from "../../shared/errors.ts";
import { createRandom, type Random } from "../../shared/random.ts";
import type { EngineMath } from "../backends/index.ts";
import { openEmbeddings } from "../embeddings/embedding-set.ts";
import { fitSpace } from "../embeddings/embedding-space.ts";
import { memoryVectors, storedVectors } from "../embeddings/patch-vectors.ts";
import { takeRows, type Vectors } from "../embeddings/vectors.ts";
import { checkNeeds } from "../heads/capabilities.ts";
import type { HeadState, OpenHead } from "../heads/head.ts";
import { HEADS } from "../heads/index.ts";
import { checkLabels, labelRows } from "../label-rows.ts";
import { QUERY_FUNCTIONS } from "../query-functions/index.ts";
import type { QueryFunction } from "../query-functions/query-function.ts";
import { trainingNeeds } from "../query-functions/training-needs.ts";
import { findEntry, parseOptions } from "../registry.ts";
import { measure } from "../train.ts";
import { breathe, secondsSince, silent, type Work } from "../work.ts";
import { checkSharedOptions, sharedOptions } from "./shared-options.ts";
import { SimulationProgress } from "./simulation-progress.ts";

export interface SimulateRequest {
  readonly embeddings: string;
  readonly kind: ProjectKind;
  readonly classIds: readonly number[];
  readonly labels: LabelMatrix;
  /** One entry a row of labels: 0 pool, 1 val, 2 test. */
  readonly splits: Uint8Array;
  readonly config: SimulationConfig;
}

/** Values that a simulation keeps in memory (about 4 GB). */
const MOST_VALUES = 1_000_000_000;
const POOL = 0;
const VAL = 1;
const TEST = 2;

/** Everything that stays the same over all trials. */
interface Setting {
  readonly tf: EngineMath;
  readonly request: SimulateRequest;
  /** In the embedding space, one row a patch with an embedding. */
  readonly vectors: Vectors;
  readonly ids: Int32Array;
  readonly labels: Int8Array;
  readonly pool: Uint32Array;
  readonly measured: Uint32Array;
  readonly split: "val" | "test";
  readonly work: Work;
}

/**
 * Replays rounds on finished labels with the true labels as the analyst: each trial starts from a random
 * initial set that is the same for all functions, then trains, measures and queries, round after round, each
 * head from fresh weights or from the last round's. Metrics are those of the test split where there is one, else of the val split;
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
  const setting = await load(request, tf, work);
  const progress = new SimulationProgress(functions.length * config.trials * (config.rounds + 1), work);
  const rows: SimulationRow[] = [];
  for (let trial = 0; trial < config.trials; trial++) {
    const random = createRandom(config.seed).fork(`trial-${trial}`);
    const initial = random.fork("initial").sample(setting.pool, config.initial);
    for (const queryFunction of functions) {
      const name = `${queryFunction.name}, trial ${trial + 1} of ${config.trials}`;
      const before = rows.length;
      for await (const row of replay(setting, queryFunction, trial, initial, random)) {
        rows.push(row);
        onRow(row);
        progress.step(`${name}, round ${row.round} of ${config.rounds}`);
      }
      progress.skip(config.rounds + 1 - (rows.length - before));
    }
  }
  return rows;
}

async function load(request: SimulateRequest, tf: EngineMath, work: Work): Promise<Setting> {
  const { labels, classIds, splits, config } = request;
  checkLabels(labels, classIds.length);
  const set = await openEmbeddings(request.embeddings);
  try {
    const positions = Uint32Array.from(labels.ids.keys()).filter(
      (i) => set.rowOf(labels.ids[i]!) !== undefined,
    );
    if (positions.length === 0) {
      throw new FieldmarkError(
        "no-embeddings",
        'None of the labelled patches has an embedding. Run "encode" first.',
      );
    }
    if (positions.length * set.dimensions > MOST_VALUES) {
      throw new FieldmarkError(
        "invalid-input",
        `${positions.length} patches with ${set.dimensions} dimensions are too many to simulate in memory. Use fewer filters, or a smaller pool.`,
      );
    }
    const ids = Int32Array.from(positions, (position) => labels.ids[position]!);
    const stored = storedVectors(set, await fitSpace(set), ids);
    const vectors = await stored.read(Uint32Array.from({ length: ids.length }, (_, i) => i));
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
      vectors,
      ids,
      labels: labelRows(labels.states, classIds.length, positions),
      pool,
      measured,
      split: test.length > 0 ? "test" : "val",
      work: silent(work),
    };
  } finally {
    await set.close();
  }
}

/** One trial of one function; one row a round. */
async function* replay(
  setting: Setting,
  queryFunction: QueryFunction,
  trial: number,
  initial: readonly number[],
  random: Random,
): AsyncGenerator<SimulationRow> {
  const { request, vectors, labels, ids, measured, work } = setting;
  const { config, kind, classIds } = request;
  const labeled = [...initial];
  let joined: readonly number[] = initial;
  let querySeconds = 0;
  let earlier: Trained | null = null;
  for (let round = 0; ; round++) {
    await breathe(work);
    const trained: Trained = await trainHead(
      setting,
      queryFunction,
      labeled,
      config.warmStart ? (earlier?.state ?? null) : null,
      random.fork(`train-${round}`),
    );
    const measuredLabels = labelRows(labels, classIds.length, measured);
    const metrics = await measure(
      memoryVectors(vectors, measured),
      measuredLabels,
      classIds,
      trained.head,
      kind,
      work,
    );
    if (!metrics) throw new FieldmarkError("no-labels", "The measured split has no reviewed labels.");
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
      queried: joined.map((row) => ids[row]!),
    };
    const reached = config.untilF1 !== null && metrics.microF1 >= config.untilF1;
    const taken = new Set(labeled);
    const candidates = setting.pool.filter((row) => !taken.has(row));
    if (round === config.rounds || reached || candidates.length === 0) return;
    const start = performance.now();
    joined = await chooseNext(
      setting,
      queryFunction,
      candidates,
      labeled,
      trained.head,
      earlier?.head ?? null,
      random.fork(`query-${round}`),
    );
    querySeconds = secondsSince(start);
    earlier = trained;
    labeled.push(...joined);
  }
}

interface Trained {
  readonly head: OpenHead;
  readonly state: HeadState;
  readonly seconds: number;
}

async function trainHead(
  { tf, request, vectors, labels, work }: Setting,
  queryFunction: QueryFunction,
  labeled: readonly number[],
  warmStart: HeadState | null,
  random: Random,
): Promise<Trained> {
  const { config, kind, classIds } = request;
  const head = findEntry("head", HEADS, config.headId);
  const needs = trainingNeeds(queryFunction, sharedOptions(queryFunction, config.options));
  const start = performance.now();
  const trained = await head.train(
    {
      vectors: takeRows(vectors, labeled),
      labels: labelRows(labels, classIds.length, labeled),
      classes: classIds.length,
    },
    parseOptions(head, config.head),
    { tf, kind, random, work, warmStart, needs },
  );
  const open = head.open(trained.state, kind, tf);
  checkNeeds(open, needs);
  return { head: open, state: trained.state, seconds: secondsSince(start) };
}

async function chooseNext(
  { tf, request, vectors, work }: Setting,
  queryFunction: QueryFunction,
  candidates: Uint32Array,
  labeled: readonly number[],
  head: OpenHead,
  previous: OpenHead | null,
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
