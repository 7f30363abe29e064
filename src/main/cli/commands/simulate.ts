import { resolve } from "node:path";
import type { Command } from "commander";
import { type SimulationConfig, simulationConfigSchema } from "../../../shared/contracts/engine.ts";
import { FieldmarkError } from "../../../shared/errors.ts";
import type { ProjectStore } from "../../../store/project-store.ts";
import { createEngineHost, type EngineHost } from "../../engine-host/engine-host.ts";
import { spawnEngineChild } from "../../engine-host/spawn-child.ts";
import { readExperimentConfig } from "../../simulation/experiment-config.ts";
import { type ExperimentRequest, plainExperiment, runExperiment } from "../../use-cases/simulation.ts";
import { list, numbers, optionValue, share, wholeNumber } from "../arguments.ts";
import type { CommandContext } from "../command-context.ts";
import type { DefineCommand } from "../define-command.ts";
import { NETWORK_OPTION_HELP, networkArguments } from "../network-arguments.ts";
import { simulationWords } from "../simulation-words.ts";

interface SimulateOptions {
  readonly config?: string;
  readonly functions?: string[];
  readonly seeds?: number[];
  readonly encoder?: string;
  readonly initial?: number;
  readonly budget?: number;
  readonly rounds?: number;
  readonly trials?: number;
  readonly seed?: number;
  readonly untilF1?: number;
  readonly head?: string;
  readonly headOption?: Record<string, string | number | boolean>;
  readonly network?: string;
  readonly networkOption?: Record<string, string | number | boolean>;
  readonly option?: Record<string, string | number | boolean>;
  readonly warmStart?: boolean;
  readonly jobs: number;
  readonly restart?: boolean;
  readonly out: string;
  readonly json?: boolean;
}

/** What a simulation without a configuration file needs. */
const PLAIN_NEEDS = ["functions", "initial", "budget", "rounds", "trials", "seed"] as const;
/** What the configuration file says itself. */
const IN_THE_FILE = [
  ...["encoder", "initial", "budget", "rounds", "trials", "seed", "untilF1", "head", "headOption"],
  ...["network", "networkOption", "option", "warmStart"],
];
const LARGEST_SEED = 2 ** 31 - 1;
const MOST_JOBS = 64;

/** Rounds replayed on finished labels, for comparing query functions. */
export const simulateCommand: DefineCommand = (program, { run }) =>
  program
    .command("simulate")
    .description(
      "replay rounds on finished labels, with the true labels as the analyst, to compare query functions",
    )
    .argument("<project>")
    .option("--config <file>", "experiments over several conditions, as JSON; instead of the options below")
    .option(
      "--functions <ids>",
      "query functions, comma-separated; with --config: run only these of its functions now",
      list,
    )
    .option("--seeds <list>", "with --config: run only these of its seeds now", numbers(0, LARGEST_SEED))
    .option("--encoder <id>", "encoder (default: the project's)")
    .option("--initial <n>", "patches labelled at the start, drawn at random", wholeNumber(1))
    .option("--budget <n>", "patches a round", wholeNumber(1))
    .option("--rounds <n>", "rounds after the start", wholeNumber(0))
    .option("--trials <n>", "repetitions with other initial sets", wholeNumber(1))
    .option("--seed <n>", "seed of everything random", wholeNumber(0))
    .option("--until-f1 <x>", "end a trial at this micro F1 (0 to 1, or percent)", share)
    .option("--head <id>", "classifier on the embeddings (default: the engine's)")
    .option("--head-option <name=value>", "option of the classifier; may be repeated", optionValue)
    .option("--network <id>", "end-to-end network trained on pixels, instead of a classifier on embeddings")
    .option("--network-option <name=value>", NETWORK_OPTION_HELP, optionValue)
    .option("--option <name=value>", "option of the query functions; may be repeated", optionValue)
    .option("--warm-start", "train each round on from the last one's weights (default: from fresh ones)")
    .option("--jobs <n>", "trials that run side by side, each in an engine of its own", wholeNumber(1), 1)
    .option("--restart", "forget what an interrupted run left in the folder")
    .requiredOption("--out <dir>", "folder for results.json, report.html and the runs")
    .addHelpText(
      "after",
      "\nMetrics are computed on the test split where there is one, else on val. Run again, an interrupted simulation goes on where it was.",
    )
    .action((project: string, options: SimulateOptions, command: Command) => {
      checkFlags(options, command);
      return run(options, async (context) => {
        const store = openForSimulation(context, project);
        const folder = resolve(options.out);
        const request = await requestOf(options, folder, store, context);
        const outcome = await withEngines(context, options.jobs, (engines) =>
          runExperiment(store, engines, request, context.work),
        );
        const { rows, config, gains } = outcome;
        context.print({ out: folder, rows, config, gains }, simulationWords(outcome, folder));
      });
    });

/** Wrong usage, said as commander says it. */
function checkFlags(options: SimulateOptions, command: Command): void {
  const given = new Set(
    Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [name])),
  );
  const flagOf = (name: string) =>
    command.options.find((option) => option.attributeName() === name)?.flags ?? `--${name}`;
  const refuse = (message: string) => command.error(`error: ${message}`, { exitCode: 2 });
  if (options.config !== undefined) {
    const twice = IN_THE_FILE.find((name) => given.has(name));
    if (twice !== undefined) refuse(`option '${flagOf(twice)}' can't go with --config: the file says it`);
    return;
  }
  const missing = PLAIN_NEEDS.find((name) => !given.has(name));
  if (missing !== undefined) refuse(`required option '${flagOf(missing)}' not specified`);
  if (options.seeds !== undefined) refuse(`option '${flagOf("seeds")}' goes with --config`);
}

/** Simulating changes no labels: a project that is open elsewhere can be simulated as it is now. */
function openForSimulation({ openProject, note }: CommandContext, path: string): ProjectStore {
  try {
    return openProject(path);
  } catch (error) {
    if (!(error instanceof FieldmarkError) || error.code !== "project-locked") throw error;
    note("The project is open elsewhere; it is simulated as it is now.");
    return openProject(path, { readOnly: true });
  }
}

async function requestOf(
  options: SimulateOptions,
  folder: string,
  store: ProjectStore,
  { engine, work }: CommandContext,
): Promise<ExperimentRequest> {
  const { functions, seeds } = options;
  const restart = options.restart ?? false;
  if (options.config !== undefined) {
    const config = await readExperimentConfig(options.config);
    const only = { ...(functions ? { functions } : {}), ...(seeds ? { seeds } : {}) };
    return { config, folder, restart, onOther: "refuse", only };
  }
  const simulation = plainConfig(options);
  const encoder = options.encoder ?? store.project().settings.encoder;
  const config = await plainExperiment(engine, simulation, encoder, work);
  return { config, shownConfig: simulation, folder, restart, onOther: "replace" };
}

function plainConfig(options: SimulateOptions): SimulationConfig {
  const { functions, initial, budget, rounds, trials, seed, untilF1 } = options;
  return simulationConfigSchema.parse({
    functions,
    options: options.option ?? {},
    ...(options.head === undefined ? {} : { headId: options.head }),
    head: options.headOption ?? {},
    ...networkArguments(options, null),
    warmStart: options.warmStart ?? false,
    initial,
    budget,
    rounds,
    trials,
    seed,
    untilF1: untilF1 ?? null,
  });
}

/** The command's own engine, and as many more as there are jobs. */
async function withEngines<T>(
  { engine }: CommandContext,
  jobs: number,
  action: (engines: [EngineHost, ...EngineHost[]]) => Promise<T>,
): Promise<T> {
  const more = Array.from({ length: Math.min(jobs, MOST_JOBS) - 1 }, () =>
    createEngineHost(spawnEngineChild),
  );
  try {
    return await action([engine, ...more]);
  } finally {
    for (const one of more) one.close();
  }
}
