import type { Estimate, EvaluationSummary, ModelEstimate } from "../../../shared/domain/evaluation.ts";
import type { TaxonomyClass } from "../../../shared/domain/taxonomy.ts";
import { evaluateProject } from "../../use-cases/evaluation.ts";
import { compareWithRandom } from "../../use-cases/random-comparison.ts";
import type { DefineCommand } from "../define-command.ts";
import { textTable } from "../text-table.ts";

const SOURCES = { val: "the val split", control: "the control stream", none: "nothing" } as const;

const VERDICTS = {
  "too-early": "Too early to say whether more rounds are worth it.",
  rising: "More rounds are worth it.",
  unclear: "More rounds may or may not help: the interval holds both.",
  level: "The curve is level: five more rounds are expected to add less than a point.",
} as const;

const share = (value: number) => (100 * value).toFixed(1);
const points = (value: number) => `${value < 0 ? "−" : ""}${Math.abs(100 * value).toFixed(1)}`;

function inWords(estimate: Estimate | null, format = share): string {
  if (!estimate) return "too few yet";
  const { value, interval } = estimate;
  return interval ? `${format(value)} (${format(interval.low)} to ${format(interval.high)})` : format(value);
}

function modelLines(model: ModelEstimate, summary: EvaluationSummary, classes: readonly TaxonomyClass[]) {
  const rows = model.perClass.map(({ classId, support, precision, recall, f1 }) => [
    classes.find(({ id }) => id === classId)?.name ?? String(classId),
    support,
    inWords(precision),
    inWords(recall),
    inWords(f1),
  ]);
  return [
    `Newest model on ${model.samples} patches of ${SOURCES[summary.source]}, with 95 % intervals:`,
    `  micro F1 ${inWords(model.microF1)}, precision ${inWords(model.precision)}, recall ${inWords(model.recall)}`,
    `  over ${model.averagedClasses} of ${model.perClass.length} classes: macro F1 ${inWords(model.macroF1)}, mAP ${inWords(model.mAP)}`,
    textTable(["class", "patches", "precision", "recall", "F1"], rows).trimEnd(),
  ];
}

function lines(summary: EvaluationSummary, classes: readonly TaxonomyClass[]): string[] {
  const { current, expected, stability, comparison, comparisonNeeds } = summary;
  return [
    ...(current
      ? modelLines(current, summary, classes)
      : [
          `Nothing to measure on yet: ${summary.needed} confirmed patches of a val split or of the control stream are needed.`,
        ]),
    ...expected.map(
      ({ patches, rounds, gain }) =>
        `${rounds === 1 ? "Another round" : `${rounds} more rounds`} (${patches} patches): ${inWords(gain, points)} points of micro F1 expected.`,
    ),
    ...(stability
      ? [
          `From ${stability.from} to ${stability.to} labels ${(100 * stability.flipped).toFixed(2)} % of the decisions changed${stability.kappa === null ? "" : ` (kappa ${stability.kappa.toFixed(3)})`}.`,
        ]
      : []),
    VERDICTS[summary.verdict],
    ...(comparison
      ? [
          `Gain over random labelling with ${comparison.added} labels each on top of ${comparison.start}: ${inWords(comparison.gain, points)} points of micro F1${comparison.outdated ? " (labels have changed since)" : ""}.`,
        ]
      : comparisonNeeds
        ? [
            `Gain over random labelling: not enough ${comparisonNeeds.what === "samples" ? "random" : "actively chosen"} labels yet (${comparisonNeeds.have} of ${comparisonNeeds.needed}).`,
          ]
        : ['Gain over random labelling: "--compare" finds out.']),
  ];
}

/** What the control stream says: metrics with intervals, when to stop, the gain over random. */
export const reportCommand: DefineCommand = (program, { run }) =>
  program
    .command("report")
    .description(
      "print what is measured on random patches: metrics with intervals, the gain expected of more rounds, and the gain over random labelling",
    )
    .argument("<project>")
    .option("--compare", "train on actively chosen and on as many random labels first, and compare")
    .action((project: string, options: { compare?: boolean; json?: boolean }) =>
      run(options, async ({ openProject, engine, work, print }) => {
        const store = openProject(project, { readOnly: !options.compare });
        if (options.compare) await compareWithRandom(store, engine, work);
        const summary = await evaluateProject(store);
        print(summary, lines(summary, store.classes()).join("\n"));
      }),
    );
