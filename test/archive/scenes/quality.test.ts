import { describe, expect, test } from "vitest";
import { cloudShare } from "../../../src/archive/cloud-share.ts";
import { scanFolder } from "../../../src/archive/scan.ts";
import { isCompanionFile } from "../../../src/archive/scenes/file-names.ts";
import { parseQualityFileName } from "../../../src/archive/scenes/quality-names.ts";
import type { Grid, QualityKind, Scene } from "../../../src/shared/domain/imagery.ts";
import { sceneSchema } from "../../../src/shared/domain/imagery.ts";
import type { GeoTransform, SampleArray } from "../../../src/shared/raster.ts";
import { openReader, plane, sceneRecord, scratchFolder, writeRaster } from "../fixtures.ts";

const GROUND: GeoTransform = [600_000, 10, 0, 5_300_000, 0, -10];
const WHOLE = { x: 0, y: 0, width: 40, height: 40 };

/** A scene of two bands on 40 × 40 pixels of 10 m. */
async function writeScene(folder: string, prefix: string): Promise<void> {
  for (const band of ["B02", "B03"]) {
    await writeRaster(folder, `${prefix}_${band}.tif`, {
      width: 40,
      height: 40,
      bands: [new Uint16Array(1600).fill(700)],
      geotransform: GROUND,
    });
  }
}

/** A layer of `width × width` pixels on the same ground. */
async function writeLayer<T extends SampleArray>(
  folder: string,
  path: string,
  samples: T,
  value: (column: number, row: number) => number,
  more: Partial<Parameters<typeof writeRaster>[2]> = {},
): Promise<void> {
  const width = Math.sqrt(samples.length);
  const meters = 400 / width;
  await writeRaster(folder, path, {
    width,
    height: width,
    dtype: samples instanceof Uint8Array ? "uint8" : samples instanceof Float32Array ? "float32" : "uint16",
    bands: [plane(samples, width, value)],
    geotransform: [600_000, meters, 0, 5_300_000, 0, -meters],
    ...more,
  });
}

async function onlyScene(folder: string): Promise<Scene> {
  const { scenes, unreadable } = await scanFolder(folder);
  expect(unreadable).toEqual([]);
  expect(scenes).toHaveLength(1);
  return sceneSchema.parse(scenes[0]);
}

const shareOf = (folder: string, scene: Scene, window = WHOLE, rules: Partial<Grid> = {}) =>
  cloudShare(openReader(folder), scene, window, rules);

describe("a layer is found", () => {
  test("beside its scene, at another resolution, and looked at window by window", async () => {
    const folder = await scratchFolder();
    await writeScene(folder, "a/T32_20200101");
    // Cloud (9) in the upper left quarter, snow (11) beside it, vegetation (4) below.
    await writeLayer(folder, "a/T32_20200101_SCL_20m.tif", new Uint8Array(400), (column, row) =>
      row >= 10 ? 4 : column < 10 ? 9 : 11,
    );
    const scene = await onlyScene(folder);
    expect(scene.quality).toEqual({
      kind: "scl",
      file: "a/T32_20200101_SCL_20m.tif",
      fileBand: 0,
      width: 20,
      height: 20,
    });
    expect(await shareOf(folder, scene)).toBe(0.25);
    expect(await shareOf(folder, scene, { x: 0, y: 0, width: 20, height: 20 })).toBe(1);
    expect(await shareOf(folder, scene, { x: 20, y: 20, width: 20, height: 20 })).toBe(0);
    expect(await shareOf(folder, scene, { x: 10, y: 10, width: 20, height: 20 })).toBe(0.25);
    expect(await shareOf(folder, scene, WHOLE, { cloudClasses: [11, 9] })).toBe(0.5);
    expect(await shareOf(folder, scene, WHOLE, { cloudClasses: [] })).toBe(0);
  });

  test("in a Sentinel-2 product's other folder; the classification counts more than the probability", async () => {
    const folder = await scratchFolder();
    const granule = "X.SAFE/GRANULE/L2A_T32UQD_A1";
    await writeScene(folder, `${granule}/IMG_DATA/R10m/T32UQD_20200101T1`);
    await writeLayer(folder, `${granule}/QI_DATA/MSK_CLDPRB_20m.tif`, new Uint8Array(400), () => 90);
    expect((await onlyScene(folder)).quality?.kind).toBe("cloud-probability");
    await writeLayer(
      folder,
      `${granule}/IMG_DATA/R20m/T32UQD_20200101T1_SCL_20m.tif`,
      new Uint8Array(400),
      () => 4,
    );
    await writeLayer(
      folder,
      `${granule}/IMG_DATA/R60m/T32UQD_20200101T1_SCL_60m.tif`,
      new Uint8Array(49),
      () => 4,
    );
    const { quality } = await onlyScene(folder);
    expect([quality?.kind, quality?.width]).toEqual(["scl", 20]);
  });

  test("as a band of the scene's own file, which is no imagery then", async () => {
    const folder = await scratchFolder();
    const names = ["B2", "B3", "B4", "B8", "QA60", "SCL"];
    await writeRaster(folder, "export.tif", {
      width: 40,
      height: 40,
      bands: names.map((name) => new Uint16Array(1600).fill(name === "SCL" ? 8 : 500)),
      bandNames: names,
    });
    const scene = await onlyScene(folder);
    expect(scene.sensor).toBe("sentinel2-4");
    expect(scene.quality).toMatchObject({ kind: "scl", file: "export.tif", fileBand: 5 });
    expect(await shareOf(folder, scene)).toBe(1);
  });

  test("that is larger than the scene is looked at where the scene lies", async () => {
    const folder = await scratchFolder();
    await writeScene(folder, "x");
    // 100 × 100 pixels, of which the scene covers columns 30–69 and rows 20–59; cloud in those columns from 50 on.
    await writeLayer(folder, "x_cloudmask.tif", new Uint8Array(10_000), (column) => (column >= 50 ? 1 : 0), {
      geotransform: [600_000 - 300, 10, 0, 5_300_000 + 200, 0, -10],
    });
    const scene = await onlyScene(folder);
    expect(scene.quality?.place).toEqual({ x: 30, y: 20, width: 40, height: 40 });
    expect(await shareOf(folder, scene)).toBe(0.5);
    expect(await shareOf(folder, scene, { x: 0, y: 0, width: 20, height: 40 })).toBe(0);
    expect(await shareOf(folder, scene, { x: 19, y: 7, width: 4, height: 4 })).toBe(0.75);
  });

  test("not on other ground, and never for radar", async () => {
    const folder = await scratchFolder();
    await writeScene(folder, "x");
    await writeRaster(folder, "x_VV.tif");
    await writeRaster(folder, "x_VH.tif");
    await writeLayer(folder, "x_SCL.tif", new Uint8Array(400), () => 9, {
      geotransform: [700_000, 20, 0, 5_300_000, 0, -20],
    });
    const { scenes, unreadable } = await scanFolder(folder);
    expect(scenes.map(({ quality }) => quality)).toEqual([undefined, undefined]);
    expect(unreadable).toEqual([
      { path: "x_SCL.tif", message: expect.stringContaining("does not cover x, so clouds") },
    ]);
  });

  test("nearest samples are taken: classes are never averaged", async () => {
    const folder = await scratchFolder();
    await writeScene(folder, "x");
    // 0 and 4 alternate: their mean, 2, is "dark", and none of them counts here.
    await writeLayer(
      folder,
      "x_SCL.tif",
      new Uint8Array(1600 * 1600),
      (column, row) => ((column + row) % 2) * 4,
    );
    const scene = await onlyScene(folder);
    expect(await shareOf(folder, scene, WHOLE, { cloudClasses: [2] })).toBe(0);
    expect(await shareOf(folder, scene, WHOLE, { cloudClasses: [0, 4] })).toBe(1);
  });
});

describe("what samples mean", () => {
  const share = (kind: QualityKind, samples: readonly number[], rules: Partial<Grid> = {}) => {
    const quality = { kind, file: "q.tif", fileBand: 0, width: 40, height: 40 };
    const reader = { readQuality: async () => Float32Array.from(samples) };
    return cloudShare(reader, sceneRecord({ quality }), WHOLE, rules);
  };

  test.each([
    // Values of real scenes: clear land (21824), water (21952) and snow (30048), cloud (22280), shadow (23888).
    ["landsat-qa", [1, 2, 4, 22280, 23888], [0, 21824, 21952, 30048]],
    ["landsat-bqa", [1, 2800, 2976, 6816], [0, 2720, 2724, 3744]],
    ["landsat-pixel-qa", [1, 328, 352, 834], [322, 324, 336]],
    ["fmask", [2, 4, 8, 255], [0, 16, 32, 64]],
    ["qa60", [1024, 2048, 3072], [0, 1]],
    ["cloud-mask", [1, 2, 255], [0]],
    ["scl", [0, 1, 3, 8, 9, 10], [2, 4, 5, 6, 7, 11]],
    ["cloud-probability", [51, 100], [0, 50]],
    ["cloud-probability-255", [128, 255], [0, 127]],
    ["cloud-probability-1", [0.51, 1], [0, 0.5]],
  ] as const)("%s", async (kind, unusable, usable) => {
    for (const value of unusable)
      expect([value, await share(kind, [value, Number.NaN])]).toEqual([value, 0.5]);
    for (const value of usable) expect([value, await share(kind, [value, Number.NaN])]).toEqual([value, 0]);
  });

  test("the threshold of probabilities can be chosen", async () => {
    expect(await share("cloud-probability-1", [0.3, 0.6], { cloudProbability: 60 })).toBe(0);
    expect(await share("cloud-probability-1", [0.3, 0.6], { cloudProbability: 25 })).toBe(1);
    expect(await share("cloud-probability", [30, 60], { cloudProbability: 30 })).toBe(0.5);
  });

  test("a scene without a layer has no clouds", async () => {
    expect(await cloudShare({ readQuality: async () => null }, sceneRecord(), WHOLE)).toBe(0);
  });
});

test.each([
  ["LC08_L2SP_1_2_3_02_T1_QA_PIXEL.TIF", "landsat-qa", "LC08_L2SP_1_2_3_02_T1"],
  ["LC08_L1TP_1_2_3_01_T1_BQA.TIF", "landsat-bqa", "LC08_L1TP_1_2_3_01_T1"],
  ["LC08_L1TP_1_2_3_01_T1_pixel_qa.tif", "landsat-pixel-qa", "LC08_L1TP_1_2_3_01_T1"],
  ["HLS.L30.T31TCJ.2020001T101010.v2.0.Fmask.tif", "fmask", "HLS.L30.T31TCJ.2020001T101010.v2.0"],
  ["G/IMG_DATA/R20m/T32UQD_20200101_SCL_20m.tif", "scl", "G/IMG_DATA/T32UQD_20200101"],
  ["G/QI_DATA/MSK_CLDPRB_20m.tif", "cloud-probability", "G/QI_DATA"],
  ["a/SCL.tif", "scl", "a"],
  ["x_QA60.tif", "qa60", "x"],
  ["x_cloudmask.tif", "cloud-mask", "x"],
  ["x_cloud_mask.tif", "cloud-mask", "x"],
  ["x_CLM.tif", "cloud-mask", "x"],
  ["x_CLP.tif", "cloud-probability-255", "x"],
  ["x_s2cloudless.tif", "cloud-probability", "x"],
  ["x_cloud_probability.tif", "cloud-probability", "x"],
])("%s is a quality layer", (path, kind, prefix) => {
  expect(parseQualityFileName(path)).toEqual({ kind, prefix });
  expect(isCompanionFile(path)).toBe(true);
});

test.each([
  "mask.tif",
  "x_mask.tif",
  "unmasked.tif",
  "scl/image1.tif",
  "x_LabelHand.tif",
  "x_B02.tif",
  "cloud12.tif",
])("%s is none", (path) => {
  expect(parseQualityFileName(path)).toBeNull();
});
