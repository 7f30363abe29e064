import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { inspectRaster } from "../../src/archive/inspect.ts";
import { scratchFile } from "./tiff/scratch.ts";
import { buildTiff } from "./tiff/tiff-builder.ts";

const pattern = (x: number, y: number, sample: number) => BigInt((x * 7 + y * 131 + sample * 11) % 4096);
const SPEC = {
  width: 33,
  height: 29,
  samples: 3,
  bits: 12,
  tile: [16, 16] as const,
  compression: "lzw",
  pattern,
} as const;

describe("inspectRaster", () => {
  test("hashes and sums up every sample in GDAL's type", async () => {
    const path = await scratchFile(buildTiff({ ...SPEC, bigEndian: true }));
    const found = await inspectRaster(path, { pixels: true });
    expect(found).toMatchObject({ path, width: 33, height: 29, bands: 3, dtype: "uint16", sensor: null });
    for (let sample = 0; sample < 3; sample++) {
      const values = Array.from({ length: 33 * 29 }, (_, at) =>
        Number(pattern(at % 33, Math.floor(at / 33), sample)),
      );
      const bytes = Buffer.alloc(values.length * 2);
      for (const [at, value] of values.entries()) bytes.writeUInt16LE(value, at * 2);
      expect("pixels" in found && found.pixels?.[sample]).toEqual({
        sha256: createHash("sha256").update(bytes).digest("hex"),
        min: Math.min(...values),
        max: Math.max(...values),
        mean: expect.closeTo(values.reduce((sum, value) => sum + value, 0) / values.length, 9),
      });
    }
  });

  test("leaves NaN out of the statistics, and knows none where nothing else is left", async () => {
    const float = (value: number) => BigInt(new Uint32Array(Float32Array.of(value).buffer)[0]!);
    const spec = { width: 2, height: 2, samples: 2, bits: 32, format: 3 } as const;
    const nan = (x: number, _: number, sample: number) => float(sample === 1 || x === 0 ? Number.NaN : 4);
    const found = await inspectRaster(await scratchFile(buildTiff({ ...spec, pattern: nan })), {
      pixels: true,
    });
    expect(found).toMatchObject({
      pixels: [
        { min: 4, max: 4, mean: 4 },
        { min: null, max: null, mean: null },
      ],
    });
  });

  test("decodes the first 16 bands, and none unless asked", async () => {
    const path = await scratchFile(buildTiff({ ...SPEC, samples: 20 }));
    const found = await inspectRaster(path, {
      pixels: true,
      sensorOf: (info) => `a ${info.bands}-band sensor`,
    });
    expect(found).toMatchObject({ bands: 20, sensor: "a 20-band sensor" });
    expect("pixels" in found && found.pixels?.length).toBe(16);
    expect(await inspectRaster(path, { pixels: false })).not.toHaveProperty("pixels");
  });

  test("survives JSON, whatever the nodata value", async () => {
    for (const [text, value] of [
      ["nan", "nan"],
      ["-inf", "-inf"],
      ["7", 7],
    ] as const) {
      const path = await scratchFile(buildTiff({ ...SPEC, fields: { 42113: { type: 2, values: text } } }));
      const found = await inspectRaster(path, { pixels: false });
      expect(JSON.parse(JSON.stringify(found))).toMatchObject({ nodata: value });
    }
  });

  test("gives an error in place of a result", async () => {
    const path = await scratchFile(new TextEncoder().encode("not a raster"));
    expect(await inspectRaster(path, { pixels: true })).toEqual({
      path,
      error: { code: "unsupported-raster", message: expect.stringContaining(path) },
    });
    expect(await inspectRaster("/missing.tif", { pixels: true })).toMatchObject({
      error: { code: "not-found" },
    });
  });
});
