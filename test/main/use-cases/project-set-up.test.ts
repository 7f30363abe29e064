import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { suggestGrid } from "../../../src/archive/grid.ts";
import { rescanProject, setUpProject } from "../../../src/main/use-cases/project-set-up.ts";
import { previewSource } from "../../../src/main/use-cases/sources.ts";
import { QUIET } from "../../../src/main/work.ts";
import { closing, temporaryFolder, tinyName, tinyProject, writeTinyArchive } from "../fixture.ts";

function setUp(folder: string, source: string) {
  return setUpProject(
    { folder: join(folder, "p.fieldmark"), kind: "multi-label", source, grid: suggestGrid, classes: [] },
    QUIET,
  );
}

it("previews a source", async () => {
  const source = await writeTinyArchive(temporaryFolder(), 3);
  writeFileSync(join(source, "bad.tif"), "II*\0 but not really");
  const preview = await previewSource(source, QUIET);
  expect(preview).toMatchObject({
    folder: source,
    files: 4,
    scenes: 3,
    sensor: "aerial-rgb",
    dtype: "uint8",
    crs: "EPSG:32632",
    sizes: [{ width: 16, height: 16, count: 3 }],
    suggestedPatches: 3,
    suggestedGrid: { patchSize: "whole" },
  });
  expect(preview.unreadable.map(({ path }) => path)).toEqual(["bad.tif"]);
});

it("makes a project whose patches and statistics come from the files", async () => {
  const { store } = await tinyProject(8);
  expect(store.counts().patches).toBe(8);
  const statistics = store.bandStatistics();
  expect(statistics).toHaveLength(3);
  // Half of the files are bright (170 to 209), half dark (60 to 99), both uniform over 40 values.
  for (const { mean, min, max, count } of statistics) {
    expect(mean).toBeCloseTo((189.5 + 79.5) / 2, 0);
    expect(min).toBe(60);
    expect(max).toBe(209);
    expect(count).toBe(8 * 256);
  }
});

it("goes on past a truncated file and lists it", async () => {
  const folder = temporaryFolder();
  const source = await writeTinyArchive(join(folder, "archive"), 3);
  truncateSync(join(source, `${tinyName(1)}.tif`), 60);
  const { store, added } = await setUp(folder, source);
  closing(store);
  expect(added.patches).toBe(2);
  expect(added.unreadable).toHaveLength(1);
  expect(store.sources()[0]?.unreadable[0]).toMatchObject({ path: `${tinyName(1)}.tif` });
});

it("refuses a folder without rasters, and leaves no project behind", async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "empty"));
  writeFileSync(join(folder, "empty", "notes.txt"), "");
  await expect(setUp(folder, join(folder, "empty"))).rejects.toMatchObject({
    code: "no-rasters",
    message: expect.stringContaining(join(folder, "empty")),
  });
  expect(readdirSync(folder)).toEqual(["empty"]);
});

it("names the first reason when no file can be read", async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "bad"));
  writeFileSync(join(folder, "bad", "a.tif"), "nothing");
  await expect(setUp(folder, join(folder, "bad"))).rejects.toMatchObject({
    code: "no-rasters",
    message: expect.stringMatching(/None of the 1 raster files .* a\.tif/),
  });
});

it("refuses to replace a project, which stays as it was", async () => {
  const folder = temporaryFolder();
  const source = await writeTinyArchive(join(folder, "archive"), 2);
  const { store } = await setUp(folder, source);
  store.close();
  const before = readFileSync(join(folder, "p.fieldmark", "project.sqlite"));
  await expect(setUp(folder, source)).rejects.toMatchObject({ code: "project-exists" });
  expect(readFileSync(join(folder, "p.fieldmark", "project.sqlite"))).toEqual(before);
});

it("leaves no project behind when it is cancelled midway", async () => {
  const folder = temporaryFolder();
  const source = await writeTinyArchive(join(folder, "archive"), 6);
  const controller = new AbortController();
  const work = {
    signal: controller.signal,
    progress: ({ message, done }: { message: string; done: number }) => {
      if (message === "Cutting patches" && done === 3) controller.abort();
    },
  };
  await expect(
    setUpProject(
      { folder: join(folder, "p.fieldmark"), kind: "multi-label", source, grid: suggestGrid, classes: [] },
      work,
    ),
  ).rejects.toThrow("Cancelled");
  expect(existsSync(join(folder, "p.fieldmark"))).toBe(false);
});

it("finds new files on a new scan and keeps the old patches", async () => {
  const { store, source } = await tinyProject(3);
  const before = Array.from(store.patchIds());
  await writeTinyArchive(source, 5);
  const added = await rescanProject(store, QUIET);
  expect(added).toMatchObject({ scenes: 5, patches: 2 });
  expect(Array.from(store.patchIds()).slice(0, 3)).toEqual(before);
});
