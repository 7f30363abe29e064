import { resolve } from "node:path";
import { functionCurves } from "../../simulation-report/summary.ts";
import { simulateProject, writeSimulation } from "../../use-cases/simulation.ts";
import { list, optionValue, share, wholeNumber } from "../arguments.ts";
import type { DefineCommand } from "../define-command.ts";
import { textTable } from "../text-table.ts";

interface SimulateOptions {
  readonly functions: string[];
  readonly encoder?: string;
  readonly initial: number;
  readonly budget: number;
  readonly rounds: number;
  readonly trials: number;
  readonly seed: number;
  readonly untilF1?: number;
  readonly head?: string;
  readonly headOption?: Record<string, string | number | boolean>;
  readonly option?: Record<string, string | number | boolean>;
  readonly warmStart?: boolean;
  readonly out: string;
  readonly json?: boolean;
}

/** Rounds replayed on finished labels, for comparing query functions. */
export const simulateCommand: DefineCommand = (program, { run }) =>
  program
    .command("simulate")
    .description(
      "replay rounds on finished labels, with the true labels as the analyst, to compare query functions",
    )
    .argument("<project>")
    .requiredOption("--functions <ids>", "query functions, comma-separated", list)
    .option("--encoder <id>", "encoder (default: the project's)")
    .requiredOption("--initial <n>", "patches labelled at the start, drawn at random", wholeNumber(1))
    .requiredOption("--budget <n>", "patches a round", wholeNumber(1))
    .requiredOption("--rounds <n>", "rounds after the start", wholeNumber(0))
    .requiredOption("--trials <n>", "repetitions with other initial sets", wholeNumber(1))
    .requiredOption("--seed <n>", "seed of everything random", wholeNumber(0))
    .option("--until-f1 <x>", "end a trial at this micro F1 (0 to 1, or percent)", share)
    .option("--head <id>", "classifier on the embeddings (default: the engine's)")
    .option("--head-option <name=value>", "option of the classifier; may be repeated", optionValue)
    .option("--option <name=value>", "option of the query functions; may be repeated", optionValue)
    .option("--warm-start", "train each round on from the last one's weights (default: from fresh ones)")
    .requiredOption("--out <dir>", "folder for results.json and report.html")
    .addHelpText("after", "\nMetrics are computed on the test split where there is one, else on val.")
    .action((project: string, options: SimulateOptions) =>
      run(options, async ({ openProject, engine, work, print }) => {
        const store = openProject(project);
        const { functions, initial, budget, rounds, trials, seed, untilF1 } = options;
        const outcome = await simulateProject(
          store,
          engine,
          {
            encoder: options.encoder ?? store.project().settings.encoder,
            config: {
              functions,
              options: options.option ?? {},
              ...(options.head === undefined ? {} : { headId: options.head }),
              head: options.headOption ?? {},
              warmStart: options.warmStart ?? false,
              initial,
              budget,
              rounds,
              trials,
              seed,
              untilF1: untilF1 ?? null,
            },
          },
          work,
        );
        const folder = resolve(options.out);
        await writeSimulation(outcome, folder);
        const curves = functionCurves(outcome.rows, "microF1");
        const longest = Math.max(...curves.map(({ steps }) => steps.length));
        const rows = Array.from({ length: longest }, (_, index) => [
          curves.map(({ steps }) => steps[index]?.labeled).find((labeled) => labeled !== undefined) ?? 0,
          ...curves.map(({ steps }) => {
            const mean = steps[index]?.estimate?.mean;
            return mean === undefined ? "" : Number((100 * mean).toFixed(1));
          }),
        ]);
        print(
          { out: folder, rows: outcome.rows, config: outcome.config },
          `Micro F1 in percent, mean of ${trials} ${trials === 1 ? "trial" : "trials"}, on ${outcome.rows[0]?.split ?? "val"}:\n${textTable(["labels", ...curves.map((curve) => curve.function)], rows)}\n${folder}: results.json, report.html`,
        );
      }),
    );
