import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createEngineHost } from "../../../src/main/engine-host/engine-host.ts";
import { spawnEngineChild } from "../../../src/main/engine-host/spawn-child.ts";
import { experimentConfigSchema } from "../../../src/main/simulation/experiment-config.ts";
import { importLabels } from "../../../src/main/use-cases/label-import.ts";
import {
  type ExperimentOutcome,
  type ExperimentRequest,
  plainExperiment,
  runExperiment,
} from "../../../src/main/use-cases/simulation.ts";
import { QUIET, type Work } from "../../../src/main/work.ts";
import { simulationConfigSchema } from "../../../src/shared/contracts/engine.ts";
import { Cancelled } from "../../../src/shared/errors.ts";
import type { ProjectStore } from "../../../src/store/project-store.ts";
import { tinyLabels, tinyProject, tinySplits, writeText } from "../fixture.ts";

const engine = createEngineHost(spawnEngineChild);
const second = createEngineHost(spawnEngineChild);
afterAll(() => {
  engine.close();
  second.close();
});

const CONFIG = {
  encoder: "stats",
  functions: ["random", "entropy"],
  seeds: [3, 4],
  initial: 6,
  budgets: [4],
  rounds: 2,
  head: "kernel",
};

async function importedProject(count = 64): Promise<{ store: ProjectStore; folder: string }> {
  const { store, folder } = await tinyProject(count);
  const file = writeText(folder, "labels.csv", tinyLabels(count));
  const splits = writeText(folder, "splits.csv", tinySplits(count));
  await importLabels(store, { file, format: "csv", splits, annotator: "ana" });
  return { store, folder };
}

function requestOf(
  out: string,
  change: object = {},
  more: Partial<ExperimentRequest> = {},
): ExperimentRequest {
  const config = experimentConfigSchema.parse({ ...CONFIG, ...change });
  return { config, folder: out, restart: false, onOther: "refuse", ...more };
}

const timeless = ({ rows }: ExperimentOutcome) =>
  rows.map(({ trainSeconds: _train, querySeconds: _query, ...row }) => row);

const runFiles = (out: string) => readdirSync(join(out, "runs")).filter((name) => name !== "experiment.json");

describe("an experiment", () => {
  it("writes results, gains and a report, the same in two engines", async () => {
    const { store, folder } = await importedProject();
    const out = join(folder, "out");
    const outcome = await runExperiment(store, [engine], requestOf(out), QUIET);
    expect(outcome).toMatchObject({ finished: 4, total: 4 });
    expect(
      outcome.rows.map((row) => [row.function, row.trial, row.seed, row.labeled, row.split]).slice(0, 7),
    ).toEqual([
      ["random", 0, 3, 6, "val"],
      ["random", 0, 3, 10, "val"],
      ["random", 0, 3, 14, "val"],
      ["entropy", 0, 3, 6, "val"],
      ["entropy", 0, 3, 10, "val"],
      ["entropy", 0, 3, 14, "val"],
      ["random", 1, 4, 6, "val"],
    ]);
    const pool = new Set(store.patchIds({ split: "pool" }));
    expect(outcome.rows.every(({ queried }) => queried.every((id) => pool.has(id)))).toBe(true);
    const results = JSON.parse(readFileSync(join(out, "results.json"), "utf8"));
    expect(results.rows).toHaveLength(12);
    expect(results.config).toMatchObject({
      initial: 6,
      encoder: "stats",
      sizes: { pool: 48, val: 16, test: 0 },
    });
    const gain = (seed: number) =>
      [10, 14]
        .map((labeled) => {
          const at = (name: string) =>
            outcome.rows.find((row) => row.function === name && row.seed === seed && row.labeled === labeled);
          return (at("entropy")?.microF1 ?? 0) - (at("random")?.microF1 ?? 0);
        })
        .reduce((sum, one) => sum + one / 2, 0);
    expect(results.gains[0]).toMatchObject({ function: "entropy", metric: "microF1", from: 10, to: 14 });
    expect(results.gains[0].mean).toBeCloseTo((gain(3) + gain(4)) / 2, 12);
    expect(readFileSync(join(out, "report.html"), "utf8")).toContain("entropy");

    const beside = await runExperiment(store, [engine, second], requestOf(join(folder, "beside")), QUIET);
    expect(timeless(beside)).toEqual(timeless(outcome));
  });

  it("goes on after its engine was killed and the run was cancelled", async () => {
    const { store, folder } = await importedProject();
    const change = {
      functions: ["random", "tpd+clustering"],
      head: { id: "mlp", options: { epochs: 2, calibrate: false } },
    };
    const expected = await runExperiment(store, [engine], requestOf(join(folder, "whole"), change), QUIET);

    const out = join(folder, "out");
    const controller = new AbortController();
    let killed = 0;
    const work: Work = {
      signal: controller.signal,
      progress: ({ done, total }) => {
        if (total !== 12) return;
        if (done === 2 && killed === 0 && engine.pid !== undefined) {
          killed = engine.pid;
          process.kill(killed, "SIGKILL");
        }
        if (done === 8) controller.abort();
      },
    };
    await expect(runExperiment(store, [engine], requestOf(out, change), work)).rejects.toThrow(Cancelled);
    expect(killed).toBeGreaterThan(0);
    const kept = runFiles(out).map((name) => JSON.parse(readFileSync(join(out, "runs", name), "utf8")));
    expect(kept.filter(({ finished }) => finished).length).toBe(2);
    expect(kept.filter(({ finished }) => !finished)).toHaveLength(1);

    const begun: number[] = [];
    const resumed = await runExperiment(store, [engine], requestOf(out, change), {
      progress: ({ done, total }) => void (total === 12 && begun.push(done)),
    });
    expect(begun[0]).toBeGreaterThanOrEqual(8);
    expect(timeless(resumed)).toEqual(timeless(expected));
  });

  it("runs in parts, and measures again what was damaged", async () => {
    const { store, folder } = await importedProject();
    const out = join(folder, "out");
    const part = { only: { functions: ["random"], seeds: [4] } };
    const first = await runExperiment(store, [engine], requestOf(out, {}, part), QUIET);
    expect(first).toMatchObject({ finished: 1, total: 4, gains: [] });
    expect(readFileSync(join(out, "report.html"), "utf8")).toContain("Unfinished: 1 of 4 runs");
    const [file = ""] = runFiles(out);
    writeText(join(out, "runs"), file, '{"finished": true, "ro');
    const whole = await runExperiment(store, [engine], requestOf(out), QUIET);
    expect(whole.finished).toBe(4);
    expect(timeless(whole).filter((row) => row.function === "random" && row.seed === 4)).toEqual(
      timeless(first),
    );
    for (const only of [{ functions: ["magic"] }, { seeds: [9] }]) {
      await expect(runExperiment(store, [engine], requestOf(out, {}, { only }), QUIET)).rejects.toMatchObject(
        {
          code: "invalid-input",
        },
      );
    }
  });

  it("refuses a folder of another one, unless it is to start anew", async () => {
    const { store, folder } = await importedProject();
    const out = join(folder, "out");
    await runExperiment(store, [engine], requestOf(out), QUIET);
    const other = () => runExperiment(store, [engine], requestOf(out, { rounds: 1 }), QUIET);
    await expect(other()).rejects.toMatchObject({
      code: "invalid-input",
      message: expect.stringMatching(/"rounds".*--restart/),
    });
    // What is only reported may change; nothing is computed again.
    const computed: string[] = [];
    const reported = await runExperiment(store, [engine], requestOf(out, { gainRange: [14, 14] }), {
      progress: ({ message }) => void computed.push(message),
    });
    expect(reported.gains[0]).toMatchObject({ from: 14, to: 14 });
    expect(computed.filter((message) => message.includes("round"))).toEqual([]);
    const anew = await runExperiment(
      store,
      [engine],
      requestOf(out, { rounds: 1 }, { restart: true }),
      QUIET,
    );
    expect(anew.rows).toHaveLength(2 * 2 * 2);
    expect(runFiles(out)).toHaveLength(4);

    const [patchId = 0] = store.patchIds({ split: "pool" });
    store.changeLabels([{ patchId, classId: store.classes()[0]?.id ?? 0, state: "unsure" }], {
      annotator: "ana",
      round: null,
      origin: "manual",
    });
    await expect(other()).rejects.toMatchObject({ message: expect.stringContaining("labels") });
  });
});

describe("a plain simulation", () => {
  const plain = {
    functions: ["random", "mge+clustering"],
    initial: 6,
    budget: 4,
    rounds: 1,
    trials: 2,
    seed: 3,
  };

  it("gives each function the options that it has, and replaces what was there", async () => {
    const { store, folder } = await importedProject();
    const simulation = simulationConfigSchema.parse({ ...plain, options: { beta: 2 } });
    const config = await plainExperiment(engine, simulation, "stats", QUIET);
    expect(config.functions.map(({ options }) => options)).toEqual([{}, { beta: 2 }]);
    const request = { config, folder: join(folder, "out"), restart: false, onOther: "replace" } as const;
    const first = await runExperiment(store, [engine], { ...request, shownConfig: simulation }, QUIET);
    expect(first.config).toEqual(simulation);
    expect(first.rows.map(({ trial, seed }) => [trial, seed])).toContainEqual([1, 3]);
    const messages: string[] = [];
    const again = await runExperiment(store, [engine], request, {
      progress: ({ message }) => void messages.push(message),
    });
    expect(messages.some((message) => message.includes("round 1 of 1"))).toBe(true);
    expect(timeless(again)).toEqual(timeless(first));
    const strange = simulationConfigSchema.parse({ ...plain, options: { gamma: 2 } });
    await expect(plainExperiment(engine, strange, "stats", QUIET)).rejects.toMatchObject({
      code: "invalid-input",
      message: 'None of random, mge+clustering has an option named "gamma".',
    });
  });

  it("says what a simulation needs", async () => {
    const { store, folder } = await tinyProject(8);
    const simulate = (change: object = {}) =>
      runExperiment(store, [engine], requestOf(join(folder, "out"), { initial: 2, ...change }), QUIET);
    await expect(simulate()).rejects.toMatchObject({
      code: "no-labels",
      message: expect.stringMatching(/Import labels/),
    });
    const file = writeText(folder, "labels.csv", tinyLabels(8));
    await importLabels(store, { file, format: "csv", annotator: "ana" });
    await expect(simulate()).rejects.toMatchObject({
      code: "no-labels",
      message: expect.stringMatching(/--splits/),
    });
    expect(existsSync(join(folder, "out"))).toBe(false);
  });
});
