import { expect, it } from "vitest";
import { centerOf, placePatches, sideOf } from "../../../src/main/splits/placed-patch.ts";
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

it("places patches of all coordinate systems in one plane, in metres", () => {
  // The central meridian of zone 32 is 9° east; 0.02° of longitude there are about 1.47 km.
  const [patch, beside, geographic, elsewhere] = placePatches([
    tableOf([
      utm(32632, 499_500, 5_400_000),
      utm(32632, 500_500, 5_400_000),
      { epsg: 4326, geotransform: [8.99, 0.0002, 0, 48.76, 0, -0.0002] },
      { epsg: 4326, geotransform: [9.1, 0.0002, 0, 48.76, 0, -0.0002] },
    ]),
  ]);
  expect(sideOf(patch!) / 1000).toBeCloseTo(1, 2);
  expect(patch!.pixel).toBeCloseTo(10, 0);
  expect(Math.hypot(centerOf(beside!)[0] - centerOf(patch!)[0]) / 1000).toBeCloseTo(1, 2);
  expect(touch(patch!, beside!)).toBe(true);
  expect(touch(patch!, geographic!)).toBe(true);
  expect(touch(patch!, elsewhere!)).toBe(false);
});

it("knows the same ground in two zones", () => {
  // The border of the zones 32 and 33 at the equator, 12° east: 833,979 m and 166,021 m east.
  const [west, east, farther] = placePatches([
    tableOf([
      utm(32632, 833_979 - 1000, 100_000),
      utm(32633, 166_021 - 500, 100_000),
      utm(32633, 166_021 + 1000, 100_000),
    ]),
  ]);
  expect(touch(west!, east!)).toBe(true);
  expect(touch(west!, farther!)).toBe(false);
});

it("works across the 180th meridian", () => {
  const degrees = (west: number): Partial<Scene> => ({
    epsg: 4326,
    geotransform: [west, 0.0001, 0, -17, 0, -0.0001],
  });
  const [a, b, c] = placePatches([tableOf([degrees(179.985), degrees(179.99), degrees(-180)])]);
  expect(touch(b!, c!)).toBe(true);
  expect(touch(a!, c!)).toBe(false);
});

it("keeps scenes without georeferencing apart, each in its pixels", () => {
  const [a, b] = placePatches([tableOf([{}, {}])]);
  expect(a).toMatchObject({ plane: "scene s0", pixel: 1 });
  expect(sideOf(a!)).toBe(100);
  expect(touch(a!, b!)).toBe(false);
});
