import { createHash } from "node:crypto";
import { join } from "node:path";
import type { SimulationConfig } from "../../shared/contracts/engine.ts";
import type { OptionValues, RegistryEntry } from "../../shared/domain/learning.ts";
import { FieldmarkError } from "../../shared/errors.ts";
import type { ProjectStore } from "../../store/project-store.ts";
import { writeFileAtomically } from "../atomic-files.ts";
import type { EngineHost } from "../engine-host/engine-host.ts";
import { type ExperimentConfig, experimentConfigSchema } from "../simulation/experiment-config.ts";
import { type ExperimentRow, experimentRows } from "../simulation/experiment-row.ts";
import { findFunction, optionNames, type Plan, planExperiment, type Unit } from "../simulation/plan.ts";
import { type OnOther, openRunFolder, type RunFolder } from "../simulation/run-folder.ts";
import { type ComputeUnit, runUnits } from "../simulation/run-units.ts";
import { type Gain, gainsOverRandom } from "../simulation-report/gains.ts";
import { type ReportFacts, simulationReport } from "../simulation-report/html.ts";
import { VERSION } from "../version.ts";
import type { Work } from "../work.ts";
import { callOptions, encodeProject, readablePatches } from "./encoding.ts";
import { finishedPatches } from "./patch-sets.ts";
import { embeddingsFolder } from "./project-folder.ts";

const SPLIT_CODES = { pool: 0, val: 1, test: 2 } as const;

export interface ExperimentRequest {
  readonly config: ExperimentConfig;
  /** What `results.json` tells as the configuration; `config` where missing. */
  readonly shownConfig?: object;
  /** Holds `runs/`, and in the end `results.json` and `report.html`. */
  readonly folder: string;
  /** Forgets what an earlier run left there. */
  readonly restart: boolean;
  /** "replace" also computes anew what is finished: only an interrupted run is gone on with. */
  readonly onOther: OnOther;
  /** Names and seeds of the configuration to run now; all where missing. */
  readonly only?: { readonly functions?: readonly string[]; readonly seeds?: readonly number[] };
}

export interface ExperimentOutcome {
  /** Of everything that is finished, also by earlier runs. */
  readonly rows: readonly ExperimentRow[];
  readonly gains: readonly Gain[];
  readonly config: object;
  readonly facts: ReportFacts;
  /** Trials of single curves that are finished, of all. */
  readonly finished: number;
  readonly total: number;
}

/**
 * Replays rounds on the project's finished labels (confirmed patches, with the project's splits) under all the
 * conditions of a configuration, and writes `results.json` and `report.html`. Goes on where an interrupted run
 * of the same experiment was.
 * @param engines as many units run side by side; at least one
 * @throws FieldmarkError `no-labels` without a confirmed pool or without a val or test split to measure on;
 *   `invalid-input` for functions, options or seeds that are not there, and where the folder holds another
 *   experiment
 */
export async function runExperiment(
  store: ProjectStore,
  engines: readonly [EngineHost, ...EngineHost[]],
  request: ExperimentRequest,
  work: Work,
): Promise<ExperimentOutcome> {
  const { config, folder, restart, onOther } = request;
  const [engine] = engines;
  const simulated = simulatedPatches(store, config.initial);
  const { queryFunctions } = await engine.call("status", undefined, callOptions(work));
  const plan = planExperiment(config, queryFunctions);
  const chosen = chosenUnits(plan, config, request.only ?? {});
  const { ids, states, splits, sizes } = simulated;
  const classIds = store.classes().map(({ id }) => id);
  const labels = hashOf([store.project().kind, classIds, ids, states, splits]);
  const encoder = config.encoder ?? store.project().settings.encoder;
  const identity = { config: { ...config, encoder }, labels, version: VERSION };
  let runs = await openRunFolder(folder, identity, { restart, onOther });
  if (onOther === "replace" && (await allFinished(runs, plan)))
    runs = await openRunFolder(folder, identity, { restart: true, onOther });

  const network = config.network;
  const embeddings = network
    ? embeddingsFolder(store.paths.folder, encoder)
    : (await encodeProject(store, engine, encoder, work)).folder;
  const patches = network ? readablePatches(store) : [];
  const compute: ComputeUnit = async (host, unit, earlier, signal) => {
    const { rows } = await host.call(
      "simulate",
      {
        embeddings,
        patches,
        kind: store.project().kind,
        classIds,
        labels: { ids, states },
        splits,
        config: engineConfig(config, unit),
        firstTrial: unit.trial.ofSeed,
        earlier: [...earlier],
      },
      { signal },
    );
    return rows;
  };
  await runUnits(chosen, runs, engines, compute, work);

  const results = await Promise.all(plan.units.map(async (unit) => ({ unit, ...(await runs.read(unit)) })));
  const done = results.filter(({ finished }) => finished);
  const rows = done.flatMap((state) => experimentRows(state.unit, state.rows));
  const outcome: ExperimentOutcome = {
    rows,
    gains: gainsOverRandom(rows, config.gainRange ?? null, randomNames(config)),
    config: request.shownConfig ?? config,
    facts: {
      project: store.project().name,
      encoder: network ? network.id : encoder,
      sizes,
      createdAt: new Date().toISOString(),
    },
    finished: done.length,
    total: plan.units.length,
  };
  await writeOutcome(outcome, config, folder);
  return outcome;
}

async function allFinished(runs: RunFolder, { units }: Plan): Promise<boolean> {
  const states = await Promise.all(units.map((unit) => runs.read(unit)));
  return states.every(({ finished }) => finished);
}

/** What the engine is asked for one unit. */
function engineConfig(config: ExperimentConfig, { series, trial }: Unit): SimulationConfig {
  const { head, network, initial, untilF1, flat } = config;
  return {
    functions: [series.functionId],
    options: series.options,
    headId: head?.id ?? "auto",
    head: head?.options ?? {},
    ...(network ? { network } : {}),
    warmStart: series.warmStart,
    initial,
    budget: series.budget,
    rounds: series.rounds,
    trials: 1,
    seed: trial.seed,
    untilF1,
    flat,
  };
}

function simulatedPatches(store: ProjectStore, initial: number) {
  const finished = finishedPatches(store);
  const sizes = { pool: 0, val: 0, test: 0 };
  for (const { split } of finished) sizes[split]++;
  if (sizes.pool === 0) {
    throw new FieldmarkError(
      "no-labels",
      "A simulation replays finished labels, and this project has no confirmed patches in its pool. Import labels first.",
    );
  }
  if (sizes.val + sizes.test === 0) {
    throw new FieldmarkError(
      "no-labels",
      'A simulation needs labelled patches to measure on, and this project has none in the splits "val" or "test". Import splits with "fieldmark labels import PROJECT FILE --splits FILE".',
    );
  }
  if (initial >= sizes.pool) {
    throw new FieldmarkError(
      "invalid-input",
      `The initial set (${initial}) must be smaller than the pool (${sizes.pool} labelled patches).`,
    );
  }
  const ids = Int32Array.from(finished, ({ id }) => id);
  const splits = Uint8Array.from(finished, ({ split }) => SPLIT_CODES[split]);
  return { ids, states: store.labelMatrix(ids), splits, sizes };
}

function chosenUnits(
  { units }: Plan,
  config: ExperimentConfig,
  { functions, seeds }: NonNullable<ExperimentRequest["only"]>,
): Unit[] {
  const names = config.functions.map(({ name }) => name);
  const stranger = functions?.find((name) => !names.includes(name));
  if (stranger !== undefined) {
    throw new FieldmarkError(
      "invalid-input",
      `The configuration has no function "${stranger}". It has: ${names.join(", ")}.`,
    );
  }
  const known = new Set(units.map(({ trial }) => trial.seed));
  const unknownSeed = seeds?.find((seed) => !known.has(seed));
  if (unknownSeed !== undefined) {
    throw new FieldmarkError(
      "invalid-input",
      `The configuration has no seed ${unknownSeed}. It has: ${Array.from(known).join(", ")}.`,
    );
  }
  return units.filter(
    ({ series, trial }) =>
      (functions?.includes(series.name) ?? true) && (seeds?.includes(trial.seed) ?? true),
  );
}

function randomNames(config: ExperimentConfig): Set<string> {
  return new Set(config.functions.filter(({ id }) => id === "random").map(({ name }) => name));
}

/** Writes `results.json` and `report.html`; each file is replaced as a whole. */
async function writeOutcome(
  outcome: ExperimentOutcome,
  config: ExperimentConfig,
  folder: string,
): Promise<void> {
  const { rows, gains, facts, finished, total } = outcome;
  const document = { rows, config: { ...outcome.config, ...facts }, gains };
  await writeFileAtomically(join(folder, "results.json"), `${JSON.stringify(document, null, 1)}\n`);
  const page = simulationReport({ rows, gains, config, facts, finished, total });
  await writeFileAtomically(join(folder, "report.html"), page);
}

function hashOf(
  parts: readonly (string | readonly number[] | Int32Array | Int8Array | Uint8Array)[],
): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(ArrayBuffer.isView(part) ? part : JSON.stringify(part)).update("\n");
  return hash.digest("hex");
}

/**
 * A configuration of one condition as the command line's flags and other callers give it: all functions share
 * the options, each takes those that it has.
 * @throws FieldmarkError `invalid-input` for an option that no function has
 */
export async function plainExperiment(
  engine: EngineHost,
  simulation: SimulationConfig,
  encoder: string,
  work: Work,
): Promise<ExperimentConfig> {
  const { queryFunctions } = await engine.call("status", undefined, callOptions(work));
  const { functions, options, headId, head, network, budget, warmStart, flat, ...rest } = simulation;
  refuseStrangers(functions, options, queryFunctions);
  return experimentConfigSchema.parse({
    ...rest,
    encoder,
    functions: functions.map((id) => {
      const names = optionNames(findFunction(queryFunctions, id));
      const own = Object.entries(options).filter(([name]) => names.includes(name));
      return { id, options: Object.fromEntries(own) };
    }),
    budgets: [budget],
    warmStart: [warmStart],
    ...(network ? { network } : { head: { id: headId, options: head } }),
    flat,
  });
}

function refuseStrangers(
  functions: readonly string[],
  options: OptionValues,
  registry: readonly RegistryEntry[],
): void {
  const names = new Set(functions.flatMap((id) => optionNames(findFunction(registry, id))));
  const unknown = Object.keys(options).find((name) => !names.has(name));
  if (unknown === undefined) return;
  throw new FieldmarkError(
    "invalid-input",
    `None of ${functions.join(", ")} has an option named "${unknown}".`,
  );
}
