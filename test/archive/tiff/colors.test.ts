import { describe, expect, test } from "vitest";
import { openRaster } from "../../../src/archive/tiff/raster.ts";
import { openBytes, scratchFile, wholeWindow } from "./scratch.ts";
import { buildTiff } from "./tiff-builder.ts";

const base = { width: 8, height: 6, bits: 8 } as const;

describe("colours that GDAL converts", () => {
  test.each([false, true])("8-bit CMYK becomes RGB with an opaque alpha (planar: %s)", async (planar) => {
    const ink = (x: number, y: number, sample: number) => (x * 31 + y * 17 + sample * 59) % 256;
    const raster = await openBytes(
      buildTiff({ ...base, samples: 4, planar, photometric: 5, pattern: (x, y, s) => BigInt(ink(x, y, s)) }),
    );
    expect(raster.info).toMatchObject({ bands: 4, photometric: "CMYK" });
    expect(raster.info.colorInterpretation).toEqual(["Red", "Green", "Blue", "Alpha"]);
    const planes = await raster.read(wholeWindow(raster));
    for (let at = 0; at < 48; at++) {
      const [x, y] = [at % 8, Math.floor(at / 8)];
      for (let band = 0; band < 3; band++) {
        const exact = ((255 - ink(x, y, 3)) * (255 - ink(x, y, band))) / 255;
        expect(Math.abs(Number(planes[band]![at]) - exact)).toBeLessThan(1);
      }
      expect(planes[3]![at]).toBe(255);
    }
  });

  test("16-bit CMYK stays as it is", async () => {
    const spec = { ...base, bits: 16, samples: 4, photometric: 5, pattern: (x: number) => BigInt(x * 1000) };
    const raster = await openBytes(buildTiff(spec));
    expect(raster.info.colorInterpretation).toEqual(["Cyan", "Magenta", "Yellow", "Black"]);
    const [plane] = await raster.read({ x: 0, y: 0, width: 8, height: 1 });
    expect(Array.from(plane as Uint16Array)).toEqual([0, 1000, 2000, 3000, 4000, 5000, 6000, 7000]);
  });

  test.each([
    [1, 1],
    [2, 1],
    [2, 2],
    [4, 2],
    [4, 4],
  ])("YCbCr with %i × %i subsampling, by Rec. 601", async (across, down) => {
    const luma = (x: number, y: number) => 60 + x * 9 + y * 11;
    const chroma = (x: number, y: number) =>
      [100 + Math.floor(x / across) * 9, 150 - Math.floor(y / down) * 8] as const;
    const encode = () => {
      const groups: number[] = [];
      for (let y = 0; y < base.height; y += down) {
        for (let x = 0; x < base.width; x += across) {
          for (let v = 0; v < down; v++) for (let h = 0; h < across; h++) groups.push(luma(x + h, y + v));
          groups.push(...chroma(x, y));
        }
      }
      return Uint8Array.from(groups);
    };
    const raster = await openBytes(
      buildTiff({
        ...base,
        samples: 3,
        photometric: 6,
        pattern: () => 0n,
        encode,
        fields: { 530: { type: 3, values: [across, down] } },
      }),
    );
    const planes = await raster.read(wholeWindow(raster));
    const clamp = (value: number) => Math.min(255, Math.max(0, value));
    for (let at = 0; at < 48; at++) {
      const [x, y] = [at % 8, Math.floor(at / 8)];
      const [cb, cr] = chroma(x, y);
      const exact = [
        luma(x, y) + 1.402 * (cr - 128),
        luma(x, y) - 0.344136 * (cb - 128) - 0.714136 * (cr - 128),
        luma(x, y) + 1.772 * (cb - 128),
      ];
      // libtiff's default reference levels stretch chroma by 1/127 of its range: a count at most.
      for (const [band, value] of exact.entries()) {
        expect(Math.abs(Number(planes[band]![at]) - clamp(value))).toBeLessThan(1.6);
      }
    }
  });

  test("CIE L*a*b* greys become grey", async () => {
    const light = [0, 64, 128, 200, 255];
    const raster = await openBytes(
      buildTiff({
        width: 5,
        height: 1,
        bits: 8,
        samples: 3,
        photometric: 8,
        pattern: (x, _, sample) => BigInt(sample === 0 ? light[x]! : 0),
      }),
    );
    const [red, green, blue, alpha] = (await raster.read(wholeWindow(raster))) as Uint8Array[];
    for (let x = 0; x < 5; x++) {
      // The default white point is warmer than sRGB's, so grey is not quite neutral.
      expect(red![x]! - green![x]!).toBeGreaterThanOrEqual(0);
      expect(green![x]! - blue![x]!).toBeGreaterThanOrEqual(0);
      if (x > 0) expect(green![x]).toBeGreaterThan(green![x - 1]!);
    }
    expect(green![4]).toBeGreaterThan(245);
    expect(new Set(alpha)).toEqual(new Set([255]));
  });
});

describe("samples that stay as they are", () => {
  test.each([
    [0, 1, ["Palette"], {}],
    [1, 2, ["Gray", "Alpha"], { 338: { type: 3, values: [2] } }],
    [2, 4, ["Red", "Green", "Blue", "Undefined"], { 338: { type: 3, values: [0] } }],
    [3, 1, ["Palette"], { 320: { type: 3, values: Array.from({ length: 768 }, (_, at) => at) } }],
    [9, 3, ["Undefined", "Undefined", "Undefined"], {}],
  ])("photometric interpretation %i", async (photometric, samples, colors, fields) => {
    const pattern = (x: number, y: number, s: number) => BigInt((x * 7 + y * 13 + s) % 256);
    const raster = await openBytes(buildTiff({ ...base, samples, photometric, fields, pattern }));
    expect(raster.info.colorInterpretation).toEqual(colors);
    const [plane] = await raster.read({ x: 0, y: 0, width: 3, height: 1 });
    expect(Array.from(plane as Uint8Array)).toEqual([0, 7, 14]);
  });

  test("a palette image without its palette is damaged, unless it can pass for grey", async () => {
    const spec = { ...base, samples: 1, photometric: 3, pattern: () => 1n };
    expect((await openBytes(buildTiff(spec))).info.colorInterpretation).toEqual(["Gray"]);
    const path = await scratchFile(buildTiff({ ...spec, bits: 4 }));
    await expect(openRaster(path)).rejects.toMatchObject({ code: "corrupt-raster" });
  });
});
