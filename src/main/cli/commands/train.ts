import type { Metrics } from "../../../shared/domain/learning.ts";
import type { TaxonomyClass } from "../../../shared/domain/taxonomy.ts";
import { learnFromLabels } from "../../use-cases/learning.ts";
import { optionValue } from "../arguments.ts";
import type { DefineCommand } from "../define-command.ts";
import { NETWORK_HELP, NETWORK_OPTION_HELP, networkArguments } from "../network-arguments.ts";
import { textTable } from "../text-table.ts";

interface TrainOptions {
  readonly encoder?: string;
  readonly head?: string;
  readonly option?: Record<string, string | number | boolean>;
  readonly network?: string;
  readonly networkOption?: Record<string, string | number | boolean>;
  readonly warmStart?: boolean;
  readonly json?: boolean;
}

const percent = (value: number | null) => (value === null ? "–" : (100 * value).toFixed(1));

function inWords(metrics: Metrics | null, source: string, classes: readonly TaxonomyClass[]): string {
  if (!metrics) return "No metrics: there are no labelled patches in a val split or control stream yet.";
  const { microF1, macroF1, mAP, samples, perClass } = metrics;
  const rows = perClass.map(({ classId, precision, recall, f1, averagePrecision, support }) => [
    classes.find(({ id }) => id === classId)?.name ?? String(classId),
    support,
    percent(precision),
    percent(recall),
    percent(f1),
    percent(averagePrecision),
  ]);
  const on = source === "val" ? "the val split" : "the control stream";
  return `On ${samples} patches of ${on}: micro F1 ${percent(microF1)}, macro F1 ${percent(macroF1)}, mAP ${percent(mAP)}.\n${textTable(["class", "support", "precision", "recall", "F1", "AP"], rows)}`;
}

/** A model on everything that is labelled. */
export const trainCommand: DefineCommand = (program, { run }) =>
  program
    .command("train")
    .description("train on everything labelled so far, store the model, and print its metrics")
    .argument("<project>")
    .option("--encoder <id>", "encoder (default: the project's)")
    .option("--head <id>", "classifier on the embeddings (default: the engine's)")
    .option("--option <name=value>", "option of the head; may be repeated", optionValue)
    .option("--network <id>", NETWORK_HELP)
    .option("--network-option <name=value>", NETWORK_OPTION_HELP, optionValue)
    .option("--warm-start", "go on from the newest model's weights (default: the project's setting)")
    .option("--no-warm-start", "start from fresh weights")
    .action((project: string, options: TrainOptions) =>
      run(options, async ({ openProject, engine, work, print }) => {
        const store = openProject(project);
        const encoder = options.encoder ?? store.project().settings.encoder;
        const { model } = await learnFromLabels(
          store,
          engine,
          {
            encoder,
            ...(options.head === undefined ? {} : { head: options.head }),
            ...(options.option === undefined ? {} : { options: options.option }),
            ...networkArguments(options, store.project().settings.network),
            ...(options.warmStart === undefined ? {} : { warmStart: options.warmStart }),
          },
          work,
        );
        const { id, labeled, metrics, metricSource, trainSeconds } = model;
        print(
          { model: id, encoder, labeled, metrics, metricSource, trainSeconds },
          `Model ${id}, trained on ${labeled} patches in ${trainSeconds.toFixed(1)} s.\n${inWords(metrics, metricSource, store.classes())}`,
        );
      }),
    );
