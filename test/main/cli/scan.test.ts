import { renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runProgram } from "../../../src/main/cli/program.ts";
import { openProject } from "../../../src/store/project-store.ts";
import { closing, temporaryFolder, tinyName, writeTinyArchive } from "../fixture.ts";

async function fieldmark(...args: string[]) {
  const output = { out: "", error: "" };
  const code = await runProgram(args, {
    isInteractive: false,
    out: (text) => {
      output.out += text;
    },
    error: (text) => {
      output.error += text;
    },
  });
  const json: unknown = args.includes("--json") ? JSON.parse(output.out) : null;
  return { code, ...output, json };
}

async function createTiny(count: number) {
  const folder = temporaryFolder();
  const source = await writeTinyArchive(join(folder, "archive"), count);
  const project = join(folder, "tiny");
  expect((await fieldmark("create", project, "--source", source)).code).toBe(0);
  return { folder, project, source };
}

it("scans again and says what is new and what is missing", async () => {
  const { project, source } = await createTiny(4);
  expect((await fieldmark("scan", project)).out).toBe(
    "archive: 4 files, nothing changed; 4 scenes in all.\n",
  );
  await writeTinyArchive(source, 5);
  rmSync(join(source, `${tinyName(1)}.tif`));
  const checked = await fieldmark("scan", project, "--check");
  // Written anew with the same content: touched.
  expect(checked.out).toBe("archive: 4 files: 1 new, 1 missing, 3 touched but the same.\n");
  const { code, json } = await fieldmark("scan", project, "--source", "archive", "--json");
  expect(code).toBe(0);
  expect(json).toMatchObject({
    sources: [
      {
        id: 1,
        folder: source,
        report: {
          changes: {
            files: 4,
            new: { count: 1, paths: [`${tinyName(4)}.tif`] },
            missing: { paths: [`${tinyName(1)}.tif`] },
            touched: { count: 3 },
          },
          headersRead: 1,
          patches: { added: 1, missing: 1 },
        },
      },
    ],
    unreadable: [],
  });
});

it("says where a moved folder is", async () => {
  const { folder, project, source } = await createTiny(3);
  const moved = join(folder, "moved");
  renameSync(source, moved);
  expect(await fieldmark("scan", project)).toMatchObject({
    code: 1,
    error: expect.stringMatching(/archive is missing/),
  });
  expect((await fieldmark("scan", project, "--check")).out).toMatch(/is missing. "fieldmark relocate"/);
  expect(await fieldmark("relocate", project, "archive", temporaryFolder())).toMatchObject({ code: 1 });
  rmSync(join(moved, `${tinyName(2)}.tif`));
  const partly = await fieldmark("relocate", project, "archive", moved, "--json");
  expect(partly).toMatchObject({
    code: 1,
    json: { error: { code: "invalid-input", details: { verdict: "partly", found: 2, files: 3 } } },
  });
  expect(partly.error).toContain("--accept-partial");
  expect(await fieldmark("relocate", project, "archive", moved, "--accept-partial")).toMatchObject({
    code: 0,
  });
  const store = closing(openProject(`${project}.fieldmark`));
  expect(store.sources()[0]).toMatchObject({ name: "archive", folder: moved });
});

it("refuses a source that the project doesn't have", async () => {
  const { project } = await createTiny(1);
  expect(await fieldmark("scan", project, "--source", "elsewhere")).toMatchObject({
    code: 1,
    error: expect.stringMatching(/no source "elsewhere"/),
  });
});
