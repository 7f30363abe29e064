import { describe, expect, test } from "vitest";
import { percentile, spreadSample } from "../../src/archive/sample-values.ts";
import { scanFolder } from "../../src/archive/scan.ts";
import { bandStatistics } from "../../src/archive/statistics.ts";
import { Cancelled } from "../../src/shared/errors.ts";
import { openReader, plane, sceneRecord, scratchFolder, writeRaster } from "./fixtures.ts";

test("percentiles interpolate as NumPy's default does", () => {
  const sorted = [15, 20, 35, 40, 50];
  // numpy.percentile([15, 20, 35, 40, 50], [0, 2, 40, 98, 100])
  expect([0, 0.02, 0.4, 0.98, 1].map((share) => percentile(sorted, share))).toEqual([15, 15.4, 29, 49.2, 50]);
});

test("a sample is spread over a picture's columns", () => {
  const columns = plane(new Float32Array(512 * 512), 512, (column) => column);
  const sorted = spreadSample(columns, 4096).sort();
  for (const share of [0.02, 0.25, 0.5, 0.98])
    expect(percentile(sorted, share)).toBeCloseTo(share * 511, -0.7);
  expect(new Set(sorted).size).toBeGreaterThan(500);
});

describe("band statistics", () => {
  test("closed form of 0 … n − 1, without nodata", async () => {
    const folder = await scratchFolder();
    // Two files hold 1 … 5,000 together; zeros are nodata.
    for (const [name, from] of [
      ["a", 1],
      ["b", 2501],
    ] as const) {
      await writeRaster(folder, `${name}.tif`, {
        width: 60,
        height: 50,
        bands: [
          plane(new Uint16Array(3000), 60, (column, row) =>
            row * 60 + column < 2500 ? from + row * 60 + column : 0,
          ),
        ],
        nodata: 0,
      });
    }
    const { scenes } = await scanFolder(folder);
    const patches = scenes.map((scene) => ({ scene, window: { x: 0, y: 0, width: 60, height: 50 } }));
    const [statistics] = await bandStatistics(openReader(folder), patches, { seed: 1 });
    expect(statistics).toMatchObject({ name: "Grey", min: 1, max: 5000, count: 5000 });
    expect(statistics?.mean).toBeCloseTo(2500.5, 9);
    expect(statistics?.standardDeviation).toBeCloseTo(Math.sqrt((5000 ** 2 - 1) / 12), 6);
    expect(statistics?.p2).toBeCloseTo(1 + 0.02 * 4999, 2);
    expect(statistics?.p98).toBeCloseTo(1 + 0.98 * 4999, 2);
  });

  test("the sample depends on the seed alone, patches that can't be read are passed over", async () => {
    const folder = await scratchFolder();
    for (let i = 0; i < 12; i++) {
      await writeRaster(folder, `${i}.tif`, { bands: [new Uint16Array(256).fill(10 * i)] });
    }
    const { scenes } = await scanFolder(folder);
    const window = { x: 0, y: 0, width: 16, height: 16 };
    const patches = [...scenes, sceneRecord({ width: 16, height: 16 })].map((scene) => ({ scene, window }));
    const reader = openReader(folder);
    const once = await bandStatistics(reader, patches, { seed: 5, sample: 4 });
    expect(await bandStatistics(reader, patches, { seed: 5, sample: 4 })).toEqual(once);
    expect(await bandStatistics(reader, patches, { seed: 6, sample: 4 })).not.toEqual(once);
    const [all] = await bandStatistics(reader, patches, { seed: 1, sample: 100 });
    expect(all).toMatchObject({ min: 0, max: 110, count: 12 * 256 });
    await expect(bandStatistics(reader, patches.slice(-1), { seed: 1 })).rejects.toMatchObject({
      code: "not-found",
    });
  });

  test("a raised signal ends it", async () => {
    const reader = { read: () => Promise.reject(new Error("not reached")) };
    const patches = [{ scene: sceneRecord(), window: { x: 0, y: 0, width: 1, height: 1 } }];
    const run = bandStatistics(reader, patches, { seed: 1, signal: AbortSignal.abort() });
    await expect(run).rejects.toBeInstanceOf(Cancelled);
  });
});
