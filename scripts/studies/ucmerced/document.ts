import { cpus } from "node:os";
import type { ExperimentRow } from "../../../src/main/simulation/experiment-row.ts";
import type { Gain } from "../../../src/main/simulation-report/gains.ts";
import { seriesOf } from "../../../src/main/simulation-report/gains.ts";
import { points } from "../../../src/main/simulation-report/markup.ts";
import { estimate } from "../../../src/main/simulation-report/student.ts";
import { costs } from "../../../src/main/simulation-report/tables.ts";
import { describeSeconds } from "../../../src/main/time-left.ts";
import { VERSION } from "../../../src/main/version.ts";

/** Of `results.json`, what a study reads. */
export interface StudyResults {
  readonly rows: readonly ExperimentRow[];
  readonly gains: readonly Gain[];
  readonly config: {
    readonly seeds: readonly number[];
    readonly initial: number;
    readonly budgets: readonly number[];
    readonly labels: number;
    readonly gainRange: readonly [number, number];
    readonly createdAt: string;
    readonly sizes: { readonly pool: number; readonly val: number; readonly test: number };
  };
}

/** The paper's functions and what compares with them; BALD needs dropout, which the paper's network has not. */
export const NETWORK_STUDY_FUNCTIONS = [
  ...["random", "ll+clustering", "tpd+clustering", "mge+clustering", "ll", "tpd", "mge"],
  ...["auto", "typiclust", "badge", "entropy+clustering"],
] as const;

export interface StudyFacts {
  readonly id: string;
  readonly title: string;
  readonly command: string;
  readonly complete: boolean;
}

/** The section of docs/results.md, and every figure. */
export function studyDocument(
  results: StudyResults,
  facts: StudyFacts,
): { markdown: string; figures: object } {
  const { rows, gains, config } = results;
  const seconds = rows.reduce((sum, row) => sum + row.trainSeconds + row.querySeconds, 0);
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown processor"}`;
  const [from, to] = config.gainRange;
  const { sizes } = config;
  const measured = rows[0]?.split ?? "val";
  const lines = [
    `## ${facts.title}`,
    "",
    `\`${facts.command}\`, Fieldmark ${VERSION}, ${config.createdAt.slice(0, 10)}, ${machine}: ${describeSeconds(seconds)} of training and querying in all. ` +
      `Pool ${sizes.pool} patches, measured on ${measured} (${sizes[measured]}). ${config.initial} labels at the start, ${config.budgets.join(", ")} a round up to ${config.labels}; ` +
      `seeds ${config.seeds.join(", ")}, fixed beforehand. Gains are paired with \`random\` by seed and averaged over the rounds from ${from} to ${to} labels: points, with the 95 % interval of the mean over the seeds (Student's t).`,
    ...(facts.complete ? [] : ["", "**Unfinished: some functions or seeds are missing.**"]),
    "",
    ...gainLines(rows, gains, from, to),
    "",
    "<details><summary>Gain in micro F1 of every seed</summary>",
    "",
    ...seedLines(gains),
    "",
    "</details>",
    "",
    `Every round of every seed: [results/${facts.id}.json](results/${facts.id}.json).`,
  ];
  return { markdown: lines.join("\n"), figures: figuresOf(results, facts, machine, seconds) };
}

function interval({ low, high }: Gain): string {
  return low === null || high === null ? "" : ` (${points(low)} to ${points(high)})`;
}

function gainLines(
  rows: readonly ExperimentRow[],
  gains: readonly Gain[],
  from: number,
  to: number,
): string[] {
  const marks = new Set([from, (from + to) / 2, to].map((mark) => nearestCount(rows, mark)));
  const heads = [
    "function",
    "gain in micro F1",
    "in macro F1",
    ...Array.from(marks, (mark) => `micro F1 at ${mark}`),
  ];
  const byName = new Map(costs(rows).map((cost) => [cost.function, cost]));
  const body = seriesOf(rows)
    .map((one) => ({
      one,
      micro: find(gains, one.function, "microF1"),
      macro: find(gains, one.function, "macroF1"),
    }))
    .sort((a, b) => (b.micro?.mean ?? 0) - (a.micro?.mean ?? 0))
    .map(({ one, micro, macro }) => {
      const cost = byName.get(one.function);
      const at = Array.from(marks, (mark) => {
        const scores = one.rows.filter(({ labeled }) => labeled === mark).map(({ microF1 }) => microF1);
        const mean = estimate(scores)?.mean;
        return mean === undefined ? "–" : (100 * mean).toFixed(1);
      });
      return [
        `\`${one.function}\``,
        micro ? `${points(micro.mean)}${interval(micro)}` : "–",
        macro ? `${points(macro.mean)}${interval(macro)}` : "–",
        ...at,
        cost?.samplingSeconds == null ? "–" : cost.samplingSeconds.toFixed(2),
        (cost?.trainSeconds ?? 0).toFixed(2),
        cost?.classifier == null ? "–" : cost.classifier.toLocaleString("en"),
        cost?.withLossModule == null ? "–" : cost.withLossModule.toLocaleString("en"),
      ];
    });
  return markdownTable([...heads, "query, s", "training, s", "parameters", "with loss module"], body);
}

function nearestCount(rows: readonly ExperimentRow[], mark: number): number {
  return rows.reduce(
    (best, { labeled }) => (Math.abs(labeled - mark) < Math.abs(best - mark) ? labeled : best),
    rows[0]?.labeled ?? mark,
  );
}

function find(gains: readonly Gain[], name: string, metric: Gain["metric"]): Gain | undefined {
  return gains.find((gain) => gain.function === name && gain.metric === metric);
}

function seedLines(gains: readonly Gain[]): string[] {
  const micro = gains.filter(({ metric }) => metric === "microF1");
  const seeds = Array.from(new Set(micro.flatMap(({ values }) => values.map(({ seed }) => seed)))).sort(
    (a, b) => a - b,
  );
  const body = micro.map(({ function: name, values }) => [
    `\`${name}\``,
    ...seeds.map((seed) => {
      const own = values.find((value) => value.seed === seed);
      return own ? points(own.gain, 2) : "–";
    }),
  ]);
  return markdownTable(["function", ...seeds.map((seed) => `seed ${seed}`)], body);
}

function markdownTable(heads: readonly string[], body: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...body.map(line)];
}

function figuresOf(
  { rows, gains, config }: StudyResults,
  { command }: StudyFacts,
  machine: string,
  seconds: number,
) {
  const curves = seriesOf(rows).flatMap((one) =>
    Array.from(
      Map.groupBy(one.rows, ({ seed }) => seed),
      ([seed, own]) => ({
        function: one.function,
        variant: one.variant,
        seed,
        labeled: own.map(({ labeled }) => labeled),
        microF1: own.map(({ microF1 }) => rounded(microF1)),
        macroF1: own.map(({ macroF1 }) => rounded(macroF1)),
        mAP: own.map(({ mAP }) => (mAP === null ? null : rounded(mAP))),
      }),
    ),
  );
  return {
    command,
    version: VERSION,
    machine,
    seconds: Math.round(seconds),
    config,
    gains,
    costs: costs(rows),
    curves,
  };
}

function rounded(value: number): number {
  return Number(value.toFixed(5));
}
