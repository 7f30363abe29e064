import { describe, expect, test } from "vitest";
import { openBytes, wholeWindow } from "./scratch.ts";
import { buildTiff, type Compression, type TiffSpec } from "./tiff-builder.ts";

const WIDTH = 21;
const HEIGHT = 19;

/** A bit pattern that uses all bits and changes in every direction (a multiplicative hash, reduced to `bits`). */
function pattern(bits: number) {
  const mask = (1n << BigInt(bits)) - 1n;
  return (x: number, y: number, sample: number) => {
    const seed = BigInt(x * 3 + y * 101 + sample * 7919 + 1);
    return ((seed * 0x9e3779b97f4a7c15n) >> 17n) & mask;
  };
}

/** What a bit pattern means as a number. */
function meaning(bits: number, format: number, value: bigint): number | bigint {
  const view = new DataView(new ArrayBuffer(8));
  if (format === 3) {
    view.setBigUint64(0, value << BigInt(64 - bits));
    if (bits === 64) return view.getFloat64(0);
    if (bits === 32) return view.getFloat32(0);
    return smallFloat(bits, value);
  }
  const signed = format === 2 && [8, 16, 32, 64].includes(bits);
  const number = signed ? BigInt.asIntN(bits, value) : value;
  return bits === 64 ? number : Number(number);
}

/** IEEE 754 binary16, and 24 bits with 7 of exponent. */
function smallFloat(bits: number, value: bigint): number {
  const exponentBits = bits === 16 ? 5 : 7;
  const mantissaBits = bits - 1 - exponentBits;
  const sign = value >> BigInt(bits - 1) ? -1 : 1;
  const exponent = Number((value >> BigInt(mantissaBits)) & BigInt((1 << exponentBits) - 1));
  const fraction = Number(value & BigInt((1 << mantissaBits) - 1)) / 2 ** mantissaBits;
  const bias = (1 << (exponentBits - 1)) - 1;
  if (exponent === (1 << exponentBits) - 1)
    return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (exponent === 0 ? fraction * 2 ** (1 - bias) : (1 + fraction) * 2 ** (exponent - bias));
}

async function expectPixels(spec: TiffSpec) {
  const raster = await openBytes(buildTiff(spec));
  const planes = await raster.read(wholeWindow(raster));
  for (let sample = 0; sample < spec.samples; sample++) {
    const expected: (number | bigint)[] = [];
    for (let y = 0; y < spec.height; y++) {
      for (let x = 0; x < spec.width; x++) {
        expected.push(meaning(spec.bits, spec.format ?? 1, spec.pattern(x, y, sample)));
      }
    }
    expect(Array.from(planes[sample]! as Float64Array), `sample ${sample}`).toEqual(expected);
  }
}

const DEPTHS: readonly [bits: number, format: number, dtype: string][] = [
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((bits): [number, number, string] => [bits, 1, "uint8"]),
  ...[9, 10, 11, 12, 13, 14, 15, 16].map((bits): [number, number, string] => [bits, 1, "uint16"]),
  ...[17, 20, 21, 28, 31, 32].map((bits): [number, number, string] => [bits, 1, "uint32"]),
  [64, 1, "uint64"],
  [8, 2, "int8"],
  [16, 2, "int16"],
  [32, 2, "int32"],
  [64, 2, "int64"],
  [16, 3, "float32"],
  [32, 3, "float32"],
  [64, 3, "float64"],
];

const COMPRESSIONS: readonly Compression[] = [
  "none",
  "packbits",
  "lzw",
  "lzw-low-bit-first",
  "deflate",
  "zstd",
];

describe.each(DEPTHS)("%i bits, sample format %i → %s", (bits, format, dtype) => {
  const predictors = (compression: Compression): (1 | 2 | 3)[] => {
    if (compression === "none" || compression === "packbits") return [1];
    const differences: 2[] = [8, 16, 32, 64].includes(bits) ? [2] : [];
    return [1, ...differences, ...(format === 3 ? ([3] as const) : [])];
  };

  test.each(COMPRESSIONS)("%s, all predictors, orders, arrangements", async (compression) => {
    for (const predictor of predictors(compression)) {
      for (const bigEndian of [false, true]) {
        for (const planar of [false, true]) {
          for (const arrangement of [{ tile: [16, 16] as const }, { rowsPerStrip: 5 }]) {
            // Each combination once with classic TIFF or BigTIFF, with one or three samples.
            const odd = bigEndian !== planar;
            await expectPixels({
              width: WIDTH,
              height: HEIGHT,
              samples: planar || odd ? 3 : 1,
              bits,
              format,
              bigEndian,
              bigTiff: odd,
              planar,
              compression,
              predictor,
              pattern: pattern(bits),
              ...arrangement,
            });
          }
        }
      }
    }
  });

  test("reports the type as GDAL does", async () => {
    const spec = { width: 3, height: 2, samples: 1, bits, format, pattern: pattern(bits) };
    const { info } = await openBytes(buildTiff(spec));
    expect(info).toMatchObject({
      dtype,
      bitsPerSample: bits,
      width: 3,
      height: 2,
      bands: 1,
      compression: "NONE",
    });
  });
});

describe("bit order", () => {
  test.each(COMPRESSIONS.filter((name) => name !== "lzw-low-bit-first"))(
    "FillOrder 2 with %s",
    async (compression) => {
      for (const bits of [1, 4, 8, 12, 16]) {
        const arrangement = { width: WIDTH, height: HEIGHT, samples: 2, bits, rowsPerStrip: 6 };
        await expectPixels({ ...arrangement, compression, fillOrder: 2, pattern: pattern(bits) });
      }
    },
  );
});

describe("arrangements", () => {
  test("uncompressed images of one strip larger than a piece", async () => {
    await expectPixels({ width: 700, height: 300, samples: 2, bits: 16, pattern: pattern(16) });
    await expectPixels({ width: 700, height: 300, samples: 2, bits: 16, planar: true, pattern: pattern(16) });
  });

  test("windows of any position equal the same part of the whole", async () => {
    const spec = {
      width: 61,
      height: 47,
      samples: 3,
      bits: 16,
      compression: "lzw",
      pattern: pattern(16),
    } as const;
    for (const arrangement of [
      { tile: [16, 32] as const },
      { rowsPerStrip: 10 },
      { tile: [16, 16] as const, planar: true },
    ]) {
      const raster = await openBytes(buildTiff({ ...spec, ...arrangement }));
      for (const [x, y, width, height] of [
        [0, 0, 1, 1],
        [60, 46, 1, 1],
        [15, 31, 3, 2],
        [7, 9, 40, 33],
        [0, 20, 61, 5],
      ] as const) {
        const planes = await raster.read({ x, y, width, height }, [2, 0]);
        expect(planes.length).toBe(2);
        for (const [index, sample] of [2, 0].entries()) {
          const expected = Array.from({ length: width * height }, (_, at) =>
            Number(spec.pattern(x + (at % width), y + Math.floor(at / width), sample)),
          );
          expect(Array.from(planes[index] as Uint16Array)).toEqual(expected);
        }
      }
    }
  });

  test("a strip that holds more rows than belong there, and a stream without its end", async () => {
    const spec = { width: 9, height: 7, samples: 1, bits: 8, rowsPerStrip: 4, pattern: pattern(8) };
    const { deflateSync } = await import("node:zlib");
    const longer = (raw: Uint8Array) => new Uint8Array(deflateSync(Buffer.concat([raw, Buffer.alloc(9)])));
    await expectPixels({ ...spec, compressionCode: 8, encode: longer });
    const unfinished = (raw: Uint8Array) => new Uint8Array(deflateSync(raw)).slice(0, -4);
    await expectPixels({ ...spec, compressionCode: 8, encode: unfinished });
  });

  test("blocks that were never written hold nodata, or 0", async () => {
    const spec = {
      width: 32,
      height: 16,
      samples: 1,
      bits: 16,
      tile: [16, 16] as const,
      pattern: pattern(16),
    };
    const encode = (raw: Uint8Array, block: number) => (block === 1 ? null : raw);
    for (const [fields, value] of [
      [{}, 0],
      [{ 42113: { type: 2, values: "7" } }, 7],
      [{ 42113: { type: 2, values: "-9999" } }, 0],
      [{ 42113: { type: 2, values: "99999999" } }, 65535],
    ] as const) {
      const raster = await openBytes(buildTiff({ ...spec, encode, fields }));
      const [plane] = await raster.read({ x: 16, y: 0, width: 16, height: 16 });
      expect(new Set(plane as Uint16Array)).toEqual(new Set([value]));
    }
  });

  test("a single uncompressed strip without, with zero and with a malformed length", async () => {
    const spec = { width: 12, height: 9, samples: 1, bits: 8, pattern: pattern(8) };
    await expectPixels({ ...spec, fields: { 279: null } });
    await expectPixels({ ...spec, fields: { 279: { type: 4, values: [0] } } });
    await expectPixels({ ...spec, fields: { 279: { type: 12, values: [108] } } });
  });

  test("not-a-number payloads survive", async () => {
    const patterns = [0x7fa00001n, 0xffc12345n, 0x7f800001n, 0x3f800000n];
    const raster = await openBytes(
      buildTiff({ width: 4, height: 1, samples: 2, bits: 32, format: 3, pattern: (x) => patterns[x]! }),
    );
    const [plane] = await raster.read(wholeWindow(raster));
    const words = new Uint32Array(plane!.buffer, plane!.byteOffset, 4);
    expect(Array.from(words, BigInt)).toEqual(patterns);
  });
});
