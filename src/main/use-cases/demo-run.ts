import { join } from "node:path";
import type { SimulationRow } from "../../shared/contracts/engine.ts";
import { openProject, type ProjectStore } from "../../store/project-store.ts";
import type { EngineHost } from "../engine-host/engine-host.ts";
import { functionCurves } from "../simulation-report/summary.ts";
import type { Work } from "../work.ts";
import { makeDemoProject, type PatchTruth, readPatchTruth } from "./demo.ts";
import { callOptions } from "./encoding.ts";
import { exportProject, freeExportFolder } from "./export.ts";
import { finishedPatches } from "./patch-sets.ts";
import { embeddingsFolder } from "./project-folder.ts";
import { runRound } from "./rounds.ts";
import { type TrainedModel, trainModel } from "./training.ts";

/** How large a demo is. */
export interface DemoSize {
  /** Side of the scenes in pixels; missing: the archive's own default. */
  readonly sceneSize?: number;
  readonly initial: number;
  readonly budget: number;
}

const FULL_SIZE: DemoSize = { initial: 20, budget: 30 };
const ROUNDS = 5;
const RANDOM_TRIALS = 5;
const ANALYST = "demo truth";

export interface DemoRow {
  readonly round: number;
  readonly labeled: number;
  readonly microF1: number;
  readonly macroF1: number;
}

export interface DemoRun {
  readonly function: string;
  /** Round 0 is the initial random set. */
  readonly rounds: readonly DemoRow[];
  /** The same budget drawn at random: means over several trials. */
  readonly random: readonly DemoRow[];
  readonly project: string;
  readonly export: string;
}

/** Labels patches as an analyst would who is never wrong. */
function labelFromTruth(store: ProjectStore, truth: PatchTruth, patchIds: readonly number[]): void {
  const reviewer = { annotator: ANALYST, round: store.currentRound() };
  const classes = store.classes();
  const changes = patchIds.flatMap((patchId) =>
    classes
      .filter(({ name }) => truth.get(patchId)?.includes(name))
      .map(({ id }) => ({ patchId, classId: id, state: "present" as const })),
  );
  store.changeLabels(changes, { ...reviewer, origin: "manual" });
  store.confirm(patchIds, true, reviewer);
}

function rowOf(round: number, model: TrainedModel): DemoRow {
  const { labeled, metrics } = model;
  return { round, labeled, microF1: metrics?.microF1 ?? 0, macroF1: metrics?.macroF1 ?? 0 };
}

/** Rounds of active learning with the truth as the analyst. */
async function activeRounds(
  store: ProjectStore,
  engine: EngineHost,
  truth: PatchTruth,
  functionId: string,
  { initial, budget }: DemoSize,
  work: Work,
): Promise<DemoRow[]> {
  const { encoder } = store.project().settings;
  const rows: DemoRow[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const { model, items } = await runRound(
      store,
      engine,
      {
        function: round === 0 ? "random" : functionId,
        options: {},
        budget: round === 0 ? initial : budget,
        encoder,
      },
      work,
    );
    if (model) rows.push(rowOf(round - 1, model));
    labelFromTruth(
      store,
      truth,
      items.map(({ patchId }) => patchId),
    );
  }
  rows.push(rowOf(ROUNDS, await trainModel(store, engine, { encoder }, work)));
  return rows;
}

function meansOf(rows: readonly SimulationRow[]): DemoRow[] {
  const micro = functionCurves(rows, "microF1")[0]?.steps ?? [];
  const macro = functionCurves(rows, "macroF1")[0]?.steps ?? [];
  return micro.map(({ round, labeled, estimate }, index) => ({
    round,
    labeled,
    microF1: estimate?.mean ?? 0,
    macroF1: macro[index]?.estimate?.mean ?? 0,
  }));
}

/** The same numbers of labels drawn at random, on the true labels of the whole pool. */
async function randomRounds(
  store: ProjectStore,
  engine: EngineHost,
  truth: PatchTruth,
  { initial, budget }: DemoSize,
  work: Work,
): Promise<DemoRow[]> {
  const classes = store.classes();
  const val = new Set(finishedPatches(store).flatMap(({ id, split }) => (split === "val" ? [id] : [])));
  const ids = Int32Array.from(truth.keys()).sort();
  const states = Int8Array.from(
    Array.from(ids).flatMap((id) => classes.map(({ name }) => (truth.get(id)?.includes(name) ? 1 : 0))),
  );
  const { encoder, seed } = store.project().settings;
  const { rows } = await engine.call(
    "simulate",
    {
      embeddings: embeddingsFolder(store.paths.folder, encoder),
      kind: store.project().kind,
      classIds: classes.map(({ id }) => id),
      labels: { ids, states },
      splits: Uint8Array.from(ids, (id) => (val.has(id) ? 1 : 0)),
      config: {
        functions: ["random"],
        initial,
        budget,
        rounds: ROUNDS,
        trials: RANDOM_TRIALS,
        seed,
        untilF1: null,
      },
    },
    callOptions(work),
  );
  return meansOf(rows);
}

/** Makes the demo and runs its rounds without anybody at the keyboard. */
export async function runDemo(
  folder: string,
  engine: EngineHost,
  work: Work,
  size: DemoSize = FULL_SIZE,
): Promise<DemoRun> {
  const { sceneSize } = size;
  const { project, archive } = await makeDemoProject(
    folder,
    { reuse: false, ...(sceneSize === undefined ? {} : { sceneSize }) },
    work,
  );
  const store = openProject(project);
  try {
    const functionId = store.project().settings.queryFunction;
    const truth = await readPatchTruth(store, archive);
    const rounds = await activeRounds(store, engine, truth, functionId, size, work);
    const random = await randomRounds(store, engine, truth, size, work);
    const target = freeExportFolder(join(folder, "export"), "export");
    await exportProject(store, { format: "csv", folder: target, options: {} }, work);
    return { function: functionId, rounds, random, project, export: target };
  } finally {
    store.close();
  }
}
