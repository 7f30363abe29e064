import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { nodataShare } from "../../src/archive/grid.ts";
import { renderPatch } from "../../src/archive/render.ts";
import { scanFolder } from "../../src/archive/scan.ts";
import { type Scene, sceneSchema } from "../../src/shared/domain/imagery.ts";
import { openReader, scratchFolder } from "./fixtures.ts";
import { buildTiff, type TiffSpec } from "./tiff/tiff-builder.ts";

const WHOLE = { x: 0, y: 0, width: 8, height: 8 };
const SHORT = 3;
const ASCII = 2;

/** Writes a file of 8 × 8 pixels and gives the scene that it is. */
async function sceneOf(spec: Partial<TiffSpec>, following: readonly TiffSpec[] = []) {
  const folder = await scratchFolder();
  const whole: TiffSpec = { width: 8, height: 8, samples: 1, bits: 8, pattern: () => 0n, ...spec };
  await writeFile(join(folder, "a.tif"), buildTiff(whole, following));
  const { scenes, unreadable } = await scanFolder(folder);
  expect(unreadable).toEqual([]);
  const scene = sceneSchema.parse(scenes[0]);
  return { scene, reader: openReader(folder) };
}

const names = (scene: Scene) => scene.bands.map(({ name }) => name);
const nodata = (text: string) => ({ 42113: { type: ASCII, values: text } });

/** A table of 2^bits colours, in TIFF's 16-bit values. */
function colorMap(bits: number, color: (index: number) => readonly [number, number, number]) {
  const colors = Array.from({ length: 2 ** bits }, (_, index) => color(index));
  const values = [0, 1, 2].flatMap((channel) => colors.map((one) => one[channel]! * 257));
  return { 320: { type: SHORT, values } };
}

describe("palettes", () => {
  const color = (index: number) => [index, 255 - index, (index * 7) % 256] as const;
  const spec = {
    photometric: 3,
    fields: colorMap(8, color),
    pattern: (x: number, y: number) => BigInt(8 * y + x),
  } as const;

  test("are red, green and blue to everybody who reads pixels", async () => {
    const { scene, reader } = await sceneOf(spec);
    expect([scene.sensor, scene.dtype, names(scene)]).toEqual([
      "aerial-rgb",
      "uint8",
      ["Red", "Green", "Blue"],
    ]);
    const { planes, valid } = await reader.read(scene, WHOLE);
    expect(valid).toBeNull();
    for (const [channel, plane] of planes.entries()) {
      expect(Array.from(plane)).toEqual(Array.from({ length: 64 }, (_, index) => color(index)[channel]));
    }
    const { planes: some } = await reader.read(
      scene,
      { x: 2, y: 1, width: 3, height: 1 },
      { bands: ["Blue"] },
    );
    expect(some.map((plane) => Array.from(plane))).toEqual([[10, 11, 12].map((index) => (index * 7) % 256)]);
  });

  test("are enlarged and shrunk in colours, not in numbers", async () => {
    const twoColors = { ...spec, fields: colorMap(8, (index) => (index === 9 ? [200, 0, 0] : [0, 100, 0])) };
    const { scene, reader } = await sceneOf({ ...twoColors, pattern: (x) => (x < 4 ? 9n : 250n) });
    const { planes } = await reader.read(scene, WHOLE, { width: 16, height: 16 });
    // Bilinear between 200 and 0: never the colour of a number between 9 and 250.
    expect(new Set(planes[0])).toEqual(new Set([200, 150, 50, 0]));
    expect(Array.from(planes[1]!.subarray(0, 16))).toEqual([
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      25,
      75,
      ...Array(7).fill(100),
    ]);
    const small = await reader.read(scene, WHOLE, { width: 4, height: 4 });
    expect(Array.from(small.planes[0]!.subarray(0, 4))).toEqual([200, 200, 0, 0]);
  });

  test("of greys are one grey band", async () => {
    const { scene, reader } = await sceneOf({
      ...spec,
      fields: colorMap(8, (index) => [255 - index, 255 - index, 255 - index]),
    });
    expect([scene.sensor, names(scene)]).toEqual(["grey", ["Grey"]]);
    const { planes } = await reader.read(scene, { x: 0, y: 0, width: 3, height: 1 });
    expect(Array.from(planes[0]!)).toEqual([255, 254, 253]);
  });

  test("of 4 bits, with a number for no data", async () => {
    const map = colorMap(4, (index) => [index * 10, 1, 2]);
    const { scene, reader } = await sceneOf({
      ...spec,
      bits: 4,
      fields: { ...map, ...nodata("3") },
      pattern: (x) => BigInt(x),
    });
    const { planes, valid } = await reader.read(
      scene,
      { x: 0, y: 0, width: 8, height: 1 },
      { bands: ["Red"] },
    );
    expect(Array.from(valid!)).toEqual([1, 1, 1, 0, 1, 1, 1, 1]);
    expect(planes[0]?.[2]).toBe(20);
    expect(await nodataShare(reader, scene, WHOLE)).toBe(1 / 8);
    const { rgba } = await renderPatch(
      reader,
      scene,
      { x: 0, y: 0, width: 8, height: 1 },
      {
        id: "true-colour",
        gamma: 1,
        stretch: { method: "fixed", scope: "project", low: 2, high: 98, deviations: 2, limits: null },
      },
      [],
    );
    expect([rgba[0], rgba[4], rgba[5], rgba[6], rgba[7], rgba[15]]).toEqual([0, 10, 1, 2, 255, 0]);
  });

  test("whose tables were written with 8-bit values are as bright as they should be", async () => {
    const values = [0, 1, 2].flatMap((channel) =>
      Array.from({ length: 256 }, (_, index) => color(index)[channel]!),
    );
    const { scene, reader } = await sceneOf({ ...spec, fields: { 320: { type: SHORT, values } } });
    const { planes } = await reader.read(scene, { x: 0, y: 0, width: 2, height: 1 });
    expect(Array.from(planes[1]!)).toEqual([255, 254]);
  });
});

describe("min is white", () => {
  test("is turned round, in 8 bits and in one", async () => {
    const { scene, reader } = await sceneOf({
      photometric: 0,
      pattern: (x) => BigInt(x),
      fields: nodata("7"),
    });
    const { planes, valid } = await reader.read(scene, { x: 0, y: 0, width: 8, height: 1 });
    expect(Array.from(planes[0]!.subarray(0, 7))).toEqual([255, 254, 253, 252, 251, 250, 249]);
    expect(Array.from(valid!)).toEqual([1, 1, 1, 1, 1, 1, 1, 0]);
    const bitmap = await sceneOf({ photometric: 0, bits: 1, pattern: (x) => BigInt(x % 2) });
    const bits = await bitmap.reader.read(bitmap.scene, { x: 0, y: 0, width: 4, height: 1 });
    expect(Array.from(bits.planes[0]!)).toEqual([1, 0, 1, 0]);
  });
});

describe("scale and offset", () => {
  const metadata = `<GDALMetadata>
  <Item name="SCALE" sample="0" role="scale">0.0000275</Item>
  <Item name="OFFSET" sample="0" role="offset">-0.2</Item>
</GDALMetadata>`;
  const fields = { 42112: { type: ASCII, values: metadata }, ...nodata("0") };

  test("give physical values; nodata is of what is stored", async () => {
    const { scene, reader } = await sceneOf({ bits: 16, pattern: (x) => BigInt(x * 1000), fields });
    expect([scene.dtype, scene.nodata]).toEqual(["float32", 0]);
    const { planes, valid } = await reader.read(scene, { x: 0, y: 0, width: 8, height: 1 });
    expect(Array.from(valid!)).toEqual([0, 1, 1, 1, 1, 1, 1, 1]);
    expect(planes[0]![0]).toBeNaN();
    for (let x = 1; x < 8; x++) expect(planes[0]![x]).toBeCloseTo(x * 0.0275 - 0.2, 6);
    expect(await nodataShare(reader, scene, WHOLE)).toBe(1 / 8);
    const half = await reader.read(scene, WHOLE, { width: 4, height: 4 });
    // Of the first two columns one is missing; its mean is the other one's value.
    expect(half.planes[0]![0]).toBeCloseTo(0.0275 - 0.2, 6);
    expect(half.planes[0]![1]).toBeCloseTo(2.5 * 0.0275 - 0.2, 6);
  });

  test("of 1 and 0 change nothing", async () => {
    const { scene } = await sceneOf({ bits: 16, pattern: () => 5n });
    expect(scene.bands[0]).toEqual({ name: "Grey", file: "a.tif", fileBand: 0, width: 8, height: 8 });
    expect(scene.dtype).toBe("uint16");
  });
});

describe("transparency", () => {
  /** The left half is transparent. */
  const half = (x: number) => (x < 4 ? 0n : 255n);

  test("an alpha band is validity and no imagery", async () => {
    const { scene, reader } = await sceneOf({
      samples: 4,
      photometric: 2,
      fields: { 338: { type: SHORT, values: [2] } },
      pattern: (x, y, sample) => (sample === 3 ? half(x) : BigInt(x + y)),
    });
    expect([scene.sensor, names(scene)]).toEqual(["aerial-rgb", ["Red", "Green", "Blue"]]);
    expect(scene.alpha).toEqual({ file: "a.tif", fileBand: 3 });
    const row = { x: 0, y: 0, width: 8, height: 1 };
    const { valid } = await reader.read(scene, row, { bands: ["Green"] });
    expect(Array.from(valid!)).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
    expect((await reader.read(scene, { x: 4, y: 0, width: 4, height: 8 })).valid).toBeNull();
    expect(await nodataShare(reader, scene, WHOLE)).toBe(0.5);
    for (const size of [2, 4, 6, 8, 16]) {
      const resized = await reader.read(scene, WHOLE, { width: size, height: size });
      const first = Array.from(resized.valid!.subarray(0, size));
      expect(first).toEqual(Array.from({ length: size }, (_, column) => (column < size / 2 ? 0 : 1)));
    }
  });

  test("a mask inside the file counts like an alpha band", async () => {
    const mask: TiffSpec = {
      width: 8,
      height: 8,
      samples: 1,
      bits: 1,
      photometric: 4,
      fields: { 254: { type: 4, values: [4] } },
      pattern: (x) => (x < 4 ? 0n : 1n),
    };
    const { scene, reader } = await sceneOf({ samples: 3, photometric: 2, pattern: (x) => BigInt(x) }, [
      mask,
    ]);
    expect(scene.alpha).toEqual({ file: "a.tif", fileBand: "mask" });
    const { valid } = await reader.read(scene, { x: 2, y: 3, width: 4, height: 1 });
    expect(Array.from(valid!)).toEqual([0, 0, 1, 1]);
    expect(await nodataShare(reader, scene, WHOLE)).toBe(0.5);
    const small = await reader.read(scene, WHOLE, { width: 4, height: 4 });
    expect(Array.from(small.valid!.subarray(0, 4))).toEqual([0, 0, 1, 1]);
  });

  test("so does a mask in a file beside it", async () => {
    const folder = await scratchFolder();
    const one = { width: 8, height: 8, bits: 8, samples: 1, pattern: (x: number) => half(x) };
    await writeFile(
      join(folder, "a.tif"),
      buildTiff({ ...one, samples: 3, photometric: 2, pattern: () => 9n }),
    );
    await writeFile(join(folder, "a.tif.msk"), buildTiff(one));
    const [scene] = (await scanFolder(folder)).scenes as [Scene];
    expect(scene.alpha).toEqual({ file: "a.tif.msk", fileBand: 0 });
    const { valid } = await openReader(folder).read(scene, { x: 2, y: 3, width: 4, height: 1 });
    expect(Array.from(valid!)).toEqual([0, 0, 1, 1]);
  });
});
