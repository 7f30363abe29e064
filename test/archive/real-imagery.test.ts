import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { footprint } from "../../src/archive/georeference.ts";
import { cutScene, nodataShare, suggestGrid } from "../../src/archive/grid.ts";
import { renderPatch } from "../../src/archive/render.ts";
import { scanFolder } from "../../src/archive/scan.ts";
import { bandStatistics } from "../../src/archive/statistics.ts";
import { compositeSchema, type Scene } from "../../src/shared/domain/imagery.ts";
import type { PixelWindow } from "../../src/shared/raster.ts";
import { describeWithSharedData, openReader, SHARED_DATA } from "./fixtures.ts";

const full = ({ width, height }: Scene): PixelWindow => ({ x: 0, y: 0, width, height });

async function sceneIn(folder: string, name: string): Promise<Scene> {
  const { scenes } = await scanFolder(folder);
  const found = scenes.find((scene) => scene.name.endsWith(name));
  expect(found, name).toBeDefined();
  return found as Scene;
}

/** What GDAL reads from one file of `scenes/`. */
function gdalBands(file: string): { min: number; max: number; mean: number }[] {
  const expected: Record<string, { band: { min: number; max: number; mean: number }[] }> = JSON.parse(
    readFileSync(join(SHARED_DATA, "scenes/expected.json"), "utf8"),
  );
  return expected[file]?.band ?? [];
}

function expectFootprint(
  scene: Scene,
  window: PixelWindow,
  corners: readonly (readonly [number, number])[],
): void {
  const ring = footprint(scene, window) ?? [];
  for (const [i, corner] of corners.entries()) {
    expect(Math.abs((ring[i]?.[0] ?? Number.NaN) - corner[0])).toBeLessThan(1e-6);
    expect(Math.abs((ring[i]?.[1] ?? Number.NaN) - corner[1])).toBeLessThan(1e-6);
  }
}

describeWithSharedData("UC Merced", () => {
  const folder = join(SHARED_DATA, "ucmerced");

  test("every file is one RGB patch", async () => {
    const { scenes, unreadable } = await scanFolder(folder);
    expect(unreadable).toEqual([]);
    expect(scenes).toHaveLength(826);
    const grid = suggestGrid(scenes);
    expect(grid.patchSize).toBe("whole");
    expect(scenes.flatMap((scene) => cutScene(scene, grid))).toHaveLength(826);
    expect(new Set(scenes.map((scene) => scene.sensor))).toEqual(new Set(["aerial-rgb"]));
  });
});

describeWithSharedData("BigEarthNet", () => {
  const folder = join(SHARED_DATA, "bigearthnet_sample");

  test("twelve files are one scene on the 10 m grid, radar is apart", async () => {
    const { scenes, unreadable } = await scanFolder(folder);
    expect(unreadable).toEqual([]);
    expect(scenes.filter((scene) => scene.sensor === "sentinel2-12")).toHaveLength(6);
    expect(scenes).toHaveLength(12);
    const scene = scenes.find(({ name }) => name.endsWith("S2B_MSIL2A_20180204T94161_57_38")) as Scene;
    expect(scene.bands.map((band) => `${band.name} ${band.width}`)).toEqual(
      "B01 20,B02 120,B03 120,B04 120,B05 60,B06 60,B07 60,B08 120,B8A 60,B09 20,B11 60,B12 60".split(","),
    );
    // GDAL's corners of the same file, transformed by PROJ.
    expectFootprint(scene, full(scene), [
      [30.289896306, 62.681671665],
      [30.288701854, 62.670918574],
      [30.312090254, 62.670367699],
      [30.313293163, 62.681120538],
    ]);
  });

  test("60 m pixels are interpolated as GDAL does", async () => {
    const scene = await sceneIn(folder, "S2A_MSIL2A_20170613T101031_87_48");
    const reader = openReader(folder);
    const { planes } = await reader.read(scene, { x: 60, y: 60, width: 6, height: 2 }, { bands: ["B01"] });
    // gdal.ReadAsArray(buf_xsize=120, buf_ysize=120, GRIORA_Bilinear)[60:62, 60:66], rounded by GDAL.
    const gdal = [420, 410, 400, 400, 412, 423, 438, 425, 412, 412, 424, 437];
    for (const [i, value] of gdal.entries())
      expect(Math.abs((planes[0]?.[i] ?? Number.NaN) - value)).toBeLessThan(0.51);
  });
});

describeWithSharedData("Sentinel-2 scene without a nodata tag", () => {
  const folder = join(SHARED_DATA, "scenes/hatteras_s2_l1c");

  test("eight files, the outside found by itself", async () => {
    const scene = await sceneIn(folder, "2018-10-13_S2B_L1C");
    expect(scene).toMatchObject({ sensor: "sentinel2", nodata: 255, width: 2629, height: 2201, epsg: 4326 });
    expect(scene.bands.map((band) => band.name)).toEqual("B01 B02 B03 B04 B05 B06 B07 B08".split(" "));
    expectFootprint(scene, { x: 640, y: 640, width: 64, height: 64 }, [
      [-76.658686349, 34.682839538],
      [-76.658686349, 34.678109092],
      [-76.652936184, 34.678109092],
      [-76.652936184, 34.682839538],
    ]);
    const reader = openReader(folder);
    // Shares of pixels that are 255 in all bands, counted by NumPy.
    for (const [x, y, share] of [
      [0, 0, 0.3300933837890625],
      [0, 512, 0.2403564453125],
      [1280, 1024, 0],
      [192, 1152, 0.841766357421875],
    ] as const) {
      expect(await nodataShare(reader, scene, { x, y, width: 256, height: 256 })).toBe(share);
    }
  });
});

describeWithSharedData("Sentinel-2 chip", () => {
  const folder = join(SHARED_DATA, "scenes");
  const file = "sen1floods11_spain/Spain_7370579_S2Hand.tif";

  test("statistics agree with GDAL and NumPy", async () => {
    const scene = await sceneIn(folder, "Spain_7370579_S2Hand");
    expect(scene.sensor).toBe("sentinel2-13");
    const statistics = await bandStatistics(openReader(folder), [{ scene, window: full(scene) }], {
      seed: 1,
    });
    for (const [i, { min, max, mean }] of gdalBands(file).entries()) {
      expect(statistics[i]).toMatchObject({ min, max, count: 512 * 512 });
      expect(statistics[i]?.mean).toBeCloseTo(mean, 6);
    }
    // numpy.percentile(band, [2, 98]) and numpy.std of B02 and B08.
    expect(statistics[1]).toMatchObject({ name: "B02", p2: 909, p98: 1932 });
    expect(statistics[7]).toMatchObject({ name: "B08", p2: 331, p98: 3223 });
    expect(statistics[1]?.standardDeviation).toBeCloseTo(274.90412767172, 6);
    expect(statistics[7]?.standardDeviation).toBeCloseTo(824.5620689452453, 6);
  });

  test("flooded fields are dark in colour infrared and blue in the index", async () => {
    const scene = await sceneIn(folder, "Spain_7370579_S2Hand");
    const reader = openReader(folder);
    const statistics = await bandStatistics(reader, [{ scene, window: full(scene) }], { seed: 1 });
    const bands = await reader.read(scene, full(scene), { bands: ["B03", "B08", "B04"] });
    const [green, nir, red] = bands.planes as [Float32Array, Float32Array, Float32Array];
    const paint = async (id: string) =>
      (await renderPatch(reader, scene, full(scene), compositeSchema.parse({ id }), statistics)).rgba;
    const [infrared, index] = await Promise.all([paint("colour-infrared"), paint("ndvi")]);
    let water = 0;
    let forest = 0;
    for (let i = 0; i < green.length; i++) {
      const pixel = 4 * i;
      const ndwi = ((green[i] ?? 0) - (nir[i] ?? 0)) / ((green[i] ?? 0) + (nir[i] ?? 0));
      const ndvi = ((nir[i] ?? 0) - (red[i] ?? 0)) / ((nir[i] ?? 0) + (red[i] ?? 0));
      if (ndwi > 0.3 && ndvi < -0.1) {
        water++;
        expect(infrared[pixel]).toBeLessThan(80);
        expect(index[pixel + 2]).toBeGreaterThan(index[pixel] ?? 255);
      }
      if (ndvi > 0.6) {
        forest++;
        expect(infrared[pixel]).toBeGreaterThan(infrared[pixel + 1] ?? 255);
        expect(index[pixel + 1]).toBeGreaterThan(index[pixel] ?? 255);
      }
    }
    expect(Math.min(water, forest)).toBeGreaterThan(1000);
  });
});

describeWithSharedData("NAIP", () => {
  const folder = join(SHARED_DATA, "scenes");

  test("four bands, cut into patches, footprint as GDAL's", async () => {
    const scene = await sceneIn(folder, "m_4709963_se_14_1_20160816");
    expect(scene).toMatchObject({ sensor: "aerial-rgbn", nodata: 0, epsg: 26914 });
    const windows = cutScene(scene, { patchSize: 256, stride: null, edges: "drop", nodataLimit: 0.25 });
    expect(windows).toHaveLength(6);
    expectFootprint(scene, { x: 512, y: 256, width: 256, height: 256 }, [
      [-99.151854315, 47.02511461],
      [-99.151821662, 47.013596272],
      [-99.134981, 47.01361736],
      [-99.135010031, 47.025135707],
    ]);
    const statistics = await bandStatistics(openReader(folder), [{ scene, window: full(scene) }], {
      seed: 1,
    });
    for (const [i, { min, max, mean }] of gdalBands(`${scene.name}.tif`).entries()) {
      expect(statistics[i]).toMatchObject({ min, max });
      expect(statistics[i]?.mean).toBeCloseTo(mean, 6);
    }
  });
});
