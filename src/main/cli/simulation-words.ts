import type { ExperimentRow } from "../simulation/experiment-row.ts";
import { type Gain, seriesOf } from "../simulation-report/gains.ts";
import { points } from "../simulation-report/markup.ts";
import { functionCurves } from "../simulation-report/summary.ts";
import type { ExperimentOutcome } from "../use-cases/simulation.ts";
import { textTable } from "./text-table.ts";

/** What `simulate` prints: the curves of every condition, and the gains over random. */
export function simulationWords({ rows, gains, finished, total }: ExperimentOutcome, folder: string): string {
  const trials = new Set(rows.map(({ trial }) => trial)).size;
  const head = `Micro F1 in percent, mean of ${trials} ${trials === 1 ? "trial" : "trials"}, on ${rows[0]?.split ?? "val"}:\n`;
  const panels = Map.groupBy(
    rows,
    ({ budget, warmStart }) => `b=${budget}, ${warmStart ? "warm" : "cold"} start`,
  );
  const tables = Array.from(
    panels,
    ([title, own]) => `${panels.size > 1 ? `${title}\n` : ""}${curveTable(own)}`,
  );
  const rest =
    finished < total ? `\n${finished} of ${total} runs are finished; the same command goes on.` : "";
  return `${head}${tables.join("\n")}\n${gainTable(gains)}${folder}: results.json, report.html${rest}`;
}

function curveTable(rows: readonly ExperimentRow[]): string {
  const curves = seriesOf(rows).flatMap((one) =>
    functionCurves(one.rows, "microF1").map((curve) => ({ ...curve, function: nameOf(one) })),
  );
  const longest = Math.max(...curves.map(({ steps }) => steps.length));
  const lines = Array.from({ length: longest }, (_, index) => [
    curves.map(({ steps }) => steps[index]?.labeled).find((labeled) => labeled !== undefined) ?? 0,
    ...curves.map(({ steps }) => {
      const mean = steps[index]?.estimate?.mean;
      return mean === undefined ? "" : Number((100 * mean).toFixed(1));
    }),
  ]);
  return textTable(["labels", ...curves.map((curve) => curve.function)], lines);
}

function gainTable(gains: readonly Gain[]): string {
  const micro = gains.filter(({ metric }) => metric === "microF1");
  const [first] = micro;
  if (!first) return "";
  const several = new Set(micro.map(({ variant }) => variant)).size > 1;
  const lines = micro.map((gain) => [
    several ? `${gain.function}, ${gain.variant}` : gain.function,
    points(gain.mean),
    gain.low === null || gain.high === null ? "–" : `${points(gain.low)} to ${points(gain.high)}`,
    gain.values.map((one) => points(one.gain)).join(" "),
  ]);
  const heads = ["function", "gain", "95 % interval", "every trial"];
  return `Gain over random in points of micro F1, ${first.from} to ${first.to} labels:\n${textTable(heads, lines)}\n`;
}

function nameOf({
  function: name,
  beta,
}: {
  readonly function: string;
  readonly beta: number | null;
}): string {
  return beta === null ? name : `${name}, β=${beta}`;
}
