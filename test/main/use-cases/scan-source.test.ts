import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, rm, truncate, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { writeGeoTiff } from "../../../src/archive/tiff/write.ts";
import { rescanProject, setUpProject } from "../../../src/main/use-cases/project-set-up.ts";
import { QUIET } from "../../../src/main/work.ts";
import type { Grid } from "../../../src/shared/domain/imagery.ts";
import { openProject, type ProjectStore } from "../../../src/store/project-store.ts";
import { closing, temporaryFolder, tinyName, tinyProject, writeTinyArchive } from "../fixture.ts";

const ANA = { annotator: "Ana", origin: "manual", round: null } as const;
const GRID: Grid = { patchSize: 8, stride: null, edges: "shift", nodataLimit: 0.25 };

async function writeBand(folder: string, name: string, value: number, bands = 1, size = 16): Promise<void> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeGeoTiff(path, {
    width: size,
    height: size,
    dtype: "uint16",
    bands: Array.from({ length: bands }, (_, band) => new Uint16Array(size * size).fill(value + band)),
    geotransform: [600_000, 10, 0, 5_300_000, 0, -10],
    epsg: 32632,
    compression: "none",
  });
}

async function projectOf(source: string, grid: Grid = GRID): Promise<ProjectStore> {
  const folder = join(temporaryFolder(), "p.fieldmark");
  const input = { folder, kind: "multi-label" as const, source, grid, classes: [{ name: "Forest" }] };
  return closing((await setUpProject(input, QUIET)).store);
}

function named(store: ProjectStore) {
  return store.items(store.patchIds()).map(({ id, name, imageryMissing }) => [id, name, imageryMissing]);
}

async function report(store: ProjectStore) {
  const [source] = (await rescanProject(store, QUIET)).sources;
  return source!.report!;
}

describe("a second scan", () => {
  it("of an unchanged folder does nothing", async () => {
    const { store } = await tinyProject(5);
    const before = named(store);
    const { changes, headersRead, scenes, patches } = await report(store);
    expect(headersRead).toBe(0);
    expect(changes).toMatchObject({ files: 5, unchanged: 5 });
    expect([scenes, patches]).toEqual([
      { total: 5, added: 0, changed: 0, missing: 0 },
      { added: 0, leftOut: 0, cloudy: 0, changed: 0, missing: 0 },
    ]);
    expect(named(store)).toEqual(before);
  });

  it("takes over a project that has no index yet, without calling anything new or changed", async () => {
    const { store, source } = await tinyProject(4);
    // As migrated from the version before: scenes, but no files and no scan.
    const folder = store.paths.folder;
    store.close();
    const { default: Database } = await import("better-sqlite3");
    const database = new Database(join(folder, "project.sqlite"));
    database.exec("DELETE FROM file; DELETE FROM scan; DELETE FROM header");
    database.close();
    const again = closing(openProject(folder));
    await writeTinyArchive(join(source, "more"), 1);
    const { changes, patches } = await report(again);
    expect(changes.new).toEqual({ count: 1, paths: [`more/${tinyName(0)}.tif`] });
    expect(patches).toMatchObject({ added: 1, changed: 0 });
    expect((await report(again)).headersRead).toBe(0);
  });

  it("marks the patches of changed files as outdated, and leaves labels alone", async () => {
    const source = join(temporaryFolder(), "archive");
    for (const index of [0, 1, 2]) await writeBand(source, `${index}.tif`, index);
    const store = await projectOf(source);
    const classId = store.classes()[0]!.id;
    const patches = [...store.patchIds()];
    expect(patches).toHaveLength(12);
    store.changeLabels([{ patchId: patches[5]!, classId, state: "present" }], ANA);
    await writeBand(source, "1.tif", 900);
    await copyFile(join(source, "2.tif"), join(source, "copy"));
    await copyFile(join(source, "copy"), join(source, "2.tif"));
    await utimes(join(source, "2.tif"), 0, 0);
    const found = await report(store);
    expect(found.changes).toMatchObject({ changed: { paths: ["1.tif"] }, touched: { paths: ["2.tif"] } });
    expect(found).toMatchObject({ scenes: { changed: 1 }, patches: { added: 0, changed: 4, missing: 0 } });
    expect(store.outdatedPatches("rcf")).toEqual(Int32Array.from(patches.slice(4, 8)));
    expect([...store.patchIds()]).toEqual(patches);
    expect(store.labelsOf([patches[5]!]).get(patches[5]!)).toEqual({ [classId]: "present" });
  });

  it("keeps patches whose files are gone, as missing, until they are back", async () => {
    const { store, source } = await tinyProject(4);
    const path = join(source, `${tinyName(1)}.tif`);
    const content = await readFile(path);
    await rm(path);
    const gone = await report(store);
    expect(gone).toMatchObject({ scenes: { total: 4, missing: 1 }, patches: { missing: 1 } });
    expect(gone.changes.missing.paths).toEqual([`${tinyName(1)}.tif`]);
    const missing = store.items(store.patchIds({ missing: true }));
    expect(missing.map(({ name, imageryMissing }) => [name, imageryMissing])).toEqual([[tinyName(1), true]]);
    expect(store.candidateIds()).toHaveLength(3);
    // A second look finds it no less missing, and has nothing to do.
    expect(await report(store)).toMatchObject({ headersRead: 0, patches: { missing: 1 } });
    await writeFile(path, content);
    expect(await report(store)).toMatchObject({
      scenes: { missing: 0 },
      patches: { missing: 0, changed: 0 },
    });
    expect(store.patchIds()).toHaveLength(4);
  });

  it("refuses a folder that lost everything, and changes nothing", async () => {
    const { store, source } = await tinyProject(3);
    await rm(source, { recursive: true });
    await expect(rescanProject(store, QUIET)).rejects.toMatchObject({ code: "not-found" });
    await mkdir(source);
    await expect(rescanProject(store, QUIET)).rejects.toMatchObject({
      code: "no-rasters",
      message: expect.stringMatching(/drive may not be connected/),
    });
    expect(store.patchIds({ missing: true })).toHaveLength(0);
    expect(store.patchIds()).toHaveLength(3);
  });

  it("does not let a new file take over the patches of old ones of the same name", async () => {
    const source = join(temporaryFolder(), "archive");
    for (const band of ["B02", "B03", "B04"]) await writeBand(source, `tile_${band}.tif`, 5);
    const store = await projectOf(source);
    const before = named(store);
    const bandsOf = (id: number) => store.placeOf(id).scene.bands.map(({ file }) => file);
    const files = ["tile_B02.tif", "tile_B03.tif", "tile_B04.tif"];
    expect(bandsOf(1)).toEqual(files);
    await writeBand(source, "tile.tif", 70, 3);
    expect(await report(store)).toMatchObject({
      scenes: { total: 2, added: 1, changed: 0 },
      patches: { added: 4, changed: 0 },
    });
    expect(named(store).slice(0, 4)).toEqual(before);
    expect(bandsOf(1)).toEqual(files);
    expect(named(store).slice(4)[0]).toEqual([5, "tile.tif@0_0", undefined]);
  });

  it("marks what lies outside of a file that became smaller", async () => {
    const source = join(temporaryFolder(), "archive");
    await writeBand(source, "a.tif", 1, 1, 24);
    const store = await projectOf(source);
    expect(store.patchIds()).toHaveLength(9);
    await writeBand(source, "a.tif", 1, 1, 16);
    expect(await report(store)).toMatchObject({ patches: { missing: 5, changed: 9, added: 0 } });
  });

  it("lists scenes whose pixels can't be read, and tries them again", async () => {
    const source = join(temporaryFolder(), "archive");
    for (const name of ["a.tif", "b.tif"]) {
      await writeGeoTiff(join(await mkdirs(source), name), {
        width: 64,
        height: 64,
        dtype: "uint16",
        bands: [Uint16Array.from({ length: 64 * 64 }, (_, at) => (at * 7919) % 5003)],
        nodata: 1,
        geotransform: null,
        epsg: null,
        compression: "deflate",
      });
    }
    const good = await readFile(join(source, "a.tif"));
    const bad = Buffer.from(good);
    bad.fill(255, 100, 400);
    await writeFile(join(source, "a.tif"), bad);
    const store = await projectOf(source);
    expect(store.sources()[0]?.unreadable.map(({ path }) => path)).toEqual(["a.tif"]);
    expect(named(store).every(([, name]) => String(name).startsWith("b"))).toBe(true);
    await writeFile(join(source, "a.tif"), good);
    expect((await report(store)).patches.added).toBe(64);
    expect(store.sources()[0]?.unreadable).toEqual([]);
  });
});

async function mkdirs(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  return folder;
}

describe("making a project", () => {
  const FILES = 640;

  async function manyFiles(): Promise<string> {
    const source = join(temporaryFolder(), "archive");
    await writeBand(source, "first.tif", 3);
    const content = await readFile(join(source, "first.tif"));
    for (let index = 1; index < FILES; index++) {
      content.writeUInt16LE(index, 40);
      await writeFile(join(source, `${String(index).padStart(4, "0")}.tif`), content);
    }
    return source;
  }

  function killAt(folder: string, source: string, message: string, number: number): void {
    const script = fileURLToPath(new URL("./create-until-killed.ts", import.meta.url));
    const { signal } = spawnSync(process.execPath, [script, folder, source, message, String(number)]);
    expect(signal).toBe("SIGKILL");
    expect(existsSync(join(folder, "project.sqlite"))).toBe(true);
  }

  it("goes on where it was killed, and ends with the same project", async () => {
    const source = await manyFiles();
    const folder = join(temporaryFolder(), "p.fieldmark");
    const input = { folder, kind: "multi-label" as const, source, grid: GRID, classes: [{ name: "Forest" }] };
    killAt(folder, source, "Reading headers", 560);
    const half = openProject(folder);
    const known = half.files(1).length;
    half.close();
    expect(known).toBeGreaterThan(0);
    expect(known).toBeLessThan(FILES);
    killAt(folder, source, "Cutting patches", 300);

    const { store } = await setUpProject(input, QUIET);
    closing(store);
    expect(store.scanState(1)).toMatchObject({ unfinished: false, report: { headersRead: 0 } });
    expect(store.scanState(1).report?.changes.new.count).toBe(FILES);
    expect(store.project().setUp).toBe("done");

    const whole = await projectOf(source);
    expect(named(store)).toEqual(named(whole));
    expect([...store.scenes(1)]).toEqual([...whole.scenes(1)]);
    expect(store.bandStatistics()).toEqual(whole.bandStatistics());
    // Finished, it is a project like any other.
    await expect(setUpProject(input, QUIET)).rejects.toMatchObject({ code: "project-exists" });
  });

  it("that was killed can be finished by a scan, with the grid that was chosen", async () => {
    const source = await manyFiles();
    const folder = join(temporaryFolder(), "p.fieldmark");
    killAt(folder, source, "Cutting patches", 300);
    const store = closing(openProject(folder));
    expect(store.project()).toMatchObject({ setUp: "cutting", grid: GRID });
    expect((await report(store)).headersRead).toBe(0);
    expect(store.patchIds()).toHaveLength(4 * FILES);
    expect(store.project().setUp).toBe("done");
    expect(store.bandStatistics()).toHaveLength(1);
  });

  it("of another source under the same name is refused", async () => {
    const source = await manyFiles();
    const folder = join(temporaryFolder(), "p.fieldmark");
    killAt(folder, source, "Cutting patches", 1);
    const other = await writeTinyArchive(join(temporaryFolder(), "other"), 2);
    const input = { folder, kind: "multi-label" as const, source: other, grid: GRID, classes: [] };
    await expect(setUpProject(input, QUIET)).rejects.toMatchObject({ code: "project-exists" });
    expect(existsSync(join(folder, "project.sqlite"))).toBe(true);
  });

  it("that fails leaves alone what was in the folder before", async () => {
    const source = await writeTinyArchive(join(temporaryFolder(), "archive"), 1);
    await truncate(join(source, `${tinyName(0)}.tif`), 20);
    const folder = join(temporaryFolder(), "p.fieldmark");
    await mkdir(folder);
    await writeFile(join(folder, "notes.txt"), "mine");
    const input = { folder, kind: "multi-label" as const, source, grid: GRID, classes: [] };
    await expect(setUpProject(input, QUIET)).rejects.toMatchObject({ code: "no-rasters" });
    expect(existsSync(join(folder, "notes.txt"))).toBe(true);
    expect(existsSync(join(folder, "project.sqlite"))).toBe(false);
  });
});
