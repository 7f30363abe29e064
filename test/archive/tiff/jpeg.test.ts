import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import { openRaster } from "../../../src/archive/tiff/raster.ts";
import { openBytes, scratchFile, wholeWindow } from "./scratch.ts";
import { buildTiff } from "./tiff-builder.ts";

const library = createRequire(import.meta.url)("jpeg-js") as typeof import("jpeg-js");

const WIDTH = 45;
const HEIGHT = 38;

/** A smooth picture with some noise. */
function picture(): Buffer {
  const data = Buffer.alloc(WIDTH * HEIGHT * 4, 255);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      data[(y * WIDTH + x) * 4] = 128 + 100 * Math.sin(x / 7) + ((x * 31 + y * 17) % 11);
      data[(y * WIDTH + x) * 4 + 1] = 128 + 90 * Math.cos(y / 9) - ((x * 13 + y * 7) % 9);
      data[(y * WIDTH + x) * 4 + 2] = (x * 3 + y * 2) % 256;
    }
  }
  return data;
}

function tiffOf(jpeg: Uint8Array, photometric: number): Uint8Array {
  return buildTiff({
    width: WIDTH,
    height: HEIGHT,
    samples: 3,
    bits: 8,
    photometric,
    compressionCode: 7,
    pattern: () => 0n,
    encode: () => jpeg,
    fields: photometric === 6 ? { 530: { type: 3, values: [1, 1] } } : {},
  });
}

describe("JPEG", () => {
  test.each([20, 60, 95, 100])(
    "of quality %i agrees with another decoder to a count or two",
    async (quality) => {
      const { data } = library.encode({ width: WIDTH, height: HEIGHT, data: picture() }, quality);
      // The stream holds YCbCr; PhotometricInterpretation alone decides whether it is converted.
      for (const [photometric, colorTransform] of [
        [6, true],
        [2, false],
      ] as const) {
        const reference = library.decode(data, { useTArray: true, formatAsRGBA: false, colorTransform }).data;
        const raster = await openBytes(tiffOf(data, photometric));
        expect(raster.info.compression).toBe(photometric === 6 ? "YCbCr JPEG" : "JPEG");
        const planes = await raster.read(wholeWindow(raster));
        for (const [band, plane] of planes.entries()) {
          let largest = 0;
          for (let at = 0; at < plane.length; at++) {
            largest = Math.max(largest, Math.abs((plane as Uint8Array)[at]! - reference[at * 3 + band]!));
          }
          expect(largest, `band ${band}`).toBeLessThanOrEqual(3);
        }
      }
    },
  );

  test("tables may stand in the directory", async () => {
    const { data } = library.encode({ width: WIDTH, height: HEIGHT, data: picture() }, 80);
    const { tables, image } = splitTables(data);
    const whole = await openBytes(tiffOf(data, 6));
    const split = await openBytes(
      buildTiff({
        width: WIDTH,
        height: HEIGHT,
        samples: 3,
        bits: 8,
        photometric: 6,
        compressionCode: 7,
        pattern: () => 0n,
        encode: () => image,
        fields: { 347: { type: 7, values: tables }, 530: { type: 3, values: [1, 1] } },
      }),
    );
    expect(await split.read(wholeWindow(split))).toEqual(await whole.read(wholeWindow(whole)));
  });

  test("a truncated stream is refused, whatever its length", async () => {
    const { data } = library.encode({ width: WIDTH, height: HEIGHT, data: picture() }, 50);
    for (let length = 2; length < data.length - 4; length += 29) {
      const path = await scratchFile(tiffOf(data.subarray(0, length), 6));
      const raster = await openRaster(path);
      await expect(raster.read(wholeWindow(raster))).rejects.toMatchObject({ code: "corrupt-raster" });
      await raster.close();
    }
  });
});

/** Takes DQT and DHT segments out of a stream into an abbreviated stream of tables. */
function splitTables(data: Uint8Array) {
  const tables: number[] = [0xff, 0xd8];
  const image: number[] = [0xff, 0xd8];
  let at = 2;
  while (data[at + 1] !== 0xda) {
    const length = 2 + data[at + 2]! * 256 + data[at + 3]!;
    const target = data[at + 1] === 0xdb || data[at + 1] === 0xc4 ? tables : image;
    target.push(...data.subarray(at, at + length));
    at += length;
  }
  image.push(...data.subarray(at));
  tables.push(0xff, 0xd9);
  return { tables: Uint8Array.from(tables), image: Uint8Array.from(image) };
}
