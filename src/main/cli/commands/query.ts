import { runRound } from "../../use-cases/rounds.ts";
import { optionValue, wholeNumber } from "../arguments.ts";
import type { DefineCommand } from "../define-command.ts";
import { NETWORK_HELP, NETWORK_OPTION_HELP, networkArguments } from "../network-arguments.ts";
import { textTable } from "../text-table.ts";

interface QueryOptions {
  readonly function?: string;
  readonly budget?: number;
  readonly encoder?: string;
  readonly option?: Record<string, string | number | boolean>;
  readonly head?: string;
  readonly network?: string;
  readonly networkOption?: Record<string, string | number | boolean>;
  readonly warmStart?: boolean;
  readonly json?: boolean;
}

/** The next round: encode, train, query. */
export const queryCommand: DefineCommand = (program, { run }) =>
  program
    .command("query")
    .description("start the next round: train on what is labelled and pick the patches to label next")
    .argument("<project>")
    .option("--function <id>", "query function (default: the project's)")
    .option(
      "--budget <n>",
      "patches in the round, control stream included (default: the project's)",
      wholeNumber(1),
    )
    .option("--encoder <id>", "encoder (default: the project's)")
    .option("--option <name=value>", "option of the query function; may be repeated", optionValue)
    .option("--head <id>", "classifier on the embeddings (default: the engine's)")
    .option("--network <id>", NETWORK_HELP)
    .option("--network-option <name=value>", NETWORK_OPTION_HELP, optionValue)
    .option("--warm-start", "train on from the newest model's weights (default: the project's setting)")
    .option("--no-warm-start", "train from fresh weights")
    .action((project: string, options: QueryOptions) =>
      run(options, async ({ openProject, engine, work, print, note }) => {
        const store = openProject(project);
        const { settings } = store.project();
        const wanted = options.function ?? settings.queryFunction;
        const round = await runRound(
          store,
          engine,
          {
            function: wanted,
            options: options.option ?? {},
            budget: options.budget ?? settings.budget,
            encoder: options.encoder ?? settings.encoder,
            ...(options.head === undefined ? {} : { head: options.head }),
            ...networkArguments(options, store.project().settings.network),
            ...(options.warmStart === undefined ? {} : { warmStart: options.warmStart }),
          },
          work,
        );
        if (round.function !== wanted)
          note(`Without labels there is no model yet: ${round.function} is used instead of ${wanted}.`);
        const names = new Map(
          store.items(round.items.map(({ patchId }) => patchId)).map(({ id, name }) => [id, name]),
        );
        const items = round.items.map(({ patchId, rank, score, reason, control }) => ({
          patchId,
          name: names.get(patchId) ?? "",
          rank,
          score,
          reason,
          control,
        }));
        print(
          { round: round.number, function: round.function, model: round.model?.id ?? null, patches: items },
          `Round ${round.number} by ${round.function}:\n${textTable(
            ["patch", "name", "score", "reason"],
            items.map(({ patchId, name, score, reason }) => [
              patchId,
              name,
              Number.isNaN(score) ? "" : Number(score.toPrecision(4)),
              reason,
            ]),
          )}`,
        );
      }),
    );
