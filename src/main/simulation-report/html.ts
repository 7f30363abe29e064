import type { SimulationConfig, SimulationRow } from "../../shared/contracts/engine.ts";
import { curveChart } from "./chart.ts";
import { escapeHtml } from "./escape-html.ts";
import { type Estimate, functionCurves, type MetricName, meanSeconds } from "./summary.ts";

const STYLE = `
:root { color-scheme: light dark; --paper: #fbfbfa; --ink: #24272b; --soft: #6a7078; --rule: #dfe1e4;
  --c0: #2f6fc4; --c1: #d1721c; --c2: #24875a; --c3: #b8434b; --c4: #7d58b8; --c5: #1d8a94; --c6: #96802a; --c7: #b84f86; }
@media (prefers-color-scheme: dark) { :root { --paper: #17191c; --ink: #e3e5e8; --soft: #9aa1a9; --rule: #33373c;
  --c0: #6ba3ea; --c1: #eb9a55; --c2: #58bd8c; --c3: #e77e84; --c4: #ae8ee4; --c5: #55bfc8; --c6: #c9b354; --c7: #e487b6; } }
body { margin: 0 auto; padding: 32px 24px 64px; max-width: 880px; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; font-variant-numeric: tabular-nums; }
h1 { font-size: 24px; margin: 0 0 4px; } h2 { font-size: 17px; margin: 40px 0 8px; }
p, figcaption { color: var(--soft); margin: 0 0 12px; }
svg { width: 100%; height: auto; } svg text { fill: var(--soft); font-size: 12px; } .grid { stroke: var(--rule); }
svg g { color: var(--series); } polyline { fill: none; stroke: var(--series); stroke-width: 2; }
polygon { fill: var(--series); opacity: 0.14; } circle { fill: var(--series); }
.key { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 0 0 8px; padding: 0; list-style: none; }
.key i { display: inline-block; width: 18px; height: 3px; margin-right: 8px; vertical-align: middle; background: var(--series); }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th, td { padding: 5px 12px; text-align: right; border-bottom: 1px solid var(--rule); white-space: nowrap; }
th:first-child, td:first-child { text-align: left; } th { font-weight: 600; } td small { color: var(--soft); }
`;

const METRICS: readonly { readonly id: MetricName; readonly title: string }[] = [
  { id: "microF1", title: "Micro F1" },
  { id: "macroF1", title: "Macro F1" },
  { id: "mAP", title: "Mean average precision" },
];

function percent(estimate: Estimate | null): string {
  if (!estimate) return "–";
  const mean = (100 * estimate.mean).toFixed(1);
  return estimate.halfWidth === null
    ? mean
    : `${mean} <small>± ${(100 * estimate.halfWidth).toFixed(1)}</small>`;
}

function key(functions: readonly string[]): string {
  const items = functions.map(
    (name, index) => `<li style="--series: var(--c${index % 8})"><i></i>${escapeHtml(name)}</li>`,
  );
  return `<ul class="key">${items.join("")}</ul>`;
}

function metricTable(rows: readonly SimulationRow[], metric: MetricName): string {
  const curves = functionCurves(rows, metric);
  const longest = curves.reduce(
    (a, b) => (b.steps.length > a.steps.length ? b : a),
    curves[0] ?? { function: "", steps: [] },
  );
  const head = curves.map((curve) => `<th>${escapeHtml(curve.function)}</th>`).join("");
  const body = longest.steps.map(({ round, labeled }) => {
    const cells = curves.map((curve) => {
      const step = curve.steps.find((entry) => entry.round === round);
      return `<td>${percent(step?.estimate ?? null)}</td>`;
    });
    return `<tr><td>${labeled}</td>${cells.join("")}</tr>`;
  });
  return `<div class="wide"><table><thead><tr><th>labels</th>${head}</tr></thead><tbody>${body.join("")}</tbody></table></div>`;
}

function secondsTable(rows: readonly SimulationRow[], functions: readonly string[]): string {
  const cell = (value: number | null) => `<td>${value === null ? "–" : value.toFixed(2)}</td>`;
  const body = functions.map(
    (name) =>
      `<tr><td>${escapeHtml(name)}</td>${cell(meanSeconds(rows, name, "trainSeconds"))}${cell(meanSeconds(rows, name, "querySeconds"))}</tr>`,
  );
  return `<table><thead><tr><th>function</th><th>training, s a round</th><th>query, s a round</th></tr></thead><tbody>${body.join("")}</tbody></table>`;
}

export interface ReportFacts {
  readonly project: string;
  readonly encoder: string;
  readonly sizes: { readonly pool: number; readonly val: number; readonly test: number };
  readonly createdAt: string;
}

/** A page that needs nothing but itself: curves with 95 % intervals over the trials, and tables. */
export function simulationReport(
  rows: readonly SimulationRow[],
  config: SimulationConfig,
  facts: ReportFacts,
): string {
  const functions = [...new Set(rows.map((row) => row.function))];
  const split = rows[0]?.split ?? "val";
  const { sizes } = facts;
  const sections = METRICS.filter(({ id }) => rows.some((row) => row[id] !== null)).map(
    ({ id, title }) =>
      `<h2>${title}</h2><figure style="margin:0">${key(functions)}${curveChart(functionCurves(rows, id), `${title} over labels`)}</figure>${metricTable(rows, id)}`,
  );
  const trials =
    config.trials === 1 ? "one trial" : `${config.trials} trials; mean and 95 % interval of the mean`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Simulation: ${escapeHtml(facts.project)}</title><style>${STYLE}</style></head><body>
<h1>Simulation: ${escapeHtml(facts.project)}</h1>
<p>${facts.createdAt.slice(0, 10)} · encoder ${escapeHtml(facts.encoder)} · pool ${sizes.pool}, val ${sizes.val}, test ${sizes.test} patches, measured on ${split} · start ${config.initial}, ${config.budget} a round, ${config.rounds} rounds · seed ${config.seed}, ${trials}. In percent.</p>
${sections.join("\n")}
<h2>Time</h2>
${secondsTable(rows, functions)}
</body></html>
`;
}
