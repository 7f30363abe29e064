import { describe, expect, test } from "vitest";
import type { PatchReader } from "../../src/archive/patch-reader.ts";
import { renderPatch } from "../../src/archive/render.ts";
import { liftingGamma } from "../../src/archive/stretch.ts";
import {
  type BandStatistics,
  type Composite,
  compositeSchema,
  type Scene,
} from "../../src/shared/domain/imagery.ts";
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
  composite: Partial<Composite>,
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
    expect(await paint(grey, { id: "grey", stretch: "none" }, [], { dtype: "uint8" })).toEqual([
      [0, 0, 0, 255],
      [51, 51, 51, 255],
      [255, 255, 255, 255],
    ]);
  });

  test("the patch's own percentiles, without what is no data", async () => {
    const grey = { Grey: [-9999, 10, 15, 30] };
    const pixels = await paint(grey, { id: "grey", stretch: "patch" }, [], {}, [0, 1, 1, 1]);
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
    const pixels = await paint(grey, { id: "grey", gamma: 2 }, [statistics("Grey", 0, 100)]);
    expect(pixels.map(([value]) => value)).toEqual([0, Math.round(255 * Math.sqrt(0.5)), 255]);
  });

  test("dark archives are lifted, by two at most, bright ones left alone", () => {
    const range = [{ low: 0, high: 100 }];
    const lift = (mean: number) => liftingGamma(["Grey"], range, [statistics("Grey", 0, 100, mean)]);
    expect([60, 35].map(lift)).toEqual([1, 1]);
    // 0.2 ** (1 / gamma) = 0.35
    expect(0.2 ** (1 / lift(20))).toBeCloseTo(0.35, 9);
    expect([5, 0, -3].map(lift)).toEqual([2, 2, 2]);
    expect(liftingGamma(["Grey"], range, [])).toBe(1);
  });

  test("a band of one value is grey, and missing statistics fall back to the patch", async () => {
    const pixels = await paint({ Grey: [7, 7, 7] }, { id: "grey" });
    expect(pixels).toEqual(Array(3).fill([128, 128, 128, 255]));
  });
});

describe("vegetation index", () => {
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
  const composite = compositeSchema.parse({ id: "grey" });
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
