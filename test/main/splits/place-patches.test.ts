import { expect, it } from "vitest";
import { createPatchPlacer } from "../../../src/main/splits/place-patches.ts";
import { centerOf, GROUND, sideOf } from "../../../src/main/splits/placed-patches.ts";
import { touch } from "../../../src/main/splits/touching.ts";
import type { PatchTable, Scene } from "../../../src/shared/domain/imagery.ts";
import { sceneRecord } from "../../archive/fixtures.ts";

/** One patch of 100 × 100 pixels from each scene. */
function tableOf(scenes: readonly Partial<Scene>[]): PatchTable {
  const column = (value: (index: number) => number) => Int32Array.from(scenes, (_, index) => value(index));
  return {
    root: "/",
    scenes: scenes.map((scene, index) => sceneRecord({ name: `s${index}`, ...scene })),
    ids: column((index) => index + 1),
    scene: column((index) => index),
    x: column(() => 0),
    y: column(() => 0),
    width: column(() => 100),
    height: column(() => 100),
  };
}

/** 1 km × 1 km in UTM, from its upper left corner. */
const utm = (epsg: number, east: number, north: number): Partial<Scene> => ({
  epsg,
  geotransform: [east, 10, 0, north, 0, -10],
});

function placeScenes(scenes: readonly Partial<Scene>[]) {
  const placer = createPatchPlacer();
  placer.add([tableOf(scenes)]);
  return placer.finish();
}

it("places patches of all coordinate systems in one plane, in metres", () => {
  // The central meridian of zone 32 is 9° east; 0.02° of longitude there are about 1.47 km.
  const placed = placeScenes([
    utm(32632, 499_500, 5_400_000),
    utm(32632, 500_500, 5_400_000),
    { epsg: 4326, geotransform: [8.99, 0.0002, 0, 48.76, 0, -0.0002] },
    { epsg: 4326, geotransform: [9.1, 0.0002, 0, 48.76, 0, -0.0002] },
  ]);
  expect(sideOf(placed, 0) / 1000).toBeCloseTo(1, 2);
  expect(placed.pixel[0]).toBeCloseTo(10, 0);
  expect((centerOf(placed, 1, 0) - centerOf(placed, 0, 0)) / 1000).toBeCloseTo(1, 2);
  expect(touch(placed, 0, 1)).toBe(true);
  expect(touch(placed, 0, 2)).toBe(true);
  expect(touch(placed, 0, 3)).toBe(false);
});

it("measures the distance between two zones on the ground", () => {
  // 1° of a great circle is 111.195 km; 60° north, 15° east is on the central meridian of zone 33.
  const placed = placeScenes([utm(32633, 499_500, 6_651_500), utm(32632, 499_500, 6_651_500)]);
  const apart = Math.abs(centerOf(placed, 0, 0) - centerOf(placed, 1, 0));
  expect(apart / (6 * 111_195 * Math.cos((60 * Math.PI) / 180))).toBeCloseTo(1, 2);
});

it("knows the same ground in two zones", () => {
  // The border of the zones 32 and 33 at the equator, 12° east: 833,979 m and 166,021 m east.
  const placed = placeScenes([
    utm(32632, 833_979 - 1000, 100_000),
    utm(32633, 166_021 - 500, 100_000),
    utm(32633, 166_021 + 1000, 100_000),
  ]);
  expect(touch(placed, 0, 1)).toBe(true);
  expect(touch(placed, 0, 2)).toBe(false);
});

it("works across the 180th meridian", () => {
  const degrees = (west: number): Partial<Scene> => ({
    epsg: 4326,
    geotransform: [west, 0.0001, 0, -17, 0, -0.0001],
  });
  const placed = placeScenes([degrees(179.985), degrees(179.99), degrees(-180)]);
  expect(touch(placed, 1, 2)).toBe(true);
  expect(touch(placed, 0, 2)).toBe(false);
});

it("keeps scenes without georeferencing apart, each in its pixels", () => {
  const placed = placeScenes([{}, {}]);
  expect(placed.plane[0]).not.toBe(placed.plane[1]);
  expect([...placed.plane]).not.toContain(GROUND);
  expect(placed.pixel[0]).toBe(1);
  expect(sideOf(placed, 0)).toBe(100);
  expect(touch(placed, 0, 1)).toBe(false);
});

it("keeps scenes of the same name in two sources apart, and orders by id", () => {
  const placer = createPatchPlacer();
  const second = { ...tableOf([{}]), root: "/other", ids: Int32Array.of(7) };
  const first = { ...tableOf([{}]), ids: Int32Array.of(3) };
  placer.add([second, first]);
  const placed = placer.finish();
  expect([...placed.ids]).toEqual([3, 7]);
  expect(touch(placed, 0, 1)).toBe(false);
});
