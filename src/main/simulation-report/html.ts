import type { ExperimentConfig } from "../simulation/experiment-config.ts";
import type { ExperimentRow } from "../simulation/experiment-row.ts";
import { curveChart } from "./chart.ts";
import { escapeHtml } from "./escape-html.ts";
import { gainChart } from "./gain-chart.ts";
import { type Gain, type LabelRange, seriesOf } from "./gains.ts";
import { percent, points, signed, table } from "./markup.ts";
import { seriesStyle } from "./series-style.ts";
import { STYLE } from "./style.ts";
import { type FunctionCurve, functionCurves, type MetricName } from "./summary.ts";
import {
  betaSweep,
  budgetSweep,
  costs,
  defaultMarks,
  labelsNeeded,
  type SweepLine,
  warmAgainstCold,
} from "./tables.ts";

const METRICS: readonly { readonly id: MetricName; readonly title: string }[] = [
  { id: "microF1", title: "Micro F1" },
  { id: "macroF1", title: "Macro F1" },
  { id: "mAP", title: "Mean average precision" },
];

export interface ReportFacts {
  readonly project: string;
  /** The encoder, or the network that was trained instead. */
  readonly encoder: string;
  readonly sizes: { readonly pool: number; readonly val: number; readonly test: number };
  readonly createdAt: string;
}

export interface Report {
  readonly rows: readonly ExperimentRow[];
  readonly gains: readonly Gain[];
  readonly config: Pick<
    ExperimentConfig,
    | "initial"
    | "budgets"
    | "seeds"
    | "seed"
    | "trials"
    | "gainRange"
    | "marks"
    | "untilF1"
    | "flat"
    | "network"
  >;
  readonly facts: ReportFacts;
  /** Trials of single curves that are finished, of all. */
  readonly finished: number;
  readonly total: number;
}

/** A page that needs nothing but itself: curves with 95 % intervals over the trials, gains and tables. */
export function simulationReport(report: Report): string {
  const { rows, config, facts } = report;
  const range = config.gainRange ?? null;
  const sections = [
    gainSection(report.gains),
    ...curveSections(rows),
    labelsSection(rows, config.marks ?? defaultMarks(rows)),
    costSection(rows),
    sweepSection("Share of the most uncertain patches (β)", "β=", betaSweep(rows, range), range),
    sweepSection("Patches a round (b)", "b=", budgetSweep(rows, range), range),
    warmSection(rows, range),
  ];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Simulation: ${escapeHtml(facts.project)}</title><style>${STYLE}</style></head><body>
<h1>Simulation: ${escapeHtml(facts.project)}</h1>
<p>${introduction(report)}</p>
${sections.filter((section) => section !== "").join("\n")}
</body></html>
`;
}

function introduction({ rows, config, facts, finished, total }: Report): string {
  const { sizes } = facts;
  const trials = config.seeds?.length ?? config.trials ?? 1;
  const seeds = config.seeds ? `seeds ${config.seeds.join(", ")}` : `seed ${config.seed ?? 0}`;
  const stops = [
    config.untilF1 === null ? [] : [`at ${points(config.untilF1)} micro F1`.replace("+", "")],
    config.flat === null
      ? []
      : [
          `when ${config.flat.patience} rounds bring less than ${(100 * config.flat.epsilon).toFixed(1)} points`,
        ],
  ].flat();
  return [
    facts.createdAt.slice(0, 10),
    `${config.network ? "network" : "encoder"} ${escapeHtml(facts.encoder)}`,
    `pool ${sizes.pool}, val ${sizes.val}, test ${sizes.test} patches, measured on ${rows[0]?.split ?? "val"}`,
    `start ${config.initial}, ${config.budgets.join(", ")} a round`,
    `${seeds}, ${trials === 1 ? "one trial" : `${trials} trials; mean and 95 % interval of the mean`}. In percent.`,
    ...(stops.length > 0 ? [`Trials ended early ${stops.join(" or ")}, as measured.`] : []),
    ...(finished < total ? [`<strong>Unfinished: ${finished} of ${total} runs.</strong>`] : []),
  ].join(" · ");
}

function gainSection(gains: readonly Gain[]): string {
  if (gains.length === 0) return "";
  const variants = Map.groupBy(
    gains,
    ({ budget, warmStart }) => `b=${budget}, ${warmStart ? "warm" : "cold"} start`,
  );
  const parts = Array.from(variants, ([variant, own]) => {
    const micro = own.filter(({ metric }) => metric === "microF1").map(withBeta);
    const lines = micro.map((gain) => {
      const macro = own.find(
        (other) =>
          other.metric === "macroF1" &&
          other.variant === gain.variant &&
          withBeta(other).function === gain.function,
      );
      return [
        escapeHtml(gain.function),
        interval(gain),
        macro ? interval(macro) : "–",
        gain.values.map((one) => points(one.gain)).join(" "),
      ];
    });
    const [first] = micro;
    const seeds = first?.values.map(({ seed }) => seed).join(" ") ?? "";
    const title = variants.size > 1 ? `<h3>${escapeHtml(variant)}</h3>` : "";
    return `${title}<p>Paired with random, averaged over the rounds with ${first?.from} to ${first?.to} labels; points.</p><figure>${gainChart(micro, "Gain over random")}</figure>${table(["function", "micro F1", "macro F1", `micro F1 of every trial (seed ${seeds})`], lines)}`;
  });
  return `<h2>Gain over random</h2>${parts.join("")}`;
}

function withBeta(gain: Gain): Gain {
  return gain.beta === null ? gain : { ...gain, function: `${gain.function}, β=${gain.beta}` };
}

function interval({ mean, low, high }: Gain): string {
  return low === null || high === null
    ? points(mean)
    : `${points(mean)} <small>(${points(low)} to ${points(high)})</small>`;
}

/** Curves under the same conditions but for β, which tells functions apart within a chart. */
interface Panel {
  readonly title: string;
  readonly rows: readonly ExperimentRow[];
}

function panelsOf(rows: readonly ExperimentRow[]): Panel[] {
  const named = rows.map((row) =>
    row.beta === null ? row : { ...row, function: `${row.function}, β=${row.beta}` },
  );
  const groups = Map.groupBy(
    named,
    ({ budget, warmStart }) => `b=${budget}, ${warmStart ? "warm" : "cold"} start`,
  );
  return Array.from(groups, ([title, own]) => ({ title, rows: own }));
}

function curveSections(rows: readonly ExperimentRow[]): string[] {
  const panels = panelsOf(rows);
  const names = [...new Set(panels.flatMap((panel) => panel.rows.map((row) => row.function)))];
  return METRICS.filter(({ id }) => rows.some((row) => row[id] !== null)).map(({ id, title }) => {
    const curves = panels.map((panel) => functionCurves(panel.rows, id));
    const several = panels.length > 1;
    const charts = panels.map((panel, index) => {
      const heading = several ? `<figcaption>${escapeHtml(panel.title)}</figcaption>` : "";
      const label = `${title} over labels${several ? `, ${panel.title}` : ""}`;
      return `<figure>${heading}${curveChart(curves[index] ?? [], label, names, curves.flat())}</figure>`;
    });
    const tables = panels.map((panel, index) => {
      const heading = several ? `<h3>${escapeHtml(panel.title)}</h3>` : "";
      return `${heading}${metricTable(curves[index] ?? [])}`;
    });
    const body = several
      ? `<details><summary>All figures</summary>${tables.join("")}</details>`
      : tables.join("");
    return `<h2>${title}</h2>${key(names)}<div class="${several ? "multiples" : ""}">${charts.join("")}</div>${body}`;
  });
}

function key(names: readonly string[]): string {
  const items = names.map(
    (name, index) =>
      `<li><svg viewBox="0 0 24 6" ${seriesStyle(index)} aria-hidden="true"><polyline points="0,3 24,3"/></svg>${escapeHtml(name)}</li>`,
  );
  return `<ul class="key">${items.join("")}</ul>`;
}

function metricTable(curves: readonly FunctionCurve[]): string {
  const counts = [...new Set(curves.flatMap(({ steps }) => steps.map(({ labeled }) => labeled)))].sort(
    (a, b) => a - b,
  );
  const lines = counts.map((count) => [
    `${count}`,
    ...curves.map(({ steps }) => percent(steps.find(({ labeled }) => labeled === count)?.estimate ?? null)),
  ]);
  return table(["labels", ...curves.map((curve) => curve.function)], lines);
}

function labelsSection(rows: readonly ExperimentRow[], marks: readonly number[]): string {
  if (marks.length === 0) return "";
  const series = seriesOf(rows);
  const several = new Set(series.map(({ variant }) => variant)).size > 1;
  const lines = series.map((one) => [
    escapeHtml(several ? `${one.function}, ${one.variant}` : one.function),
    ...labelsNeeded(one, marks).map(({ labels, reached, trials }) => {
      if (!labels) return "–";
      const part = reached < trials ? ` <small>(${reached} of ${trials} trials)</small>` : "";
      return `${labels.mean.toFixed(0)}${part}`;
    }),
  ]);
  const heads = marks.map((mark) => `${Number((100 * mark).toFixed(1))} %`);
  return `<h2>Labels needed to reach a micro F1</h2><p>Mean of the trials that came so far, each at the first round that reached it.</p>${table(["function", ...heads], lines)}`;
}

function costSection(rows: readonly ExperimentRow[]): string {
  const count = (value: number | null) => (value === null ? "–" : value.toLocaleString("en"));
  const lines = costs(rows).map((cost) => [
    escapeHtml(cost.function),
    cost.samplingSeconds === null ? "–" : cost.samplingSeconds.toFixed(2),
    cost.trainSeconds.toFixed(2),
    count(cost.classifier),
    count(cost.withLossModule),
  ]);
  const heads = ["function", "query, s a round", "training, s a round", "parameters", "with loss module"];
  return `<h2>Time and parameters</h2>${table(heads, lines)}`;
}

function rangeWords(range: LabelRange | null): string {
  return range ? `with ${range[0]} to ${range[1]} labels` : "after the start";
}

function sweepSection(
  title: string,
  unit: string,
  lines: readonly SweepLine<number>[],
  range: LabelRange | null,
): string {
  const [first] = lines;
  if (!first) return "";
  const several = new Set(lines.map(({ rest }) => rest)).size > 1;
  const rows = lines.map((line) => [
    escapeHtml(several ? `${line.function}, ${line.rest}` : line.function),
    ...line.cells.map(({ mean }) => percent(mean)),
  ]);
  return `<h2>${title}</h2><p>Mean micro F1 of the rounds ${rangeWords(range)}.</p>${table(["function", ...first.cells.map(({ value }) => `${unit}${value}`)], rows)}`;
}

function warmSection(rows: readonly ExperimentRow[], range: LabelRange | null): string {
  const lines = warmAgainstCold(rows, range);
  if (lines.length === 0) return "";
  const several = new Set(lines.map(({ rest }) => rest)).size > 1;
  const cells = lines.map(({ function: name, rest, warm, cold, difference }) => [
    escapeHtml(several ? `${name}, ${rest}` : name),
    percent(warm),
    percent(cold),
    signed(difference),
  ]);
  return `<h2>Warm against cold start</h2><p>Mean micro F1 of the rounds ${rangeWords(range)}; the difference is paired by trial.</p>${table(["function", "warm", "cold", "warm − cold"], cells)}`;
}
