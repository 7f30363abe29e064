import { symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { scanFolder } from "../../src/archive/scan.ts";
import { SENTINEL2_BANDS } from "../../src/archive/sensors/band-names.ts";
import { sceneSchema } from "../../src/shared/domain/imagery.ts";
import { Cancelled, FieldmarkError } from "../../src/shared/errors.ts";
import { plane, scratchFolder, writeRaster } from "./fixtures.ts";

const rgb = (width: number, height: number) => ({
  width,
  height,
  dtype: "uint8" as const,
  bands: [1, 2, 3].map((value) => new Uint8Array(width * height).fill(value)),
  geotransform: null,
  epsg: null,
});

describe("a folder of patches", () => {
  test("each file is a scene, named by its path", async () => {
    const folder = await scratchFolder();
    await writeRaster(folder, "forest/forest01.tif", rgb(20, 18));
    await writeRaster(folder, "beach/beach01.tif", rgb(20, 20));
    const { scenes, unreadable, files } = await scanFolder(folder);
    expect(scenes.map((scene) => scene.name)).toEqual(["beach/beach01", "forest/forest01"]);
    expect(scenes[1]).toMatchObject({
      sensor: "aerial-rgb",
      width: 20,
      height: 18,
      dtype: "uint8",
      nodata: null,
    });
    expect(scenes[1]?.bands.map((band) => [band.name, band.file, band.fileBand])).toEqual([
      ["Red", "forest/forest01.tif", 0],
      ["Green", "forest/forest01.tif", 1],
      ["Blue", "forest/forest01.tif", 2],
    ]);
    expect(unreadable).toEqual([]);
    expect(files).toBe(2);
    for (const scene of scenes) expect(sceneSchema.parse(scene)).toEqual(scene);
  });

  test("two files that differ by extension only keep different names", async () => {
    const folder = await scratchFolder();
    await writeRaster(folder, "a.tif", rgb(8, 8));
    await writeRaster(folder, "a.tiff", rgb(8, 8));
    const { scenes } = await scanFolder(folder);
    expect(scenes.map((scene) => scene.name)).toEqual(["a", "a.tiff"]);
  });
});

test("a file whose georeferencing is no number is taken without any", async () => {
  const folder = await scratchFolder();
  const geotransform = [Number.NaN, 10, 0, 5_300_000, 0, -10] as const;
  for (const name of ["one_B02.tif", "one_B03.tif", "two.tif"])
    await writeRaster(folder, name, { geotransform });
  const { scenes } = await scanFolder(folder);
  expect(scenes.map(({ name, bands }) => [name, bands.length])).toEqual([
    ["one", 2],
    ["two", 1],
  ]);
  for (const scene of scenes) expect(sceneSchema.parse(scene).geotransform).toBeNull();
});

describe("one file per band", () => {
  const sizes = { B02: 12, B03: 12, B04: 12, B8A: 6, B01: 2 };
  const write = async (folder: string, prefix: string) => {
    for (const [band, width] of Object.entries(sizes)) {
      const geotransform = [600_000, 120 / width, 0, 5_300_000, 0, -120 / width] as const;
      await writeRaster(folder, `${prefix}_${band}.tif`, {
        width,
        height: width,
        bands: [new Uint16Array(width * width)],
        geotransform,
      });
    }
  };

  test("bands of different resolution are one scene on the finest grid, in the usual order", async () => {
    const folder = await scratchFolder();
    await write(folder, "p/p");
    const { scenes } = await scanFolder(folder);
    expect(scenes).toHaveLength(1);
    expect(scenes[0]).toMatchObject({ name: "p/p", sensor: "sentinel2", width: 12, height: 12, epsg: 32632 });
    expect(scenes[0]?.bands.map((band) => [band.name, band.width])).toEqual([
      ["B01", 2],
      ["B02", 12],
      ["B03", 12],
      ["B04", 12],
      ["B8A", 6],
    ]);
  });

  test("radar is a scene of its own, masks are none, and a stray band is left out and listed", async () => {
    const folder = await scratchFolder();
    await write(folder, "p");
    await writeRaster(folder, "p_VV.tif");
    await writeRaster(folder, "p_VH.tif");
    await writeRaster(folder, "p_SCL.tif");
    await writeRaster(folder, "p_B12.tif", { geotransform: [700_000, 10, 0, 5_300_000, 0, -10] });
    const { scenes, unreadable, companions } = await scanFolder(folder);
    expect(scenes.map((scene) => [scene.name, scene.bands.map((band) => band.name).join()])).toEqual([
      ["p", "B01,B02,B03,B04,B8A"],
      ["p VH+VV", "VH,VV"],
    ]);
    expect(companions).toEqual(["p_SCL.tif"]);
    expect(unreadable.map(({ path }) => path)).toEqual(["p_B12.tif"]);
    expect(unreadable[0]?.message).toContain("covers another area");
  });

  test("multi-band files with a band in their names are not torn apart", async () => {
    const folder = await scratchFolder();
    await writeRaster(folder, "x_B1.tif", rgb(8, 8));
    await writeRaster(folder, "x_B2.tif", rgb(8, 8));
    const { scenes } = await scanFolder(folder);
    expect(scenes.map((scene) => [scene.name, scene.sensor])).toEqual([
      ["x_B1", "aerial-rgb"],
      ["x_B2", "aerial-rgb"],
    ]);
  });
});

describe("13 bands without names", () => {
  /** The cirrus band B10 is nearly black. */
  const write = (folder: string, path: string, cirrus: number) =>
    writeRaster(folder, path, {
      width: 8,
      height: 8,
      bands: SENTINEL2_BANDS.map((_, band) => new Uint16Array(64).fill(band === cirrus ? 12 : 900)),
    });

  test.each([
    ["by wavelength", 10, SENTINEL2_BANDS],
    ["with B8A at the end, as in EuroSAT", 9, [...SENTINEL2_BANDS.filter((band) => band !== "B8A"), "B8A"]],
  ])("%s", async (_, cirrus, names) => {
    const folder = await scratchFolder();
    for (let i = 0; i < 5; i++) await write(folder, `Forest/Forest_${i}.tif`, cirrus);
    const { scenes } = await scanFolder(folder);
    for (const scene of scenes) expect(scene.bands.map((band) => band.name)).toEqual(names);
  });
});

describe("fill values that no tag tells", () => {
  const size = 600;
  const scene = (fill: number, inside: (column: number) => boolean) => ({
    width: size,
    height: size,
    dtype: "uint8" as const,
    bands: [60, 70, 80].map((value) =>
      plane(new Uint8Array(size * size), size, (column) => (inside(column) ? value : fill)),
    ),
  });

  test("two corners of the highest value, or one of zeros, are fill", async () => {
    const folder = await scratchFolder();
    await writeRaster(
      folder,
      "a.tif",
      scene(255, (column) => column > 50),
    );
    await writeRaster(
      folder,
      "b.tif",
      scene(0, (column) => column > 50),
    );
    await writeRaster(
      folder,
      "c.tif",
      scene(255, () => true),
    );
    await writeRaster(folder, "d.tif", { ...scene(255, (column) => column > 50), nodata: 7 });
    const { scenes } = await scanFolder(folder);
    expect(scenes.map((found) => found.nodata)).toEqual([255, 0, null, 7]);
  });
});

describe("bad input", () => {
  test("a scan goes on past bad files and lists them", async () => {
    const folder = await scratchFolder();
    for (const name of ["a", "b", "c"]) await writeRaster(folder, `${name}.tif`, rgb(64, 64));
    await truncate(join(folder, "b.tif"), 40);
    await writeFile(join(folder, "text.tif"), "this is not a raster");
    await writeFile(join(folder, "empty.tif"), "");
    await symlink(join(folder, "gone.tif"), join(folder, "link.tif"));
    const { scenes, unreadable } = await scanFolder(folder);
    expect(scenes.map((scene) => scene.name)).toEqual(["a", "c"]);
    expect(unreadable.map(({ path }) => path)).toEqual(["b.tif", "empty.tif", "link.tif", "text.tif"]);
    for (const { path, message } of unreadable) expect(message).toContain(path);
  });

  test("folders without rasters, missing folders and files say so", async () => {
    const folder = await scratchFolder();
    await writeFile(join(folder, "notes.txt"), "hello");
    await expect(scanFolder(folder)).rejects.toMatchObject({ code: "no-rasters" });
    await expect(scanFolder(join(folder, "nowhere"))).rejects.toMatchObject({ code: "not-found" });
    await expect(scanFolder(join(folder, "notes.txt"))).rejects.toMatchObject({ code: "invalid-input" });
    await expect(scanFolder(folder)).rejects.toThrow(folder);
  });

  test("hidden folders and projects are passed over, linked folders are followed once", async () => {
    const folder = await scratchFolder();
    await writeRaster(folder, "images/a.tif", rgb(8, 8));
    await writeRaster(folder, ".trash/b.tif", rgb(8, 8));
    await writeRaster(folder, "mine.fieldmark/cache/c.tif", rgb(8, 8));
    await symlink(folder, join(folder, "images", "loop"));
    const { scenes } = await scanFolder(folder);
    expect(scenes.map((scene) => scene.name)).toEqual(["images/a"]);
  });

  test("a raised signal ends the scan", async () => {
    const folder = await scratchFolder();
    for (let i = 0; i < 40; i++) await writeRaster(folder, `${i}.tif`, rgb(8, 8));
    const controller = new AbortController();
    const progress: number[] = [];
    const scan = scanFolder(folder, {
      signal: controller.signal,
      onProgress: ({ done, message }) => {
        if (message !== "Reading headers") return;
        progress.push(done);
        controller.abort();
      },
    });
    await expect(scan).rejects.toBeInstanceOf(Cancelled);
    expect(Math.max(...progress)).toBeLessThan(40);
    await expect(scan).rejects.not.toBeInstanceOf(FieldmarkError);
  });
});
