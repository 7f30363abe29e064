import { expect, it } from "vitest";
import { simulationReport } from "../../../src/main/simulation-report/html.ts";
import { estimate, functionCurves, meanSeconds } from "../../../src/main/simulation-report/summary.ts";
import type { SimulationRow } from "../../../src/shared/contracts/engine.ts";

function row(name: string, trial: number, round: number, microF1: number): SimulationRow {
  return {
    function: name,
    trial,
    round,
    labeled: 40 + 20 * round,
    split: "val",
    microF1,
    macroF1: microF1 / 2,
    mAP: null,
    trainSeconds: 2,
    querySeconds: round,
    queried: [],
  };
}

const CONFIG = {
  functions: ["random", "<b>"],
  options: {},
  headId: "auto",
  head: {},
  warmStart: false,
  initial: 40,
  budget: 20,
  rounds: 1,
  trials: 2,
  seed: 1,
  untilF1: null,
};
const FACTS = {
  project: "A & B",
  encoder: "rcf",
  sizes: { pool: 60, val: 20, test: 0 },
  createdAt: "2026-11-20T10:00:00.000Z",
};

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
  const page = simulationReport(rows, CONFIG, FACTS);
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
