import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runProgram } from "../../../src/main/cli/program.ts";
import { temporaryFolder, tinyLabels, tinySplits, writeText, writeTinyArchive } from "../fixture.ts";

async function fieldmark(...args: string[]) {
  let out = "";
  let error = "";
  const code = await runProgram(args, {
    isInteractive: false,
    out: (text) => {
      out += text;
    },
    error: (text) => {
      error += text;
    },
  });
  return { code, out, error };
}

async function labelledProject(count: number) {
  const folder = temporaryFolder();
  const source = await writeTinyArchive(join(folder, "archive"), count);
  const project = join(folder, "tiny.fieldmark");
  await fieldmark("create", project, "--source", source);
  const labels = writeText(folder, "labels.csv", tinyLabels(count));
  const splits = writeText(folder, "splits.csv", tinySplits(count));
  const imported = await fieldmark(
    "labels",
    "import",
    project,
    labels,
    "--format",
    "csv",
    "--splits",
    splits,
  );
  expect(imported.error).toBe("");
  return { folder, project };
}

it.each([
  ["a missing option", ["--functions", "random", "--initial", "4"], "--budget"],
  ["an option that the file gives", ["--config", "c.json", "--budget", "4"], "--budget"],
  [
    "seeds without a file",
    [..."--functions a --initial 4 --budget 4 --rounds 1 --trials 1 --seed 1".split(" "), "--seeds", "1,2"],
    "--config",
  ],
])("exits with 2 for %s", async (_, args, word) => {
  const run = await fieldmark("simulate", "p", ...args, "--out", "o");
  expect(run.code).toBe(2);
  expect(run.error).toContain(word);
});

it("simulates by flags and by a configuration file, and gives the same rows for the same conditions", async () => {
  const { folder, project } = await labelledProject(48);
  const plain = join(folder, "plain");
  const flags =
    "--functions random,mge+clustering --encoder stats --head kernel --option beta=2 --initial 6 --budget 4 --rounds 2 --trials 2 --seed 3";
  const byFlags = await fieldmark("simulate", project, ...flags.split(" "), "--out", plain, "--json");
  expect(byFlags.code, byFlags.error).toBe(0);
  const printed = JSON.parse(byFlags.out);
  const results = JSON.parse(readFileSync(join(plain, "results.json"), "utf8"));
  expect(printed).toMatchObject({ out: plain, rows: results.rows, gains: results.gains });
  expect(results.config).toMatchObject({
    functions: ["random", "mge+clustering"],
    options: { beta: 2 },
    headId: "kernel",
    budget: 4,
    trials: 2,
    seed: 3,
    encoder: "stats",
  });

  const config = writeText(
    folder,
    "experiment.json",
    JSON.stringify({
      encoder: "stats",
      functions: ["random", "mge+clustering"],
      seed: 3,
      trials: 2,
      initial: 6,
      budgets: [4, 8],
      beta: [2],
      head: "kernel",
      rounds: 2,
    }),
  );
  const out = join(folder, "swept");
  const swept = await fieldmark("simulate", project, "--config", config, "--out", out, "--jobs", "2");
  expect(swept.code, swept.error).toBe(0);
  expect(swept.out).toContain("b=8, cold start");
  expect(swept.out).toContain("mge+clustering, β=2");
  const { rows } = JSON.parse(readFileSync(join(out, "results.json"), "utf8"));
  const queried = (all: { function: string; budget: number; trial: number; queried: number[] }[]) =>
    all.filter(({ budget }) => budget === 4).map((row) => [row.function, row.trial, row.queried]);
  expect(queried(rows)).toEqual(queried(results.rows));
}, 60_000);
