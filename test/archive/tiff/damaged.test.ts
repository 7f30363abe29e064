import { describe, expect, test } from "vitest";
import { inspectRaster } from "../../../src/archive/inspect.ts";
import { openRaster } from "../../../src/archive/tiff/raster.ts";
import { scratchFile, scratchFolder, wholeWindow } from "./scratch.ts";
import { buildTiff, type FieldSpec, type TiffSpec } from "./tiff-builder.ts";

const SPEC: TiffSpec = {
  width: 40,
  height: 30,
  samples: 2,
  bits: 16,
  rowsPerStrip: 10,
  pattern: (x, y, sample) => BigInt(x * 100 + y + sample),
};

async function failure(bytes: Uint8Array) {
  const path = await scratchFile(bytes);
  try {
    const raster = await openRaster(path);
    try {
      await raster.read(wholeWindow(raster));
    } finally {
      await raster.close();
    }
  } catch (error) {
    expect(String(error)).toContain(path);
    return error;
  }
  return undefined;
}

const damaged = (fields: Record<number, FieldSpec | null>, spec: Partial<TiffSpec> = {}) =>
  failure(buildTiff({ ...SPEC, ...spec, fields }));

describe("damaged files are refused", () => {
  test.each(["none", "packbits", "lzw", "deflate", "zstd"] as const)(
    "truncated at any place (%s)",
    async (compression) => {
      const whole = buildTiff({ ...SPEC, compression });
      expect(await failure(whole)).toBeUndefined();
      for (let length = 1; length < whole.length; length += Math.ceil(whole.length / 25)) {
        expect(await failure(whole.subarray(0, length)), `${length} bytes`).toMatchObject({
          code: expect.stringMatching(/^(corrupt|unsupported)-raster$/),
        });
      }
    },
  );

  test("a truncated strip names the strip", async () => {
    const bytes = buildTiff({
      ...SPEC,
      compression: "deflate",
      encode: (raw, block) => (block === 1 ? raw.subarray(0, 9) : raw),
    });
    expect(await failure(bytes)).toMatchObject({
      code: "corrupt-raster",
      message: expect.stringContaining("strip"),
    });
  });

  test.each([
    ["no width", { 256: null }],
    ["no height", { 257: null }],
    ["a width of 0", { 256: { type: 4, values: [0] } }],
    ["two widths", { 256: { type: 4, values: [40, 40] } }],
    ["a width that is a fraction", { 256: { type: 5, values: new Uint8Array(8) } }],
    ["a compression that is a fraction", { 259: { type: 12, values: [1] } }],
    ["no samples", { 277: { type: 3, values: [0] } }],
    ["no rows in a strip", { 278: { type: 4, values: [0] } }],
    ["an impossible arrangement", { 284: { type: 3, values: [3] } }],
    ["samples of 0 bits", { 258: { type: 3, values: [0, 0] } }],
    ["samples of different depths", { 258: { type: 3, values: [8, 16] } }],
    ["an impossible sample format", { 339: { type: 3, values: [9, 9] } }],
    ["too many extra samples", { 338: { type: 3, values: [0, 0, 0] } }],
    ["no strip positions", { 273: null }],
    ["no strip lengths", { 279: null }],
    [
      "too few strip positions",
      { 273: { type: 4, values: Array.from({ length: 20 }, () => 8) }, 278: { type: 4, values: [1] } },
    ],
    ["strip positions outside the file", { 273: { type: 4, values: [1e9, 1e9, 1e9] } }],
    ["strip positions of text", { 273: { type: 2, values: "abcdefghijk" } }],
    ["values outside the file", { 258: { type: 3, values: [16, 16], count: 2 ** 30 } }],
    ["tiles of no size", { 322: { type: 3, values: [0] }, 323: { type: 3, values: [16] } }],
  ] as [string, Record<number, FieldSpec | null>][])("%s", async (_, fields) => {
    expect(await damaged(fields)).toMatchObject({ code: "corrupt-raster" });
  });

  test.each([
    ["an unknown compression", { 259: { type: 3, values: [34712] } }, {}],
    ["complex numbers", { 339: { type: 3, values: [6, 6] } }, { bits: 64 }],
    ["samples of 40 bits", {}, { bits: 40 }],
    ["floating point numbers of 8 bits", {}, { bits: 8, format: 3 }],
  ] as [string, Record<number, FieldSpec>, Partial<TiffSpec>][])(
    "valid, but beyond the reader: %s",
    async (_, fields, spec) => {
      expect(await damaged(fields, spec)).toMatchObject({ code: "unsupported-raster" });
    },
  );

  test("predictors that do not exist, or not for these samples", async () => {
    const predictor = (value: number) => ({ 317: { type: 3, values: [value] } });
    for (const [value, spec] of [
      [7, {}],
      [3, {}],
      [2, { bits: 12 }],
    ] as const) {
      expect(await damaged(predictor(value), { ...spec, compression: "deflate" })).toMatchObject({
        code: "corrupt-raster",
      });
    }
  });

  test("what is no TIFF at all", async () => {
    for (const bytes of [
      new Uint8Array(),
      new Uint8Array(5),
      new TextEncoder().encode("hello, I am a text file"),
    ]) {
      expect(await failure(bytes)).toMatchObject({ code: "unsupported-raster" });
    }
  });

  test("missing files and folders", async () => {
    await expect(openRaster("/nowhere/at/all.tif")).rejects.toMatchObject({ code: "not-found" });
    await expect(openRaster(await scratchFolder())).rejects.toMatchObject({ code: expect.any(String) });
  });
});

describe("sizes that the file cannot back", () => {
  const huge = (values: number) => ({ type: 4, values: [values] });

  test.each(["none", "packbits", "lzw", "deflate", "zstd"] as const)(
    "one enormous strip (%s)",
    async (compression) => {
      const fields = { 256: huge(60_000), 257: huge(60_000), 278: huge(60_000) };
      const error = await damaged(fields, { compression, rowsPerStrip: 30 });
      expect(error).toMatchObject({ code: expect.stringMatching(/^(corrupt-raster|raster-too-large)$/) });
    },
  );

  test("a stream that inflates far beyond its block", async () => {
    const { deflateSync } = await import("node:zlib");
    const bomb = new Uint8Array(deflateSync(new Uint8Array(30_000_000)));
    const bytes = buildTiff({ ...SPEC, compressionCode: 8, encode: () => bomb });
    expect(await failure(bytes)).toMatchObject({ code: "corrupt-raster" });
  });

  test("an enormous raster of blocks that were never written opens, but its pixels are not summed up", async () => {
    const fields = {
      256: huge(2_000_000),
      257: huge(2_000_000),
      322: huge(1_000_000),
      323: huge(1_000_000),
      324: { type: 4, values: [0, 0, 0, 0] },
      325: { type: 4, values: [0, 0, 0, 0] },
    };
    const path = await scratchFile(buildTiff({ ...SPEC, tile: [16, 16], fields }));
    expect(await inspectRaster(path, { pixels: false })).toMatchObject({ width: 2_000_000 });
    expect(await inspectRaster(path, { pixels: true })).toMatchObject({
      error: { code: "raster-too-large" },
    });
  });
});

describe("directories that go round in circles", () => {
  test("a directory that follows itself, or lies outside the file", async () => {
    for (const target of ["self", "outside"]) {
      const bytes = buildTiff(SPEC);
      const view = new DataView(bytes.buffer);
      const at = view.getUint32(4, true);
      const next = at + 2 + 12 * view.getUint16(at, true);
      view.setUint32(next, target === "self" ? at : 0xfffffff0, true);
      expect(await failure(bytes)).toBeUndefined();
    }
  });

  test("a first directory outside the file", async () => {
    const bytes = buildTiff(SPEC);
    new DataView(bytes.buffer).setUint32(4, bytes.length + 100, true);
    expect(await failure(bytes)).toMatchObject({ code: "corrupt-raster" });
  });
});

test("random damage never brings the reader down", async () => {
  let state = 20_261_120;
  const random = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const originals = (["none", "packbits", "lzw", "deflate", "zstd"] as const).flatMap((compression) => [
    buildTiff({ ...SPEC, compression }),
    buildTiff({ ...SPEC, compression, bigTiff: true, bigEndian: true, planar: true, tile: [16, 16] }),
    buildTiff({ ...SPEC, compression, bits: 12 }),
  ]);
  for (let round = 0; round < 400; round++) {
    const bytes = originals[random(originals.length)]!.slice();
    for (let change = 0; change <= random(4); change++) {
      // Half of the changes hit the directory, which lies at the end.
      const place =
        random(2) === 0 ? random(bytes.length) : bytes.length - 1 - random(Math.min(400, bytes.length));
      bytes[place] = random(256);
    }
    const result = await inspectRaster(await scratchFile(bytes), { pixels: true });
    if ("error" in result) {
      expect(["corrupt-raster", "unsupported-raster", "raster-too-large"], result.error.message).toContain(
        result.error.code,
      );
    }
  }
});
