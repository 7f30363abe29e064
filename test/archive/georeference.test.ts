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

  test("take the CRS's own text where it has no code", () => {
    const text = "+proj=utm +zone=32 +datum=WGS84 +units=m +no_defs";
    expect(footprint({ ...utm, epsg: null, proj4: text }, window)).toEqual(footprint(utm, window));
  });

  test("are null without georeferencing or with a CRS that isn't known", () => {
    expect(footprint(sceneRecord(), window)).toBeNull();
    expect(footprint({ ...utm, epsg: 26714 }, window)).toBeNull();
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
