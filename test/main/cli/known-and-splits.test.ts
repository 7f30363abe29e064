import { join } from "node:path";
import { expect, it } from "vitest";
import { runProgram } from "../../../src/main/cli/program.ts";
import { temporaryFolder, writeTinyArchive } from "../fixture.ts";
import { writeFiles, writeImages } from "../known-archives/folders.ts";

async function fieldmark(...args: string[]) {
  let out = "";
  let error = "";
  const code = await runProgram([...args, "--json"], {
    isInteractive: false,
    out: (text) => {
      out += text;
    },
    error: (text) => {
      error += text;
    },
  });
  const json: unknown = JSON.parse(out);
  return { code, error, json };
}

it("creates with a known archive's labels, or hints at them", async () => {
  const folder = temporaryFolder();
  const source = await writeImages(join(folder, "archive"), [
    "bog/a.tif",
    "bog/b.tif",
    "heath/c.tif",
    "heath/d.tif",
  ]);
  const plain = await fieldmark("create", join(folder, "plain"), "--source", source);
  expect(plain).toMatchObject({
    code: 0,
    json: { classes: 0, imported: null, knownArchive: { id: "folder-per-class", images: 4 } },
  });
  expect(plain.error).toContain("--import-labels");
  const labelled = await fieldmark("create", join(folder, "known"), "--source", source, "--import-labels");
  expect(labelled).toMatchObject({ code: 0, json: { classes: 2, imported: { patches: 4, labels: 8 } } });
  expect(await fieldmark("labels", "list", join(folder, "known"))).toMatchObject({
    json: {
      classes: [
        { name: "bog", present: 2 },
        { name: "heath", present: 2 },
      ],
    },
  });
});

it("refuses to import from a folder that is no known archive, before making anything", async () => {
  const folder = temporaryFolder();
  const source = await writeTinyArchive(join(folder, "archive"), 2);
  await writeFiles(folder, ["unrelated.txt"]);
  const project = join(folder, "p");
  expect(await fieldmark("create", project, "--source", source, "--import-labels")).toMatchObject({
    code: 1,
    json: { error: { code: "invalid-input" } },
  });
  expect(await fieldmark("labels", "list", project)).toMatchObject({
    json: { error: { code: "project-missing" } },
  });
});

it("makes and checks splits", async () => {
  const folder = temporaryFolder();
  const source = await writeTinyArchive(join(folder, "archive"), 20);
  const project = join(folder, "p");
  await fieldmark("create", project, "--source", source);
  expect(await fieldmark("splits", "check", project)).toMatchObject({ code: 0, json: { splits: null } });
  const made = await fieldmark(
    "splits",
    "make",
    project,
    "--by",
    "random",
    "--val",
    "0.25",
    "--test",
    "0.25",
  );
  expect(made).toMatchObject({
    code: 0,
    json: { by: "random", seed: 1, splits: { pool: 10, val: 5, test: 5, none: 0 } },
  });
  expect(made.error).toContain("Warning: the splits leak.");
  expect(await fieldmark("splits", "check", project)).toMatchObject({
    json: { splits: { pool: 10, val: 5, test: 5 }, unplaced: 0 },
  });
  expect(await fieldmark("splits", "make", project, "--by", "north")).toMatchObject({ code: 2 });
});
