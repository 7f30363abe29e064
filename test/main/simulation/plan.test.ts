import { expect, it } from "vitest";
import { experimentConfigSchema } from "../../../src/main/simulation/experiment-config.ts";
import { planExperiment } from "../../../src/main/simulation/plan.ts";
import { unitFile } from "../../../src/main/simulation/run-folder.ts";

function entry(id: string, options: readonly string[]) {
  return {
    id,
    name: id,
    description: "",
    reference: "",
    needsModel: false,
    options: { type: "object", properties: Object.fromEntries(options.map((name) => [name, {}])) },
  };
}
const REGISTRY = [entry("random", []), entry("mge+clustering", ["tau", "beta"])];

function plan(change: object) {
  const config = {
    functions: ["random", "mge+clustering"],
    seeds: [7, 9],
    initial: 40,
    budgets: [20],
    labels: 105,
  };
  return planExperiment(experimentConfigSchema.parse({ ...config, ...change }), REGISTRY);
}

it("varies β only where a function has it", () => {
  const { series, units } = plan({ beta: [1, 3], budgets: [10, 20], warmStart: [false, true] });
  // Two budgets × two starts × (random once, mge+clustering for two β).
  expect(series).toHaveLength(2 * 2 * 3);
  expect(units).toHaveLength(2 * 12);
  expect(series.slice(0, 3).map(({ name, variant, options }) => [name, variant, options])).toEqual([
    ["random", "b=10, cold start", {}],
    ["mge+clustering", "b=10, β=1, cold start", { beta: 1 }],
    ["mge+clustering", "b=10, β=3, cold start", { beta: 3 }],
  ]);
  expect(new Set(units.map(unitFile)).size).toBe(units.length);
});

it("leaves a function's own β alone", () => {
  const functions = [{ id: "mge+clustering", options: { beta: 5 } }];
  expect(plan({ functions, beta: [1, 3] }).series.map(({ beta, options }) => [beta, options])).toEqual([
    [null, { beta: 5 }],
  ]);
});

it("never asks for more labels than the most", () => {
  // 40 + 3 · 20 = 100, 40 + 6 · 10 = 100; one more round of either would be above 105.
  expect(plan({ budgets: [20, 10] }).series.map(({ rounds }) => rounds)).toEqual([3, 3, 6, 6]);
  expect(plan({ labels: undefined, rounds: 2 }).series[0]?.rounds).toBe(2);
});

it("runs all functions of a trial before the next, and numbers the trials of one seed", () => {
  expect(
    plan({}).units.map(({ series, trial }) => [series.name, trial.trial, trial.seed, trial.ofSeed]),
  ).toEqual([
    ["random", 0, 7, 0],
    ["mge+clustering", 0, 7, 0],
    ["random", 1, 9, 0],
    ["mge+clustering", 1, 9, 0],
  ]);
  const { trials } = plan({ seeds: undefined, seed: 3, trials: 2 });
  expect(trials).toEqual([
    { trial: 0, seed: 3, ofSeed: 0 },
    { trial: 1, seed: 3, ofSeed: 1 },
  ]);
});

it("says which function or option is not there", () => {
  expect(() => plan({ functions: ["magic"] })).toThrow(/magic.*random, mge\+clustering/);
  expect(() => plan({ functions: [{ id: "mge+clustering", options: { gamma: 1 } }] })).toThrow(
    /"gamma".*tau, beta/,
  );
});
