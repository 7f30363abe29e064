import { chmod, mkdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createMemoryIndex, type FileIndex } from "../../../src/archive/index/file-index.ts";
import { compareFolder, type IndexUpdate, updateIndex } from "../../../src/archive/index/update-index.ts";
import { scanFolder } from "../../../src/archive/scan.ts";
import { Cancelled } from "../../../src/shared/errors.ts";
import { describeWithSharedData, plane, SHARED_DATA, scratchFolder, writeRaster } from "../fixtures.ts";

const LONG_AGO = new Date("2001-02-03T04:05:06Z");

/** Single-band files `0.tif` … with their number as value, all of the same time. */
async function archive(count: number): Promise<string> {
  const folder = await scratchFolder();
  for (let index = 0; index < count; index++) await writeNumbered(folder, index, index);
  return folder;
}

async function writeNumbered(folder: string, index: number, value: number): Promise<void> {
  const path = `part${index % 3}/${index}.tif`;
  const bands = [plane(new Uint16Array(16 * 16), 16, (x) => value * 100 + x)];
  await writeRaster(folder, path, { bands, compression: "none" });
  await utimes(join(folder, path), LONG_AGO, LONG_AGO);
}

/** What a project does after it has acted on an update: nothing is pending any more. */
function finish(index: FileIndex, update: IndexUpdate): void {
  const missing = new Set(update.missing);
  const entries = index.entries().map((entry) => ({ file: entry, pending: null }));
  index.save(entries.filter(({ file }) => !missing.has(file.path)));
}

async function indexed(folder: string): Promise<FileIndex> {
  const index = createMemoryIndex();
  finish(index, await updateIndex(folder, index));
  return index;
}

function outcomesOf({ outcomes, missing }: IndexUpdate) {
  return { ...Object.fromEntries(outcomes), ...Object.fromEntries(missing.map((path) => [path, "missing"])) };
}

describe("a second scan", () => {
  test("of an unchanged folder reads no file", async () => {
    const folder = await archive(7);
    const index = createMemoryIndex();
    const first = await updateIndex(folder, index);
    expect(first).toMatchObject({ unchanged: false, headersRead: 7 });
    finish(index, first);
    const paths = first.files.map(({ path }) => join(folder, path));
    const neverRead = async () => {
      const times = await Promise.all(paths.map(async (path) => (await stat(path)).atime.getTime()));
      return times.filter((time) => time === 0).length;
    };
    for (const path of paths) await utimes(path, 0, LONG_AGO);
    const second = await updateIndex(folder, index);
    expect(second).toMatchObject({ unchanged: true, headersRead: 0, missing: [] });
    expect(second.files).toEqual(first.files);
    expect(await neverRead()).toBe(7);
    // Where reading leaves its time at all, this is what shows it.
    await readFile(paths[0]!);
    expect(await neverRead()).toBeGreaterThanOrEqual(6);
  });

  test("tells new, changed, touched and missing files apart", async () => {
    const folder = await archive(8);
    const index = await indexed(folder);
    await writeNumbered(folder, 8, 8);
    await writeNumbered(folder, 1, 77);
    await utimes(join(folder, "part1/1.tif"), LONG_AGO, new Date());
    await utimes(join(folder, "part2/2.tif"), LONG_AGO, new Date());
    await writeRaster(folder, "part0/3.tif", { width: 20, height: 20 });
    await rm(join(folder, "part1/4.tif"));
    const expected = {
      "part2/8.tif": "new",
      "part1/1.tif": "changed",
      "part2/2.tif": "touched",
      "part0/3.tif": "changed",
      "part1/4.tif": "missing",
    };
    const compared = await compareFolder(folder, index.entries());
    expect(compared).toMatchObject({
      files: 8,
      unchanged: 4,
      new: { count: 1, paths: ["part2/8.tif"] },
      changed: { count: 2, paths: ["part0/3.tif", "part1/1.tif"] },
      touched: { count: 1, paths: ["part2/2.tif"] },
      missing: { count: 1, paths: ["part1/4.tif"] },
    });
    const update = await updateIndex(folder, index);
    expect(outcomesOf(update)).toEqual(expected);
    // The touched one was recognised by its content.
    expect(update.headersRead).toBe(3);
    finish(index, update);
    expect((await updateIndex(folder, index)).outcomes.size).toBe(0);
  });

  test("sees what lies beside a raster", async () => {
    const folder = await archive(3);
    const index = await indexed(folder);
    const worldFile = join(folder, "part0/0.tfw");
    const statistics = join(folder, "part1/1.tif.aux.xml");
    await writeFile(statistics, "<PAMDataset><PAMRasterBand band='1'></PAMRasterBand></PAMDataset>");
    await writeFile(join(folder, "part2/2.tif.aux.xml"), "<PAMDataset><SRS>LOCAL_CS[]</SRS></PAMDataset>");
    await writeFile(worldFile, "5\n0\n0\n-5\n100\n200\n");
    const update = await updateIndex(folder, index);
    expect(update.headersRead).toBe(3);
    // The georeference inside the file counts more than the world file, and statistics say nothing of the header.
    expect(outcomesOf(update)).toEqual({ "part2/2.tif": "changed" });
    finish(index, update);
    expect((await updateIndex(folder, index)).unchanged).toBe(true);
  });

  test("tries files again that could not be opened, and only those", async () => {
    const folder = await archive(2);
    await mkdir(join(folder, "there"));
    await writeFile(join(folder, "broken.tif"), "no raster at all");
    const index = createMemoryIndex();
    const path = join(folder, "part0/0.tif");
    await chmod(path, 0);
    const first = await updateIndex(folder, index);
    await chmod(path, 0o644);
    finish(index, first);
    const problems = first.files.filter(({ problem }) => problem !== null).map((file) => file.path);
    expect(problems).toContain("broken.tif");
    const second = await updateIndex(folder, index);
    // Whoever may read everything has nothing to try again.
    expect(second.headersRead).toBe(problems.length - 1);
    expect(second.files.filter(({ problem }) => problem !== null).map((file) => file.path)).toEqual([
      "broken.tif",
    ]);
  });
});

describe("an interrupted scan", () => {
  test("goes on where it was, and forgets nothing of what it found", async () => {
    const folder = await archive(60);
    const index = await indexed(folder);
    for (let position = 0; position < 60; position += 2)
      await writeNumbered(folder, position, 500 + position);
    for (let position = 0; position < 60; position += 2)
      await utimes(join(folder, `part${position % 3}/${position}.tif`), LONG_AGO, new Date("2020-01-01"));
    const controller = new AbortController();
    const interrupted = updateIndex(folder, index, {
      signal: controller.signal,
      onProgress: ({ message }) => message === "Reading headers" && controller.abort(),
    });
    await expect(interrupted).rejects.toBeInstanceOf(Cancelled);
    const before = index.entries().filter(({ pending }) => pending !== null).length;
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(30);
    const update = await updateIndex(folder, index);
    expect(update.headersRead).toBe(30 - before);
    expect([...update.outcomes.values()]).toEqual(Array.from({ length: 30 }, () => "changed"));
  });

  test("keeps a file as new that changes before the next one", async () => {
    const folder = await archive(2);
    const index = createMemoryIndex();
    await updateIndex(folder, index);
    await writeNumbered(folder, 1, 9);
    await utimes(join(folder, "part1/1.tif"), LONG_AGO, new Date());
    const update = await updateIndex(folder, index);
    expect(outcomesOf(update)).toEqual({ "part0/0.tif": "new", "part1/1.tif": "new" });
  });
});

describe("headers out of the index", () => {
  test("give the same scenes as headers just read", async () => {
    const folder = await scratchFolder();
    for (const band of ["B02", "B03", "B8A"]) {
      const width = band === "B8A" ? 8 : 16;
      await writeRaster(folder, `tile/S2_${band}.tif`, {
        width,
        height: width,
        geotransform: [600_000, 160 / width, 0, 5_300_000, 0, -160 / width],
        nodata: 0,
      });
    }
    const floats = [new Float32Array(256)];
    await writeRaster(folder, "nan.tif", { dtype: "float32", bands: floats, nodata: Number.NaN });
    await writeRaster(folder, "plain.tif", { geotransform: null, epsg: null });
    await writeRaster(folder, "tile/S2_SCL.tif", { dtype: "uint8", bands: [new Uint8Array(256)] });
    const index = createMemoryIndex();
    const first = await scanFolder(folder, { index });
    finish(index, first.update);
    const second = await scanFolder(folder, { index });
    expect(second.update.headersRead).toBe(0);
    expect(second.scenes).toEqual(first.scenes);
    expect(second.scenes).toEqual((await scanFolder(folder)).scenes);
    expect(second.companions).toEqual(["tile/S2_SCL.tif"]);
  });

  test("are the same in a folder that was moved", async () => {
    const folder = await archive(3);
    const index = await indexed(folder);
    const moved = `${folder}-moved`;
    await rename(folder, moved);
    try {
      const update = await updateIndex(moved, index);
      expect(update.unchanged).toBe(true);
    } finally {
      await rename(moved, folder);
    }
  });
});

/** A classic TIFF whose pixels come last, as most writers have it: 16 × 16 bytes in four strips. */
function fourStrips(): Buffer {
  const PIXELS = 8 + 2 + 9 * 12 + 4 + 2 * 16;
  const entries = [
    [256, 3, 1, 16],
    [257, 3, 1, 16],
    [258, 3, 1, 8],
    [259, 3, 1, 1],
    [262, 3, 1, 1],
    [273, 4, 4, PIXELS - 32],
    [277, 3, 1, 1],
    [278, 3, 1, 4],
    [279, 4, 4, PIXELS - 16],
  ] as const;
  const file = Buffer.alloc(PIXELS + 256, 9);
  file.write("II*\0", 0, "latin1");
  file.writeUInt32LE(8, 4);
  file.writeUInt16LE(entries.length, 8);
  for (const [index, [tag, type, count, value]] of entries.entries()) {
    const at = 10 + index * 12;
    file.writeUInt16LE(tag, at);
    file.writeUInt16LE(type, at + 2);
    file.writeUInt32LE(count, at + 4);
    file.writeUInt32LE(value, at + 8);
  }
  file.writeUInt32LE(0, 10 + entries.length * 12);
  for (let strip = 0; strip < 4; strip++) {
    file.writeUInt32LE(PIXELS + 64 * strip, PIXELS - 32 + 4 * strip);
    file.writeUInt32LE(64, PIXELS - 16 + 4 * strip);
  }
  return file;
}

test("a file whose pixels end too early is listed although its header is good", async () => {
  const folder = await scratchFolder();
  const content = fourStrips();
  await writeFile(join(folder, "whole.tif"), content);
  await writeFile(join(folder, "short.tif"), content.subarray(0, content.length - 1));
  const { scenes, unreadable } = await scanFolder(folder);
  expect(scenes.map(({ name }) => name)).toEqual(["whole"]);
  expect(unreadable).toHaveLength(1);
  expect(unreadable[0]).toMatchObject({ path: "short.tif" });
  expect(unreadable[0]?.message).toMatch(/cut short: strip 3 of 4 lies beyond its end.*fresh copy/);
});

describeWithSharedData("files of many kinds", () => {
  test("none that GDAL reads whole counts as cut short", async () => {
    const folder = join(SHARED_DATA, "geotiff");
    const expected: Readonly<Record<string, { status: string }>> = JSON.parse(
      await readFile(join(folder, "expected.json"), "utf8"),
    );
    const { unreadable } = await scanFolder(folder);
    const short = unreadable.filter(({ message }) => message.includes("cut short")).map(({ path }) => path);
    expect(short.filter((path) => expected[path]?.status === "ok")).toEqual([]);
    expect(short.length).toBeGreaterThan(0);
  });
});
