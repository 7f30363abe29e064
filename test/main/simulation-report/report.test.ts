import { expect, it } from "vitest";
import type { ExperimentRow } from "../../../src/main/simulation/experiment-row.ts";
import { gainsOverRandom } from "../../../src/main/simulation-report/gains.ts";
import { type Report, simulationReport } from "../../../src/main/simulation-report/html.ts";
import { estimate, studentQuantile } from "../../../src/main/simulation-report/student.ts";
import { functionCurves, meanSeconds } from "../../../src/main/simulation-report/summary.ts";
import { row as madeUp } from "./rows.ts";

function row(name: string, trial: number, round: number, microF1: number): ExperimentRow {
  return madeUp({ function: name, trial, seed: trial, round, microF1 });
}

function reportOf(rows: readonly ExperimentRow[]): Report {
  return {
    rows,
    gains: gainsOverRandom(rows, null, new Set(["random"])),
    config: { initial: 40, budgets: [20], seeds: [0, 1], untilF1: null, flat: null },
    facts: {
      project: "A & B",
      encoder: "rcf",
      sizes: { pool: 60, val: 20, test: 0 },
      createdAt: "2026-11-20T10:00:00.000Z",
    },
    finished: 4,
    total: 4,
  };
}

it("gives the mean with Student's 95 % interval", () => {
  // SciPy: t.ppf(0.975, 2) · stdev / √3 = 0.07452413135531263.
  const result = estimate([0.61, 0.64, 0.58]);
  expect(result?.mean).toBeCloseTo(0.61, 12);
  expect(result?.halfWidth).toBeCloseTo(0.074524, 4);
  expect(estimate([0.5])).toEqual({ mean: 0.5, halfWidth: null, trials: 1 });
  expect(estimate([])).toBeNull();
});

it("averages over trials, round by round, also where a trial ended early", () => {
  const rows = [row("random", 0, 0, 0.5), row("random", 1, 0, 0.7), row("random", 0, 1, 0.8)];
  const [curve] = functionCurves(rows, "microF1");
  expect(curve?.steps.map(({ labeled, estimate: value }) => [labeled, value?.mean, value?.trials])).toEqual([
    [40, 0.6, 2],
    [60, 0.8, 1],
  ]);
  expect(functionCurves(rows, "mAP")[0]?.steps[0]?.estimate).toBeNull();
  expect(meanSeconds(rows, "random", "trainSeconds")).toBe(2);
  expect(meanSeconds(rows, "random", "querySeconds")).toBe(1);
});

it("makes a page that needs nothing from elsewhere and escapes names", () => {
  const rows = [0, 1].flatMap((trial) =>
    ["random", "<b>"].flatMap((name) => [
      row(name, trial, 0, 0.5 + trial / 10),
      row(name, trial, 1, 0.7 + trial / 10),
    ]),
  );
  const page = simulationReport(reportOf(rows));
  expect(page).toContain("A &amp; B");
  expect(page).toContain("&lt;b&gt;");
  expect(page).not.toContain("<b>");
  expect(page).not.toMatch(/<script|https?:|src=|@import|url\(/);
  expect(page).toContain("prefers-color-scheme: dark");
  expect(page).not.toContain("NaN");
  // Means of 0.5 and 0.6, of 0.7 and 0.8, in percent.
  expect(page).toMatch(/<td>40<\/td><td>55\.0/);
  expect(page).toMatch(/<td>60<\/td><td>75\.0/);
});

it("knows Student's quantiles beyond its table", () => {
  // SciPy: t.ppf(0.975, n).
  expect(studentQuantile(2)).toBeCloseTo(4.3027, 3);
  expect(studentQuantile(31)).toBeCloseTo(2.039513446396408, 4);
  expect(studentQuantile(100)).toBeCloseTo(1.9839715185235518, 5);
});

it("shows a chart for each budget and start, and what was varied", () => {
  const rows = [0, 1].flatMap((trial) =>
    [0, 1].flatMap((round) =>
      [false, true].flatMap((warmStart) => [
        madeUp({ trial, round, warmStart, microF1: 0.5 + round / 10 }),
        ...[1, 3].map((beta) =>
          madeUp({ function: "mge+clustering", trial, round, warmStart, beta, microF1: 0.5 + round / 5 }),
        ),
      ]),
    ),
  );
  const report = reportOf(rows);
  const page = simulationReport({ ...report, finished: 8, total: 12 });
  expect(page).toContain("Unfinished: 8 of 12 runs");
  expect(page).toContain("Warm against cold start");
  expect(page).toContain("<th>β=1</th><th>β=3</th>");
  expect(page).toContain("<figcaption>b=20, warm start</figcaption>");
  // Two panels for each of the metrics that were measured, and one chart of gains for each panel.
  expect(page.match(/<svg viewBox="0 0 720/g)).toHaveLength(2 * 2);
  expect(page.match(/<svg class="gains"/g)).toHaveLength(2);
  // 0.7 against 0.6 after the start.
  expect(page).toContain("+10.0");
  expect(page).not.toMatch(/NaN|Infinity|undefined/);
});
