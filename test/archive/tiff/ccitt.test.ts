import { describe, expect, test } from "vitest";
import { openBytes, wholeWindow } from "./scratch.ts";
import { buildTiff, type TiffSpec } from "./tiff-builder.ts";

/** Strips that GDAL 3.6 wrote from the formulas below. */
const STRIPS = {
  pattern: {
    2: "NeOKOKOJwDVDqEOnQ6hDp0OoQ6dDocA1VrFaxWsUADWHVoeHVoeHVoeHFjUNUB4dWh4dWh4dWh4eHVoeHVoeHVoeHQ6dDqEOnQ6hDp0OoQ6A",
    3: "ABNeOKOKOJwATVDqEOnQ6hDp0OoQ6dDocAE1VrFaxWsUAAmsOrQ8OrQ8OrQ8OACLAAmoaoAI8OrQ8OrQ8OrQ8ACPDq0PDq0PDq0PAAjodOh1CHTodQh06HUIdA==",
    4: "JrmMxGMxGMxaBFRCKdAiohFOgRUQinQS4pDikOKQ44aQQUNIIKGkEFDiIiIiIjJqGqzDlWUOYcqyhzDlWUP///4QVlDhDCCsocIYQVlDhDCUAEAE",
  },
  longRuns: { 2: "wB8Dw2KYAfKQPDUA", 4: "OAPgeGyQHykDw1AAQAQ=" },
} as const;

const IMAGES = {
  pattern: {
    width: 37,
    height: 9,
    isBlack(x: number, y: number): boolean {
      if (y === 4 || y === 5) return y === 5;
      const row = y === 7 ? 6 : y;
      return (x * x + 3 * row * x + row) % 11 < 4;
    },
  },
  longRuns: {
    width: 2700,
    height: 2,
    isBlack: (x: number, y: number) => (y === 0 ? x >= 5 && x < 2650 : x >= 2600),
  },
} as const;

function fax(image: keyof typeof IMAGES, code: number, strip: Uint8Array, more: Partial<TiffSpec> = {}) {
  const { width, height } = IMAGES[image];
  return buildTiff({
    ...{ width, height, samples: 1, bits: 1, photometric: 0, compressionCode: code },
    pattern: () => 0n,
    encode: () => strip,
    ...more,
  });
}

async function pixels(bytes: Uint8Array): Promise<number[]> {
  const raster = await openBytes(bytes);
  const [plane] = await raster.read(wholeWindow(raster));
  return Array.from(plane as Uint8Array);
}

function expected(image: keyof typeof IMAGES): number[] {
  const { width, height, isBlack } = IMAGES[image];
  return Array.from({ length: width * height }, (_, at) =>
    isBlack(at % width, Math.floor(at / width)) ? 1 : 0,
  );
}

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, "base64"));
const bits = (text: string) =>
  Uint8Array.from(text.replace(/ /g, "").match(/.{1,8}/g) ?? [], (byte) =>
    Number.parseInt(byte.padEnd(8, "0"), 2),
  );

/** T.4: ends of line, and the codes that the hand-made rows need. */
const END = "000000000001";
const [WHITE2, WHITE3, BLACK2, BLACK3] = ["0111", "1000", "11", "10"];

describe("CCITT encodings", () => {
  test.each([
    ["pattern", 2],
    ["pattern", 3],
    ["pattern", 4],
    ["longRuns", 2],
    ["longRuns", 4],
  ] as const)("%s, compression %d", async (image, code) => {
    const strip = bytesOf((STRIPS[image] as Record<number, string>)[code]!);
    expect(await pixels(fax(image, code, strip))).toEqual(expected(image));
  });

  test("with the low bit first", async () => {
    const reversed = bytesOf(STRIPS.pattern[4]).map((byte) =>
      Number.parseInt(byte.toString(2).padStart(8, "0").split("").reverse().join(""), 2),
    );
    expect(await pixels(fax("pattern", 4, reversed, { fillOrder: 2 }))).toEqual(expected("pattern"));
  });

  test("compression 32771 begins rows at whole 16-bit words", async () => {
    const row = `${WHITE2}${BLACK3}${WHITE3}`.padEnd(16, "0");
    const spec = { width: 8, height: 2 };
    expect(await pixels(fax("pattern", 32771, bits(row + row), spec))).toEqual([
      ...[0, 0, 1, 1, 1, 0, 0, 0],
      ...[0, 0, 1, 1, 1, 0, 0, 0],
    ]);
  });

  const twoDimensional = { width: 8, height: 4, fields: { 292: { type: 4, values: [1] } } };

  test("two-dimensional Group 3: same row, shifted by one, passed over", async () => {
    const first = `${END}1${WHITE2}${BLACK3}${WHITE3}`;
    // V0 V0 V0; VR1 VL1 V0 (three black pixels become one); pass V0.
    const data = `${first}${END}0 1 1 1${END}0 011 010 1${END}0 0001 1`;
    expect(await pixels(fax("pattern", 3, bits(data), twoDimensional))).toEqual([
      ...[0, 0, 1, 1, 1, 0, 0, 0],
      ...[0, 0, 1, 1, 1, 0, 0, 0],
      ...[0, 0, 0, 1, 0, 0, 0, 0],
      ...[0, 0, 0, 0, 0, 0, 0, 0],
    ]);
  });

  test("a line that ends early is white from there on, one that is too long is cut", async () => {
    const short = `${END}${WHITE2}${BLACK2}`;
    const long = `${END}${WHITE2}${BLACK3}${WHITE2}${BLACK3}`;
    const full = `${END}${WHITE2}${BLACK3}${WHITE3}`;
    const spec = { width: 8, height: 3 };
    expect(await pixels(fax("pattern", 3, bits(short + long + full), spec))).toEqual([
      ...[0, 0, 1, 1, 0, 0, 0, 0],
      ...[0, 0, 1, 1, 1, 0, 0, 0],
      ...[0, 0, 1, 1, 1, 0, 0, 0],
    ]);
  });

  test("data that end early, and codes that do not exist, are refused", async () => {
    const early = bytesOf(STRIPS.pattern[4]).subarray(0, 40);
    await expect(pixels(fax("pattern", 4, early))).rejects.toMatchObject({ code: "corrupt-raster" });
    const unknown = bits(`${WHITE2}0000000010101010`);
    await expect(pixels(fax("pattern", 2, unknown))).rejects.toMatchObject({ code: "corrupt-raster" });
  });

  test("more than one bit a pixel is refused", async () => {
    const bytes = fax("pattern", 4, bytesOf(STRIPS.pattern[4]), { bits: 8 });
    await expect(pixels(bytes)).rejects.toMatchObject({ code: "unsupported-raster" });
  });
});
