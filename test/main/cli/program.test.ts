import { readFileSync, truncateSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, it } from "vitest";
import { runProgram } from "../../../src/main/cli/program.ts";
import { openProject } from "../../../src/store/project-store.ts";
import {
  closing,
  temporaryFolder,
  tinyLabels,
  tinyName,
  tinySplits,
  writeText,
  writeTinyArchive,
} from "../fixture.ts";

interface Run {
  readonly code: number;
  readonly out: string;
  readonly error: string;
  /** The one document on stdout. */
  readonly json: unknown;
}

async function fieldmark(...args: string[]): Promise<Run> {
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
  return { code, out, error, json: args.includes("--json") ? JSON.parse(out) : null };
}

async function createTiny(count = 8): Promise<{ folder: string; project: string; source: string }> {
  const folder = temporaryFolder();
  const source = await writeTinyArchive(join(folder, "archive"), count);
  const project = join(folder, "tiny");
  expect(await fieldmark("create", project, "--source", source)).toMatchObject({ code: 0 });
  return { folder, project, source };
}

it("shows help for every command and exits with 0", async () => {
  const top = await fieldmark("--help");
  expect(top.code).toBe(0);
  const commands = [...top.out.matchAll(/^ {2}([a-z]+) /gm)].flatMap(([, name]) => name ?? []);
  expect(commands).toEqual([
    "doctor",
    "inspect",
    "create",
    "scan",
    "relocate",
    "labels",
    "splits",
    "encode",
    "train",
    "query",
    "predict",
    "report",
    "export",
    "simulate",
    "demo",
    "serve",
    "help",
  ]);
  for (const command of [
    ...commands.slice(0, -1),
    "labels import",
    "labels list",
    "splits make",
    "splits check",
  ]) {
    const help = await fieldmark(...command.split(" "), "--help");
    expect(help.code, command).toBe(0);
    if (command !== "labels" && command !== "splits") expect(help.out, command).toContain("--json");
  }
});

it.each([
  ["an unknown command", ["nothing"]],
  ["a missing option", ["create", "p", "--json"]],
  ["an unknown option", ["encode", "p", "--fast"]],
  ["a bad number", ["query", "p", "--budget", "many", "--json"]],
  ["a bad choice", ["create", "p", "--source", "s", "--kind", "both", "--json"]],
])("exits with 2 for %s", async (_, args) => {
  const run = await fieldmark(...args);
  expect(run.code).toBe(2);
  expect(run.error).not.toBe("");
  if (run.json) expect(run.json).toMatchObject({ error: { code: "invalid-input" } });
  else expect(run.out).toBe("");
});

it("creates, imports, lists and exports, with one JSON document each", async () => {
  const folder = temporaryFolder();
  const source = await writeTinyArchive(join(folder, "archive"), 8);
  const project = join(folder, "tiny");
  const created = await fieldmark("create", project, "--source", source, "--json");
  expect(created.json).toMatchObject({
    project: `${project}.fieldmark`,
    scenes: 8,
    patches: 8,
    unreadable: [],
    classes: 0,
    grid: { patchSize: "whole" },
  });
  const labels = writeText(folder, "labels.csv", tinyLabels(8));
  const splits = writeText(folder, "splits.csv", tinySplits(8));
  const imported = await fieldmark(
    "labels",
    "import",
    project,
    labels,
    "--format",
    "csv",
    "--splits",
    splits,
    "--json",
  );
  expect(imported.json).toMatchObject({
    patches: 8,
    labels: 24,
    splits: { pool: 6, val: 2, test: 0, none: 0 },
  });
  const listed = await fieldmark("labels", "list", project, "--json");
  expect(listed.json).toMatchObject({ classes: [{ name: "red", present: 4 }, {}, {}] });
  const exported = await fieldmark(
    "export",
    project,
    "--format",
    "csv",
    "--out",
    join(folder, "out"),
    "--json",
  );
  expect(exported.json).toEqual({ format: "csv", folder: join(folder, "out"), patches: 8 });
  expect(readFileSync(join(folder, "out", "README.md"), "utf8")).toContain("8 labelled patches of 8");
});

it("cuts scenes into patches as asked", async () => {
  const folder = temporaryFolder();
  const source = await writeTinyArchive(join(folder, "archive"), 2);
  const args = ["create", join(folder, "p"), "--source", source, "--json", "--taxonomy", "land-cover-8"];
  // 16 pixels with patches of 8 every 4 pixels: offsets 0, 4, 8 in both directions.
  const run = await fieldmark(...args, "--patch-size", "8", "--stride", "4");
  expect(run.json).toMatchObject({ patches: 18, classes: 8, grid: { patchSize: 8, stride: 4 } });
});

it("inspects good and bad files alike", async () => {
  const folder = temporaryFolder();
  await writeTinyArchive(folder, 2);
  const good = join(folder, `${tinyName(0)}.tif`);
  const bad = join(folder, `${tinyName(1)}.tif`);
  truncateSync(bad, 50);
  const run = await fieldmark("inspect", bad, good, join(folder, "none.tif"), "--pixels", "--json");
  expect(run.code).toBe(0);
  expect(run.json).toMatchObject([
    { path: bad, error: { code: expect.any(String), message: expect.stringContaining("tile001.tif") } },
    {
      path: good,
      width: 16,
      height: 16,
      bands: 3,
      dtype: "uint8",
      nodata: null,
      geotransform: [500_000, 10, 0, 5_400_000, 0, -10],
      epsg: 32632,
      compression: "DEFLATE",
      sensor: "aerial-rgb",
      pixels: [{ min: 60 }, {}, {}],
    },
    { path: join(folder, "none.tif"), error: { code: "not-found" } },
  ]);
});

it("fails with exit code 1, a sentence on stderr and the code in the document", async () => {
  const { folder, project } = await createTiny(2);
  const missing = await fieldmark("labels", "list", join(folder, "other"), "--json");
  expect(missing).toMatchObject({ code: 1, json: { error: { code: "project-missing" } } });
  expect(missing.error).toContain("other.fieldmark");
  expect(await fieldmark("train", project, "--json")).toMatchObject({
    code: 1,
    json: { error: { code: "no-labels" } },
  });
  expect(await fieldmark("predict", project, "--out", join(folder, "p.csv"), "--json")).toMatchObject({
    code: 1,
    json: { error: { code: "no-model" } },
  });
});

it("refuses a project of a newer version, naming both", async () => {
  const { project } = await createTiny(1);
  const database = new Database(join(`${project}.fieldmark`, "project.sqlite"));
  database.pragma("user_version = 9999");
  database.close();
  const run = await fieldmark("labels", "list", project, "--json");
  expect(run).toMatchObject({ code: 1, json: { error: { code: "project-newer" } } });
  expect(run.error).toContain("9999");
});

it("refuses to change a project that is open elsewhere, but reads it", async () => {
  const { folder, project } = await createTiny(4);
  const labels = writeText(folder, "labels.csv", tinyLabels(4));
  expect((await fieldmark("labels", "import", project, labels, "--format", "csv")).code).toBe(0);
  closing(openProject(`${project}.fieldmark`));
  expect(await fieldmark("labels", "import", project, labels, "--format", "csv", "--json")).toMatchObject({
    code: 1,
    json: { error: { code: "project-locked" } },
  });
  expect((await fieldmark("export", project, "--format", "csv", "--out", join(folder, "out"))).code).toBe(0);
});
