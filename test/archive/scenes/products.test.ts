import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { scanFolder } from "../../../src/archive/scan.ts";
import { parseBandFileName } from "../../../src/archive/scenes/file-names.ts";
import { bandForRole } from "../../../src/archive/sensors/band-names.ts";
import { type Scene, sceneSchema } from "../../../src/shared/domain/imagery.ts";
import type { GeoTransform } from "../../../src/shared/raster.ts";
import { openReader, plane, scratchFolder, writeRaster } from "../fixtures.ts";

const EAST = 600_000;
const NORTH = 5_300_000;

/** A plane on the ground, so that every resampling has a closed form: area means and bilinear values are its own. */
const onGround = (x: number, y: number) => 1000 + (x - EAST) * 0.5 + (NORTH - y) * 0.25;

/** A band of `width × width` pixels whose samples are `onGround` at their centres. */
async function writeBand(
  folder: string,
  path: string,
  width: number,
  meters: number,
  shift = 0,
): Promise<void> {
  const geotransform: GeoTransform = [EAST + shift, meters, 0, NORTH - shift, 0, -meters];
  const value = (column: number, row: number) =>
    onGround(EAST + shift + (column + 0.5) * meters, NORTH - shift - (row + 0.5) * meters);
  const bands = [plane(new Float32Array(width * width), width, value)];
  await writeRaster(folder, path, { width, height: width, dtype: "float32", bands, geotransform });
}

const bandNames = (scene: Scene | undefined) => scene?.bands.map(({ name }) => name).join();

test.each([
  ["G/IMG_DATA/R10m/T32UQD_20200101T101010_B02_10m.tif", "G/IMG_DATA/T32UQD_20200101T101010", "B02"],
  ["R60m/T32UQD_20200101T101010_B8A_60m.tif", "T32UQD_20200101T101010", "B8A"],
  ["LC08_L2SP_193024_20200101_20200113_02_T1_SR_B2.TIF", "LC08_L2SP_193024_20200101_20200113_02_T1", "B2"],
  ["LC09_L2SP_193024_20220101_20220113_02_T1_ST_B10.TIF", "LC09_L2SP_193024_20220101_20220113_02_T1", "B10"],
  ["LE07_L1TP_1_2_02_T1_B6_VCID_1.TIF", "LE07_L1TP_1_2_02_T1", "B6_VCID_1"],
  ["LT05_L1TP_1_2_01_T1_sr_band4.tif", "LT05_L1TP_1_2_01_T1", "B4"],
  ["scene/band1.tif", "scene", "B1"],
  ["x_band_11.tif", "x", "B11"],
  ["airborne_sr_B2.tif", "airborne_sr", "B2"],
])("%s", (path, prefix, band) => {
  expect(parseBandFileName(path)).toEqual({ prefix, band, family: "optical" });
});

test.each(["QI_DATA/MSK_DETFOO_B02.tif", "husband1.tif", "x_SCL_20m.tif", "LC08_1_02_T1_SAA.TIF"])(
  "%s is no band",
  (path) => {
    expect(parseBandFileName(path)).toBeNull();
  },
);

describe("Sentinel-2 products", () => {
  test("bands sorted into folders by resolution are one scene on the 10 m grid, quick looks are none", async () => {
    const folder = await scratchFolder();
    const granule = "S2A_MSIL2A_20200101.SAFE/GRANULE/L2A_T32UQD_A023";
    const at = (meters: number, band: string) =>
      `${granule}/IMG_DATA/R${meters}m/T32UQD_20200101T101010_${band}_${meters}m.tif`;
    for (const band of ["B02", "B03", "B04", "B08"]) await writeBand(folder, at(10, band), 24, 10);
    for (const band of ["B02", "B05", "B8A", "B11", "B12"]) await writeBand(folder, at(20, band), 12, 20);
    for (const band of ["B01", "B02", "B09"]) await writeBand(folder, at(60, band), 4, 60);
    await writeRaster(folder, at(10, "TCI"), {
      width: 24,
      height: 24,
      dtype: "uint8",
      bands: [1, 2, 3].map(() => new Uint8Array(24 * 24)),
    });
    const { scenes, unreadable } = await scanFolder(folder);
    expect(unreadable).toEqual([]);
    expect(scenes.map(({ name }) => name)).toEqual([`${granule}/IMG_DATA/T32UQD_20200101T101010`]);
    const [scene] = scenes as [Scene];
    expect(bandNames(scene)).toBe("B01,B02,B03,B04,B05,B08,B8A,B09,B11,B12");
    expect([scene.width, scene.bands[1]?.width, scene.bands[4]?.width]).toEqual([24, 24, 12]);
    expect(sceneSchema.parse(scene)).toEqual(scene);
    // Inside by more than half a 60 m pixel, nothing is repeated outwards: each value is the ground's own.
    const window = { x: 4, y: 5, width: 15, height: 14 };
    const { planes } = await openReader(folder).read(scene, window);
    for (const samples of planes) {
      for (let i = 0; i < samples.length; i++) {
        const x = EAST + (window.x + (i % 15) + 0.5) * 10;
        const y = NORTH - (window.y + Math.floor(i / 15) + 0.5) * 10;
        expect(Math.abs(samples[i]! - onGround(x, y))).toBeLessThan(1e-2);
      }
    }
  });

  test("JPEG 2000 files are told in one sentence, beside GeoTIFFs and without any", async () => {
    const folder = await scratchFolder();
    for (const band of ["B02", "B03"]) {
      await writeRaster(folder, `a/x_${band}.tif`);
      await writeFile(join(folder, "a", `x_${band}_other.jp2`), "");
    }
    const { scenes, unreadable } = await scanFolder(folder);
    expect(scenes).toHaveLength(1);
    expect(unreadable.map(({ path }) => path)).toEqual(["a/x_B02_other.jp2"]);
    expect(unreadable[0]?.message).toMatch(/^2 JPEG 2000 files .* gdal_translate/);
    const other = await scratchFolder();
    await writeFile(join(other, "T32_B02.jp2"), "");
    await expect(scanFolder(other)).rejects.toMatchObject({
      code: "no-rasters",
      message: expect.stringContaining("T32_B02.jp2 is a JPEG 2000 file"),
    });
  });
});

describe("Landsat", () => {
  const write = async (folder: string, product: string, bands: readonly string[]) => {
    for (const band of bands) await writeBand(folder, `${product}_${band}.TIF`, 10, 30);
  };

  test.each([
    [
      "LC08_L2SP_193024_20200101_20200113_02_T1",
      ["SR_B1", "SR_B2", "SR_B3", "SR_B4", "SR_B5", "SR_B6", "SR_B7", "ST_B10"],
      "landsat-oli",
      "Coastal,Blue,Green,Red,NIR,SWIR1,SWIR2,TIR1",
    ],
    [
      "LC09_L1TP_193024_20220101_20220113_02_T1",
      ["B2", "B3", "B4", "B5"],
      "landsat-oli",
      "Blue,Green,Red,NIR",
    ],
    [
      "LE07_L1TP_193024_20000101_20200113_02_T1",
      ["B1", "B2", "B3", "B4", "B5", "B6_VCID_1", "B6_VCID_2", "B7"],
      "landsat-tm",
      "Blue,Green,Red,NIR,SWIR1,SWIR2,TIR,TIR high gain",
    ],
    [
      "LT05_L2SP_193024_19900101_20200113_02_T1",
      ["SR_B1", "SR_B2", "SR_B3", "SR_B4"],
      "landsat-tm",
      "Blue,Green,Red,NIR",
    ],
    ["LC81930242013123LGN01", ["B3", "B4", "B5"], "landsat-oli", "Green,Red,NIR"],
    ["HLS.L30.T31TCJ.2020001T101010.v2.0", ["B02", "B03", "B04", "B05"], "landsat-oli", "Blue,Green,Red,NIR"],
    ["HLS.S30.T31TCJ.2020001T101010.v2.0", ["B02", "B03", "B04", "B08"], "sentinel2-4", "B02,B03,B04,B08"],
  ])("%s", async (product, bands, sensor, names) => {
    const folder = await scratchFolder();
    if (product.startsWith("HLS"))
      for (const band of bands) await writeBand(folder, `${product}.${band}.tif`, 10, 30);
    else await write(folder, product, bands);
    const { scenes } = await scanFolder(folder);
    expect(scenes.map((scene) => [scene.name, scene.sensor, bandNames(scene)])).toEqual([
      [product, sensor, names],
    ]);
  });

  test("roles of bands differ between instruments", async () => {
    const folder = await scratchFolder();
    await write(folder, "LC08_L1TP_1_2_3_02_T1", ["B2", "B3", "B4", "B5", "B6", "B7"]);
    await write(folder, "LT05_L1TP_1_2_3_02_T1", ["B1", "B2", "B3", "B4", "B5", "B7"]);
    const { scenes } = await scanFolder(folder);
    const fileOf = (scene: Scene, role: Parameters<typeof bandForRole>[0]) => {
      const name = bandForRole(
        role,
        scene.bands.map((band) => band.name),
      );
      return scene.bands.find((band) => band.name === name)?.file.slice(-6, -4);
    };
    const roles = ["blue", "green", "red", "nir", "swir1", "swir2"] as const;
    expect(scenes.map((scene) => roles.map((role) => fileOf(scene, role)))).toEqual([
      ["B2", "B3", "B4", "B5", "B6", "B7"],
      ["B1", "B2", "B3", "B4", "B5", "B7"],
    ]);
  });

  test("the panchromatic band comes onto the others' grid, in its place", async () => {
    const folder = await scratchFolder();
    await write(folder, "LC08_L1TP_1_2_3_02_T1", ["B3", "B4"]);
    // As delivered: half as large pixels, and a quarter of a 30 m pixel less on each side.
    await writeBand(folder, "LC08_L1TP_1_2_3_02_T1_B8.TIF", 19, 15, 7.5);
    const [scene] = (await scanFolder(folder)).scenes as [Scene];
    expect([scene.width, bandNames(scene)]).toEqual([10, "Green,Red,Pan"]);
    expect(scene.bands[2]?.place).toEqual({ x: -0.5, y: -0.5, width: 20, height: 20 });
    const window = { x: 1, y: 1, width: 8, height: 8 };
    const { planes } = await openReader(folder).read(scene, window);
    const [, red, pan] = planes as [Float32Array, Float32Array, Float32Array];
    for (let i = 0; i < 64; i++) expect(Math.abs(red[i]! - pan[i]!)).toBeLessThan(1e-2);
    // The whole of it can be read too, edges included.
    const whole = await openReader(folder).read(scene, { x: 0, y: 0, width: 10, height: 10 });
    expect(whole.planes[2]?.every(Number.isFinite)).toBe(true);
  });
});

test("bands of one pixel size that lie one pixel apart keep their samples", async () => {
  const folder = await scratchFolder();
  await writeBand(folder, "x_B02.tif", 12, 10);
  await writeBand(folder, "x_B03.tif", 12, 10, 10);
  await writeBand(folder, "x_B04.tif", 12, 10);
  const [scene] = (await scanFolder(folder)).scenes as [Scene];
  const { planes } = await openReader(folder).read(scene, { x: 3, y: 3, width: 6, height: 6 });
  expect(Array.from(planes[1]!)).toEqual(Array.from(planes[0]!));
});

test("missing samples of a coarse band are not spread over the fine grid", async () => {
  const folder = await scratchFolder();
  const nodata = -9999;
  await writeRaster(folder, "x_B02.tif", {
    width: 8,
    height: 8,
    dtype: "int16",
    bands: [new Int16Array(64).fill(100)],
    nodata,
  });
  // The left half of the coarse band is missing.
  await writeRaster(folder, "x_B05.tif", {
    width: 4,
    height: 4,
    dtype: "int16",
    bands: [plane(new Int16Array(16), 4, (column) => (column < 2 ? nodata : 40))],
    nodata,
    geotransform: [EAST, 20, 0, NORTH, 0, -20],
  });
  const [scene] = (await scanFolder(folder)).scenes as [Scene];
  const { planes, valid } = await openReader(folder).read(scene, { x: 0, y: 0, width: 8, height: 8 });
  const row = Array.from(planes[1]!.subarray(0, 8));
  expect(row).toEqual([nodata, nodata, nodata, nodata, 40, 40, 40, 40]);
  expect(Array.from(valid!.subarray(0, 8))).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
});

test("Sentinel-1 and PlanetScope by their bands' names", async () => {
  const folder = await scratchFolder();
  for (const band of ["VV", "VH"]) await writeRaster(folder, `s1/S1A_IW_${band}.tif`);
  const eight = ["coastal_blue", "blue", "green_i", "green", "yellow", "red", "rededge", "nir"];
  const bands = eight.map(() => new Uint16Array(256));
  await writeRaster(folder, "ps/20220101_101010_99_2416_3B_AnalyticMS_SR_8b.tif", {
    bands,
    bandNames: eight,
  });
  await writeRaster(folder, "ps/20220101_101010_99_2416_3B_AnalyticMS.tif", { bands: bands.slice(0, 4) });
  const { scenes } = await scanFolder(folder);
  expect(scenes.map((scene) => [scene.sensor, bandNames(scene)])).toEqual([
    ["planetscope", "Blue,Green,Red,NIR"],
    ["planetscope", "Coastal,Blue,Green I,Green,Yellow,Red,Red edge,NIR"],
    ["sentinel1", "VH,VV"],
  ]);
});
