import { join } from "node:path";
import { expect, test } from "vitest";
import { channelStatistics } from "../../src/archive/channel-statistics.ts";
import { scanFolder } from "../../src/archive/scan.ts";
import type { Scene } from "../../src/shared/domain/imagery.ts";
import { openReader, plane, sceneRecord, scratchFolder, writeRaster } from "./fixtures.ts";

const whole = (scene: Scene) => ({ x: 0, y: 0, width: scene.width, height: scene.height });
const GREY = { name: "Grey", bands: ["Grey"] as const };

async function onlyScene(folder: string): Promise<Scene> {
  const { scenes } = await scanFolder(folder);
  const [scene] = scenes;
  if (!scene) throw new Error("no scene");
  return scene;
}

test("of a small scene: of its pixels, without those that hold nothing", async () => {
  const folder = await scratchFolder();
  // 1 to 100 and a row of nodata.
  const band = plane(new Int16Array(110), 10, (x, y) => (y === 10 ? -9999 : 10 * y + x + 1));
  await writeRaster(folder, "a.tif", { width: 10, height: 11, dtype: "int16", nodata: -9999, bands: [band] });
  const scene = await onlyScene(folder);
  const [name = ""] = scene.bands.map((each) => each.name);
  const reader = openReader(folder);
  const place = { root: folder, scene, window: whole(scene) };
  const [made] = await channelStatistics(() => reader, [place], [{ name, bands: [name] }]);
  expect(made).toMatchObject({ min: 1, max: 100, count: 100 });
  expect(made?.mean).toBeCloseTo(50.5, 9);
  expect(made?.standardDeviation).toBeCloseTo(Math.sqrt((100 ** 2 - 1) / 12), 9);
  // numpy.percentile(range(1, 101), [2, 98, 0.5]) = 2.98, 98.02, 1.495
  expect(made?.p2).toBeCloseTo(2.98, 4);
  expect(made?.p98).toBeCloseTo(98.02, 4);
  expect(made?.quantiles?.[3]).toBeCloseTo(1.495, 4);
});

test("of a large scene: of its reduced copy, and of an index", async () => {
  const folder = await scratchFolder();
  const width = 2000;
  const height = 40;
  const red = plane(new Uint16Array(width * height), width, (x) => (x < 1000 ? 100 : 300));
  const nir = plane(new Uint16Array(width * height), width, () => 300);
  await writeRaster(folder, "a.tif", {
    width,
    height,
    bands: [red, red, red, nir],
    bandNames: ["Red", "Green", "Blue", "NIR"],
  });
  const scene = await onlyScene(folder);
  const reader = openReader(folder);
  const made = await channelStatistics(
    () => reader,
    [{ root: folder, scene, window: whole(scene) }],
    [
      { name: "Red", bands: ["Red"] },
      { name: "index", bands: ["NIR", "Red"] },
      { name: "missing", bands: ["B12"] },
    ],
  );
  expect(made.map(({ name }) => name)).toEqual(["Red", "index"]);
  // 2000 × 40 pixels in 768 × 15, of which the cut runs between two.
  expect(made[0]).toMatchObject({ min: 100, max: 300, mean: 200, count: 768 * 15 });
  expect(made[1]?.max).toBeCloseTo(0.5, 6);
  expect(made[1]?.min).toBeCloseTo(0, 6);
  expect(made[1]?.mean).toBeCloseTo(0.25, 6);
});

test("places that can't be read are passed over, unless there are no others", async () => {
  const folder = await scratchFolder();
  await writeRaster(folder, "a.tif", { width: 4, height: 4, bands: [new Uint16Array(16).fill(7)] });
  const scene = await onlyScene(folder);
  const reader = openReader(folder);
  const bands = [{ name: "Grey", file: "gone.tif", fileBand: 0, width: 4, height: 4 }];
  const gone = { root: folder, scene: sceneRecord({ width: 4, height: 4, bands }), window: whole(scene) };
  const here = {
    root: folder,
    scene: { ...scene, bands: scene.bands.map((band) => ({ ...band, name: "Grey" })) },
    window: whole(scene),
  };
  expect(await channelStatistics(() => reader, [gone, here], [GREY])).toMatchObject([{ min: 7, max: 7 }]);
  await expect(channelStatistics(() => reader, [gone], [GREY])).rejects.toThrow(join(folder, "gone.tif"));
});
