import { describe, expect, test } from "vitest";
import type { PatchReader } from "../../src/archive/patch-reader.ts";
import { renderPatch } from "../../src/archive/render.ts";
import { type BandStatistics, compositeSchema, type Scene } from "../../src/shared/domain/imagery.ts";
import { sceneRecord } from "./fixtures.ts";

/** A reader of one row of given samples. */
function samples(bands: Record<string, number[]>, valid: number[] | null = null): Pick<PatchReader, "read"> {
  return {
    read: async (_scene, _window, { bands: names = [] } = {}) => {
      const planes = names.map((name) => Float32Array.from(bands[name] ?? []));
      return { planes, width: planes[0]?.length ?? 0, height: 1, valid: valid && Uint8Array.from(valid) };
    },
  };
}

function scene(bands: Record<string, number[]>, more: Partial<Scene> = {}): Scene {
  return sceneRecord({
    height: 1,
    bands: Object.keys(bands).map((name) => ({ name, file: "a.tif", fileBand: 0, width: 100, height: 1 })),
    ...more,
  });
}

/** A project where `mean` lies so bright that nothing is lifted. */
function statistics(name: string, p2: number, p98: number, mean = p2 + (p98 - p2) / 2): BandStatistics {
  return { name, p2, p98, mean, min: 0, max: p98, standardDeviation: 1, count: 1 };
}

async function paint(
  bands: Record<string, number[]>,
  composite: Record<string, unknown>,
  known: BandStatistics[] = [],
  more: Partial<Scene> = {},
  valid: number[] | null = null,
): Promise<number[][]> {
  const width = Object.values(bands)[0]?.length ?? 0;
  const window = { x: 0, y: 0, width, height: 1 };
  const full = compositeSchema.parse({ id: "true-colour", ...composite });
  const { rgba } = await renderPatch(samples(bands, valid), scene(bands, more), window, full, known);
  return Array.from({ length: width }, (_, i) => [...rgba.subarray(4 * i, 4 * i + 4)]);
}

const rgb = { Red: [0, 100, 150, 200, 999], Green: [0, 0, 50, 100, 100], Blue: [10, 10, 20, 30, 40] };

describe("stretch", () => {
  test("the project's percentiles become black and white, band by band", async () => {
    const known = [statistics("Red", 100, 200), statistics("Green", 0, 100), statistics("Blue", 10, 30)];
    expect(await paint(rgb, {}, known)).toEqual([
      [0, 0, 0, 255],
      [0, 0, 0, 255],
      [128, 128, 128, 255],
      [255, 255, 255, 255],
      [255, 255, 255, 255],
    ]);
  });

  test("aerial pictures keep their balance: one range for all bands", async () => {
    const known = [statistics("Red", 100, 200), statistics("Green", 0, 100), statistics("Blue", 10, 30)];
    const pixels = await paint(rgb, {}, known, { sensor: "aerial-rgb" });
    expect(pixels[2]).toEqual([
      Math.round((150 / 200) * 255),
      Math.round((50 / 200) * 255),
      Math.round((20 / 200) * 255),
      255,
    ]);
  });

  test("the type's full range", async () => {
    const grey = { Grey: [0, 51, 255] };
    expect(await paint(grey, { id: "single-band", stretch: "none" }, [], { dtype: "uint8" })).toEqual([
      [0, 0, 0, 255],
      [51, 51, 51, 255],
      [255, 255, 255, 255],
    ]);
  });

  test("the patch's own percentiles, without what is no data", async () => {
    const grey = { Grey: [-9999, 10, 15, 30] };
    const pixels = await paint(grey, { id: "single-band", stretch: "patch" }, [], {}, [0, 1, 1, 1]);
    // numpy.percentile([10, 15, 30], [2, 98]) = 10.2, 29.4
    expect(pixels.map(([value, , , opacity]) => [value, opacity])).toEqual([
      [0, 0],
      [0, 255],
      [64, 255],
      [255, 255],
    ]);
  });

  test("gamma brightens the middle", async () => {
    const grey = { Grey: [0, 50, 100] };
    const pixels = await paint(grey, { id: "single-band", gamma: 2 }, [statistics("Grey", 0, 100)]);
    expect(pixels.map(([value]) => value)).toEqual([0, Math.round(255 * Math.sqrt(0.5)), 255]);
  });

  test("a band of one value is grey, and missing statistics fall back to the patch", async () => {
    const pixels = await paint({ Grey: [7, 7, 7] }, { id: "single-band" });
    expect(pixels).toEqual(Array(3).fill([128, 128, 128, 255]));
  });
});

describe("stretches by hand", () => {
  const grey = { Grey: [100, 150, 200, 250, 300] };
  const known = [statistics("Grey", 110, 290, 200)];

  test("mean ± n·σ: the mean is mid-grey, n deviations are black and white", async () => {
    const spread = known.map((each) => ({ ...each, standardDeviation: 50 }));
    const stretch = { method: "deviation", scope: "project", deviations: 2 };
    const pixels = await paint(grey, { id: "single-band", stretch }, spread);
    expect(pixels.map(([value]) => value)).toEqual([0, 64, 128, 191, 255]);
    const narrow = await paint(grey, { id: "single-band", stretch: { ...stretch, deviations: 1 } }, spread);
    expect(narrow.map(([value]) => value)).toEqual([0, 0, 128, 255, 255]);
  });

  test("fixed limits", async () => {
    const stretch = { method: "fixed", limits: [0, 400] };
    const pixels = await paint(grey, { id: "single-band", stretch });
    expect(pixels.map(([value]) => value)).toEqual(
      [100, 150, 200, 250, 300].map((v) => Math.round((v / 400) * 255)),
    );
  });

  test("the least and greatest value of the patch", async () => {
    const stretch = { method: "min-max", scope: "patch" };
    // What is known of the project is not looked at.
    const pixels = await paint(grey, { id: "single-band", stretch }, known);
    expect(pixels.map(([value]) => value)).toEqual([0, 64, 128, 191, 255]);
  });
});

describe("colour maps", () => {
  test("ends and middle of the range are those of the map", async () => {
    const grey = { Grey: [0, 50, 100] };
    const known = [statistics("Grey", 0, 100)];
    const pixels = await paint(grey, { id: "single-band", colorMap: "viridis" }, known);
    expect(pixels[0]).toEqual([0x44, 0x01, 0x54, 255]);
    expect(pixels[2]).toEqual([0xfd, 0xe7, 0x25, 255]);
    // The published table at 128: 21918c.
    for (const [at, value] of [0x21, 0x91, 0x8c].entries()) {
      expect(Math.abs((pixels[1]?.[at] ?? 0) - value)).toBeLessThanOrEqual(2);
    }
  });

  test("what stands for a value is not lifted", async () => {
    const dark = [statistics("Grey", 0, 100, 5)];
    const [mapped] = await paint({ Grey: [50, 0, 0] }, { id: "single-band", colorMap: "magma" }, dark);
    const [same] = await paint({ Grey: [50, 0, 0] }, { id: "single-band", colorMap: "magma" }, [
      statistics("Grey", 0, 100),
    ]);
    expect(mapped).toEqual(same);
  });
});

describe("indices", () => {
  const PIXELS = {
    B03: [800, 900, 700, 0],
    B04: [400, 1000, 300, 0],
    B08: [100, 1500, 3600, 0],
    B12: [50, 2500, 900, 0],
  };

  /** How far from −1 to 1, in grey. */
  async function levels(id: string): Promise<number[]> {
    const pixels = await paint(PIXELS, { id, colorMap: "grey" });
    return pixels.map(([value = 0]) => value);
  }
  const level = (a: number, b: number) => Math.round(((a - b) / (a + b) + 1) * 127.5);

  test("NDVI is (NIR − red) / (NIR + red), 0 where there is nothing", async () => {
    expect(await levels("ndvi")).toEqual([level(100, 400), level(1500, 1000), level(3600, 300), 128]);
  });
  test("NDWI is (green − NIR) / (green + NIR)", async () => {
    expect(await levels("ndwi")).toEqual([level(800, 100), level(900, 1500), level(700, 3600), 128]);
  });
  test("NBR is (NIR − SWIR) / (NIR + SWIR)", async () => {
    expect(await levels("nbr")).toEqual([level(100, 50), level(1500, 2500), level(3600, 900), 128]);
  });

  test("limits spread a part of the index over the whole map", async () => {
    const stretch = { method: "fixed", limits: [0, 0.5] };
    const [water, soil, forest] = await paint(PIXELS, { id: "ndvi", colorMap: "grey", stretch });
    expect([water?.[0], soil?.[0], forest?.[0]]).toEqual([0, Math.round((0.2 / 0.5) * 255), 255]);
  });

  test("water is blue, sand is warm, vegetation green, and the greener the denser", async () => {
    const bands = { B04: [400, 1000, 600, 300], B08: [100, 1500, 2400, 3500] };
    const [water, sand, crops, forest] = await paint(bands, { id: "ndvi" });
    const [, , waterBlue = 0] = water ?? [];
    expect(waterBlue).toBeGreaterThan(water?.[0] ?? 255);
    expect(sand?.[0]).toBeGreaterThan(sand?.[2] ?? 255);
    for (const pixel of [crops, forest]) expect(pixel?.[1]).toBe(Math.max(...(pixel ?? []).slice(0, 3)));
    expect(forest?.[1]).toBeLessThan(crops?.[1] ?? 0);
  });
});

test("pictures shrink to the wanted size, keep their shape and never grow", async () => {
  const sizes: unknown[] = [];
  const reader: Pick<PatchReader, "read"> = {
    read: async (_scene, _window, { width = 0, height = 0 } = {}) => {
      sizes.push([width, height]);
      return { planes: [new Float32Array(width * height)], width, height, valid: null };
    },
  };
  const window = { x: 0, y: 0, width: 400, height: 100 };
  const composite = compositeSchema.parse({ id: "single-band" });
  for (const size of [100, 4000, null, 2]) {
    await renderPatch(reader, sceneRecord({ width: 400 }), window, composite, [], { size });
  }
  expect(sizes).toEqual([
    [100, 25],
    [400, 100],
    [400, 100],
    [2, 1],
  ]);
});
