import { describe, expect, test } from "vitest";
import { center, footprint, pixelSize } from "../../src/archive/georeference.ts";
import { projectionOf } from "../../src/archive/projections.ts";
import { sceneRecord } from "./fixtures.ts";

/** EPSG code, x, y, longitude, latitude: computed by PROJ 9 through GDAL 3.6. */
const PLACES: readonly (readonly [number, number, number, number, number])[] = [
  [4326, 0.3, 0.2, 0.3, 0.2],
  [3857, 33395.8472, 22263.9434, 0.3, 0.2],
  [6933, 28945.8841, 25514.6073, 0.3, 0.2],
  [3031, 8696.3088, 1660857.4542, 0.3, -74.8],
  [3413, 1145708.0777, -1133772.6355, 0.3, 75.2],
  [3035, 3995332.9232, 3540271.8087, 4.925, 54.864999998],
  [2154, 513095.4973, 6608996.0626, 0.56, 46.555],
  [27700, 324762.2623, 632464.7972, -3.194999988, 55.579999999],
  [28992, 163352.5496, 493028.9706, 5.510000002, 52.425000004],
  [31370, 176930.6525, 155006.4291, 4.749999996, 50.705000003],
  [3812, 676931.9089, 655010.1706, 4.75, 50.705],
  [2056, 2682599.7816, 1207677.0273, 8.525000008, 47.01500001],
  [31287, 423722.3239, 445675.613, 13.650000001, 47.910000008],
  [2180, 530085.6391, 533347.29, 19.445, 52.665],
  [3006, 624798.126, 6900444.6297, 17.4, 62.215],
  [2193, 1583056.9984, 5515061.0577, 172.8, -40.515],
  [5070, 39621.7017, 1561494.8551, -95.55, 37.095],
  [3310, 89642.518, -60257.5246, -118.985, 37.47],
  [3577, 154499.8615, -2880659.5867, 133.57, -26.58],
  [5880, 5502570.2969, 8431732.1429, -49.345, -14.135],
  [5186, 227071.3247, 370873.9484, 127.3, 35.935],
  [32632, 524767.3464, 4672025.9391, 9.3, 42.2],
  [32701, 525682.4848, 5594397.402, -176.7, -39.8],
  [32733, 525682.4848, 5594397.402, 15.3, -39.8],
  [26914, 519135.6027, 6107629.7224, -98.7, 55.115],
  [28355, 529457.8172, 6696688.5797, 147.305, -29.86],
  [7855, 529457.8172, 6696688.5797, 147.305, -29.86],
  [31983, 532399.4654, 8453912.1191, -44.7, -13.985],
  [6691, 528324.3515, 3544908.7446, 141.3, 32.04],
];

/** Half a centimetre on the ground. */
const TOLERANCE = 5e-8;

test.each(PLACES)("EPSG:%i agrees with PROJ", (epsg, x, y, longitude, latitude) => {
  const scene = sceneRecord({ epsg, geotransform: [x - 5, 1, 0, y + 5, 0, -1] });
  const [east = Number.NaN, north = Number.NaN] = center(scene, { x: 4, y: 4, width: 2, height: 2 }) ?? [];
  expect(Math.abs(east - longitude)).toBeLessThan(TOLERANCE);
  expect(Math.abs(north - latitude)).toBeLessThan(TOLERANCE);
});

/** Local datums: seven parameters, or three, for a whole country. The same places by PROJ. */
const LOCAL: readonly (readonly [number, number, number, number, number])[] = [
  [26714, 523629.871533, 4995556.086834, -98.7, 45.115],
  [23031, 524861.165436, 4672231.28279, 3.3, 42.2],
  [29193, 532444.242713, 8453955.750266, -44.7, -13.985],
  [29168, 388827.550585, 221131.039053, -76, 2],
  [4267, -97.999648, 39.999996, -98, 40],
  [4230, 5.001133, 45.00098, 5, 45],
  [4314, 9.001045, 50.001148, 9, 50],
  [4277, -1.998551, 52.999692, -2, 53],
  [4301, 139.003182, 35.996817, 139, 36],
  [4618, -49.999552, -9.999589, -50, -10],
  [4284, 40.001572, 50.000012, 40, 50],
  [4322, 9.999846, 9.999959, 10, 10],
  [4312, 14.000828, 47.500498, 14, 47.5],
  [4289, 5.500452, 52.200994, 5.5, 52.2],
  [4149, 8.001038, 47.001324, 8, 47],
  [4272, 172.999829, -41.001746, 173, -41],
  [4313, 4.498736, 50.500555, 4.5, 50.5],
];
const TWENTY_METRES = 2e-4;

test.each(LOCAL)("EPSG:%i is within twenty metres of PROJ", (epsg, x, y, longitude, latitude) => {
  const step = epsg < 5000 ? 1e-7 : 1;
  const scene = sceneRecord({ epsg, geotransform: [x - 5 * step, step, 0, y + 5 * step, 0, -step] });
  const [east = Number.NaN, north = Number.NaN] = center(scene, { x: 4, y: 4, width: 2, height: 2 }) ?? [];
  expect(Math.abs(east - longitude)).toBeLessThan(TWENTY_METRES);
  expect(Math.abs(north - latitude)).toBeLessThan(TWENTY_METRES);
});

describe("footprints", () => {
  const utm = sceneRecord({
    epsg: 32632,
    geotransform: [600_000, 10, 0, 5_300_000, 0, -10],
    width: 64,
    height: 64,
  });
  const window = { x: 8, y: 16, width: 32, height: 16 };

  const area = (ring: readonly (readonly [number, number])[]) =>
    ring.slice(1).reduce((sum, [x, y], i) => {
      const [x0, y0] = ring[i] ?? [0, 0];
      return sum + (x0 * y - x * y0) / 2;
    }, 0);

  test("are closed and counter-clockwise, whichever way the raster lies", () => {
    const southUp = { ...utm, geotransform: [600_000, 10, 0, 5_300_000, 0, 10] };
    const rotated = { ...utm, geotransform: [600_000, 6, 8, 5_300_000, 8, -6] };
    for (const scene of [utm, southUp, rotated]) {
      const ring = footprint(scene, window) ?? [];
      expect(ring).toHaveLength(5);
      expect(ring[4]).toEqual(ring[0]);
      expect(area(ring)).toBeGreaterThan(0);
    }
  });

  test("go on beyond the 180° meridian without a jump", () => {
    const scene = (epsg: number, x: number, y: number) =>
      sceneRecord({ epsg, geotransform: [x, 200, 0, y, 0, -200], width: 100, height: 100 });
    const whole = { x: 0, y: 0, width: 100, height: 100 };
    // Corners by PROJ: upper left, lower left, lower right, upper right.
    const expected = [
      [179.94530079, -17.16168787],
      [179.9423258, -17.34221579],
      [180.13031252, -17.34500219],
      [180.13310524, -17.16444352],
    ];
    const ring = footprint(scene(32701, 175_000, 8_100_000), whole) ?? [];
    expect(ring).toHaveLength(5);
    for (const [corner, [longitude = 0, latitude = 0]] of expected.entries()) {
      expect(ring[corner]?.[0]).toBeCloseTo(longitude, 7);
      expect(ring[corner]?.[1]).toBeCloseTo(latitude, 7);
    }
    expect(area(ring)).toBeGreaterThan(0);
    const [longitude = 0] = center(scene(32701, 175_000, 8_100_000), whole) ?? [];
    expect(longitude).toBeLessThan(-179.9);
    // Grids that count from 0° to 360° are brought to ±180°.
    const world = sceneRecord({ epsg: 4326, geotransform: [190, 0.1, 0, 10, 0, -0.1] });
    expect(center(world, { x: 0, y: 0, width: 10, height: 10 })).toEqual([-169.5, 9.5]);
    expect(footprint(world, { x: 0, y: 0, width: 10, height: 10 })?.map(([x]) => x)).toEqual([
      -170, -170, -169, -169, -170,
    ]);
  });

  test("take the CRS's own text where it has no code", () => {
    const text = "+proj=utm +zone=32 +datum=WGS84 +units=m +no_defs";
    expect(footprint({ ...utm, epsg: null, proj4: text }, window)).toEqual(footprint(utm, window));
  });

  test("are null without georeferencing or with a CRS that isn't known", () => {
    expect(footprint(sceneRecord(), window)).toBeNull();
    expect(footprint({ ...utm, epsg: 29902 }, window)).toBeNull();
    expect(center({ ...utm, epsg: null }, window)).toBeNull();
    expect(footprint({ ...utm, epsg: null, proj4: "+proj=nonsense" }, window)).toBeNull();
  });

  test("codes outside a UTM family aren't taken for a zone", () => {
    expect([32600, 32661, 32761, 25827, 28345].map((epsg) => projectionOf({ epsg, proj4: null }))).toEqual(
      Array(5).fill(null),
    );
  });
});

test("pixel sizes are lengths along columns and rows", () => {
  expect(pixelSize({ geotransform: [0, 0.5, 0, 0, 0, -0.25] })).toEqual([0.5, 0.25]);
  expect(pixelSize({ geotransform: [0, 6, 8, 0, 8, -6] })).toEqual([10, 10]);
  expect(pixelSize({ geotransform: null })).toBeNull();
});
