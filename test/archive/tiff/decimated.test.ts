import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import { openRaster, type Rectangle } from "../../../src/archive/tiff/raster.ts";
import { openBytes, scratchFile } from "./scratch.ts";
import { buildTiff, type TiffSpec } from "./tiff-builder.ts";

const execute = promisify(execFile);

const image = (width: number, height: number, more: Partial<TiffSpec>): TiffSpec => ({
  width,
  height,
  samples: 1,
  bits: 16,
  tile: [32, 32],
  pattern: () => 0n,
  ...more,
});

/** NewSubfileType of overviews. */
const OVERVIEW = { 254: { type: 4, values: [1] } } as const;

/** Area means of a part, the slow and plain way: every pixel of the image is asked for its share in every mean. */
function means(
  value: (x: number, y: number) => number,
  [fullWidth, fullHeight]: readonly [number, number],
  part: Rectangle,
  width: number,
  height: number,
): number[] {
  const overlap = (from: number, to: number, pixel: number) =>
    Math.max(0, Math.min(to, pixel + 1) - Math.max(from, pixel));
  const result: number[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [left, top] = [part.x + (x * part.width) / width, part.y + (y * part.height) / height];
      let [sum, known, all] = [0, 0, 0];
      for (let row = 0; row < fullHeight; row++) {
        for (let column = 0; column < fullWidth; column++) {
          const area =
            overlap(left, left + part.width / width, column) * overlap(top, top + part.height / height, row);
          if (area === 0) continue;
          all += area;
          if (Number.isNaN(value(column, row))) continue;
          sum += area * value(column, row);
          known += area;
        }
      }
      result.push(known < all / 2 - 1e-9 ? Number.NaN : sum / known);
    }
  }
  return result;
}

function expectClose(actual: Float32Array, expected: readonly number[]) {
  expect(actual).toHaveLength(expected.length);
  for (const [index, value] of expected.entries()) {
    if (Number.isNaN(value)) expect(actual[index]).toBeNaN();
    else expect(Math.abs(actual[index]! - value)).toBeLessThan(1e-5 * Math.max(1, Math.abs(value)));
  }
}

const PARTS: readonly [name: string, part: Rectangle, width: number, height: number][] = [
  ["whole, by whole numbers", { x: 0, y: 0, width: 90, height: 70 }, 45, 35],
  ["whole, by other factors", { x: 0, y: 0, width: 90, height: 70 }, 13, 9],
  ["to one pixel", { x: 0, y: 0, width: 90, height: 70 }, 1, 1],
  ["a part that begins and ends inside pixels", { x: 3.25, y: 10.5, width: 61.3, height: 41.75 }, 11, 17],
  ["not at all along rows", { x: 20, y: 1, width: 30, height: 60 }, 30, 4],
];

describe("means by area", () => {
  const value = (x: number, y: number, sample = 0) => (x * x * 3 + y * 211 + sample * 5003) % 40_009;
  const pattern = (x: number, y: number, sample: number) => BigInt(value(x, y, sample));

  test.each(PARTS)("%s", async (_, part, width, height) => {
    for (const layout of [{}, { planar: true }, { rowsPerStrip: 7 }, { compression: "deflate" }] as const) {
      const { tile, ...striped } = image(90, 70, { samples: 3, pattern, ...layout });
      const raster = await openBytes(
        buildTiff("rowsPerStrip" in layout || !tile ? striped : { ...striped, tile }),
      );
      const { planes, method, from } = await raster.readDecimated(part, width, height, { bands: [2, 0] });
      expect([method, from]).toEqual(["mean", { width: 90, height: 70 }]);
      for (const [index, band] of [2, 0].entries()) {
        expectClose(
          planes[index]!,
          means((x, y) => value(x, y, band), [90, 70], part, width, height),
        );
      }
    }
  });

  test("a linear ramp has at each place the value of its middle", async () => {
    const raster = await openBytes(
      buildTiff(image(400, 300, { tile: [64, 48], pattern: (x, y) => BigInt(x * 10 + y * 100) })),
    );
    const { planes } = await raster.readDecimated({ x: 40, y: 20, width: 320, height: 240 }, 32, 24);
    const expected = Array.from({ length: 32 * 24 }, (_, at) => {
      const [column, row] = [at % 32, Math.floor(at / 32)];
      return (40 + column * 10 + 4.5) * 10 + (20 + row * 10 + 4.5) * 100;
    });
    expectClose(planes[0]!, expected);
  });

  test("missing samples have no weight, and a mean that misses more than half is missing", async () => {
    const missing = (x: number, y: number) => (x * 13 + y * 7) % 5 < 2 || (x > 50 && (x + y) % 4 !== 0);
    const floats = new DataView(new ArrayBuffer(4));
    const bitsOf = (value: number) => {
      floats.setFloat32(0, value);
      return BigInt(floats.getUint32(0));
    };
    const part = { x: 0, y: 0, width: 90, height: 70 };
    const expected = means((x, y) => (missing(x, y) ? Number.NaN : value(x, y)), [90, 70], part, 19, 11);
    expect(expected.some(Number.isNaN)).toBe(true);
    const withNan = await openBytes(
      buildTiff(
        image(90, 70, {
          bits: 32,
          format: 3,
          pattern: (x, y) => bitsOf(missing(x, y) ? Number.NaN : value(x, y)),
        }),
      ),
    );
    expectClose((await withNan.readDecimated(part, 19, 11)).planes[0]!, expected);
    const withNodata = await openBytes(
      buildTiff(
        image(90, 70, {
          pattern: (x, y) => BigInt(missing(x, y) ? 65_535 : value(x, y)),
          fields: { 42113: { type: 2, values: "65535" } },
        }),
      ),
    );
    const filled = expected.map((mean) => (Number.isNaN(mean) ? 65_535 : mean));
    expectClose((await withNodata.readDecimated(part, 19, 11)).planes[0]!, filled);
    const taken = await withNodata.readDecimated(part, 19, 11, { nodata: null });
    const all = means((x, y) => (missing(x, y) ? 65_535 : value(x, y)), [90, 70], part, 19, 11);
    expectClose(taken.planes[0]!, all);
  });

  test("64-bit numbers", async () => {
    const raster = await openBytes(
      buildTiff(image(40, 40, { bits: 64, format: 2, pattern: () => BigInt.asUintN(64, -5n) })),
    );
    const { planes } = await raster.readDecimated({ x: 0, y: 0, width: 40, height: 40 }, 2, 2);
    expect(planes).toEqual([Float32Array.of(-5, -5, -5, -5)]);
  });
});

describe("the pixel in the middle", () => {
  const value = (x: number, y: number) => (x * 31 + y * 17) % 251;
  const colors = { 320: { type: 3, values: Array.from({ length: 768 }, () => 0) } } as const;

  test.each(PARTS)("of palettes: %s", async (_, part, width, height) => {
    const pattern = (x: number, y: number) => BigInt(value(x, y));
    const raster = await openBytes(
      buildTiff(image(90, 70, { bits: 8, photometric: 3, pattern, fields: colors })),
    );
    const { planes, method } = await raster.readDecimated(part, width, height);
    expect(method).toBe("nearest");
    const expected = Array.from({ length: width * height }, (_, at) =>
      value(
        Math.floor(part.x + ((at % width) + 0.5) * (part.width / width)),
        Math.floor(part.y + (Math.floor(at / width) + 0.5) * (part.height / height)),
      ),
    );
    expect(Array.from(planes[0]!)).toEqual(expected);
  });

  test("of one-bit images, and of others on demand", async () => {
    const part = { x: 0, y: 0, width: 90, height: 70 };
    const bilevel = await openBytes(buildTiff(image(90, 70, { bits: 1, pattern: (x) => BigInt(x % 2) })));
    expect((await bilevel.readDecimated(part, 18, 14)).method).toBe("nearest");
    const classes = await openBytes(buildTiff(image(90, 70, { pattern: (x) => BigInt(x % 5) })));
    const { planes } = await classes.readDecimated(part, 18, 14, { method: "nearest" });
    expect(new Set(planes[0])).toEqual(new Set([2]));
  });

  test("blocks without such a pixel are not read", async () => {
    const raster = await openRaster(
      await scratchFile(buildTiff(image(960, 960, { pattern: (x, y) => BigInt(x + y) }))),
      { cache: 0 },
    );
    onTestFinished(() => raster.close());
    const before = raster.bytesRead;
    const { planes } = await raster.readDecimated({ x: 0, y: 0, width: 960, height: 960 }, 3, 3, {
      method: "nearest",
    });
    expect(Array.from(planes[0]!)).toEqual([320, 640, 960, 640, 960, 1280, 960, 1280, 1600]);
    // The first block lies in the part of the file that is read when it is opened.
    expect(raster.bytesRead - before).toBeLessThanOrEqual(9 * 32 * 32 * 2);
  });
});

describe("overviews", () => {
  /** Values tell from which image they come. */
  const level = (width: number, height: number, mark: number, more: Partial<TiffSpec> = {}) =>
    image(width, height, { pattern: (x, y) => BigInt(mark * 10_000 + x + y), ...more });
  const full = level(301, 203, 1);
  const smaller = [level(151, 102, 2, { fields: OVERVIEW }), level(76, 51, 3, { fields: OVERVIEW })];
  const whole = { x: 0, y: 0, width: 301, height: 203 };

  test.each([
    [301, 203, 1],
    [200, 135, 1],
    [151, 102, 2],
    [150, 101, 2],
    [80, 54, 2],
    [76, 51, 3],
    [75, 50, 3],
    [10, 8, 3],
    [76, 102, 2],
  ])("%i × %i pixels come from the smallest image that has as many", async (width, height, mark) => {
    const raster = await openBytes(buildTiff(full, smaller));
    expect(raster.info.overviews).toBe(2);
    const { planes, from } = await raster.readDecimated(whole, width, height);
    expect(from.width).toBe([301, 151, 76][mark - 1]);
    for (const value of planes[0]!) expect(Math.floor(value / 10_000)).toBe(mark);
  });

  test("pixels of an overview come as they are where just they are asked for", async () => {
    for (const layout of [{ bigTiff: true }, { bigEndian: true }] as const) {
      const raster = await openBytes(
        buildTiff(
          { ...full, ...layout },
          smaller.map((overview) => ({ ...overview, ...layout })),
        ),
      );
      const { planes } = await raster.readDecimated(whole, 76, 51);
      const expected = Array.from({ length: 76 * 51 }, (_, at) => 30_000 + (at % 76) + Math.floor(at / 76));
      expectClose(planes[0]!, expected);
    }
  });

  test("a part is found in the overview, and only its blocks are read", async () => {
    const big = level(2048, 2048, 1, { compression: "deflate" });
    const half = level(1024, 1024, 2, { fields: OVERVIEW });
    const raster = await openRaster(await scratchFile(buildTiff(big, [half])), { cache: 0 });
    onTestFinished(() => raster.close());
    const before = raster.bytesRead;
    const { planes } = await raster.readDecimated({ x: 640, y: 1280, width: 256, height: 128 }, 128, 64);
    const expected = Array.from(
      { length: 128 * 64 },
      (_, at) => 20_000 + 320 + (at % 128) + 640 + Math.floor(at / 128),
    );
    expectClose(planes[0]!, expected);
    expect(raster.bytesRead - before).toBe(128 * 64 * 2);
  });

  test("in a file beside the raster, whose first image need not be marked", async () => {
    for (const marked of [true, false]) {
      const path = await scratchFile(buildTiff(full));
      const beside = marked ? smaller : [level(151, 102, 2), smaller[1]!];
      await writeFile(`${path}.ovr`, buildTiff(beside[0]!, beside.slice(1)));
      const raster = await openRaster(path);
      onTestFinished(() => raster.close());
      expect(raster.info.overviews).toBe(2);
      const { planes, from } = await raster.readDecimated(whole, 151, 102);
      expect(from).toEqual({ width: 151, height: 102 });
      expect(planes[0]![0]).toBe(20_000);
      expect((await raster.read(whole))[0]![0]).toBe(10_000);
    }
  });

  test("masks, pages, and overviews of another kind are passed over", async () => {
    const others = [
      level(151, 102, 4, { fields: { 254: { type: 4, values: [5] } } }),
      level(151, 102, 5),
      level(151, 102, 6, { samples: 2, fields: OVERVIEW }),
      level(151, 102, 2, { bits: 32, fields: OVERVIEW }),
      level(151, 102, 3, { compressionCode: 34712, fields: OVERVIEW }),
    ];
    const raster = await openBytes(buildTiff(full, others));
    const { from } = await raster.readDecimated(whole, 70, 50);
    expect(from.width).toBe(301);
  });

  test("damage in one is an error that names its file", async () => {
    const path = await scratchFile(buildTiff(full));
    const broken = level(151, 102, 2, {
      compression: "deflate",
      fields: OVERVIEW,
      encode: (raw) => raw.fill(7),
    });
    await writeFile(`${path}.ovr`, buildTiff(broken));
    const raster = await openRaster(path);
    onTestFinished(() => raster.close());
    await expect(raster.readDecimated(whole, 100, 70)).rejects.toMatchObject({
      code: "corrupt-raster",
      message: expect.stringContaining(`${path}.ovr, tile (0, 0)`),
    });
  });
});

test("parts outside, enlargements and unknown bands are refused", async () => {
  const raster = await openBytes(buildTiff(image(90, 70, {})));
  const part = { x: 0, y: 0, width: 90, height: 70 };
  for (const refused of [
    raster.readDecimated({ ...part, x: 1 }, 9, 7),
    raster.readDecimated(part, 91, 7),
    raster.readDecimated(part, 9.5, 7),
    raster.readDecimated(part, 0, 7),
    raster.readDecimated(part, 9, 7, { bands: [1] }),
  ])
    await expect(refused).rejects.toMatchObject({ code: "invalid-input" });
});

/** Prints each overview's size and bytes (as numbers of the type) of the first band, made by GDAL. */
const GDAL_OVERVIEWS = `
import sys, json
from osgeo import gdal
gdal.UseExceptions()
path, external, compress = sys.argv[1], sys.argv[2] == "external", sys.argv[3]
ds = gdal.GetDriverByName("GTiff").Create(path, 333, 217, 3, gdal.GDT_UInt16, ["TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=64", "COMPRESS=" + compress])
import numpy
y, x = numpy.mgrid[0:217, 0:333]
for band in range(3): ds.GetRasterBand(band + 1).WriteArray(((x * x + 37 * y + 1000 * band) % 5000).astype("uint16"))
ds = None
gdal.SetConfigOption("COMPRESS_OVERVIEW", compress)
ds = gdal.Open(path, gdal.GA_ReadOnly if external else gdal.GA_Update)
ds.BuildOverviews("AVERAGE", [2, 4, 8])
ds = None
ds = gdal.Open(path)
band = ds.GetRasterBand(2)
print(json.dumps([band.GetOverview(i).ReadAsArray().tolist() for i in range(band.GetOverviewCount())]))
`;

async function pythonWithGdal(): Promise<string | null> {
  for (const python of ["python3", "/usr/bin/python3"]) {
    try {
      await execute(python, ["-c", "from osgeo import gdal; import numpy"]);
      return python;
    } catch {
      // The next one may have it.
    }
  }
  return null;
}

const python = await pythonWithGdal();

describe.skipIf(python === null)("overviews made by GDAL (skipped where Python has no GDAL)", () => {
  test.each([
    ["internal", "DEFLATE"],
    ["external", "LZW"],
    ["external", "NONE"],
  ])("%s, %s", async (place, compression) => {
    const path = await scratchFile(new Uint8Array(0), "overviews.tif");
    const { stdout } = await execute(python!, ["-c", GDAL_OVERVIEWS, path, place, compression]);
    const levels = JSON.parse(stdout) as number[][][];
    const raster = await openRaster(path);
    onTestFinished(() => raster.close());
    expect(raster.info.overviews).toBe(3);
    for (const rows of levels) {
      const [width, height] = [rows[0]!.length, rows.length];
      const whole = { x: 0, y: 0, width: 333, height: 217 };
      const { planes, from } = await raster.readDecimated(whole, width, height, { bands: [1] });
      expect(from).toEqual({ width, height });
      expect(Array.from(planes[0]!)).toEqual(rows.flat());
    }
  });
});
