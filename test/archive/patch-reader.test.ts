import { rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { scanFolder } from "../../src/archive/scan.ts";
import type { Scene } from "../../src/shared/domain/imagery.ts";
import { openReader, plane, scratchFolder, writeRaster } from "./fixtures.ts";

async function onlyScene(folder: string): Promise<Scene> {
  const { scenes } = await scanFolder(folder);
  expect(scenes).toHaveLength(1);
  return scenes[0] as Scene;
}

describe("one file", () => {
  const width = 200;
  const height = 150;
  const value = (band: number) => (column: number, row: number) => 1000 * band + column + 3 * row;
  const write = (folder: string, tileSize?: number) =>
    writeRaster(folder, "a.tif", {
      width,
      height,
      bands: [0, 1, 2, 3].map((band) => plane(new Uint16Array(width * height), width, value(band))),
      bandNames: ["B02", "B03", "B04", "B08"],
      ...(tileSize === undefined ? {} : { tileSize }),
    });

  test.each([undefined, 64])(
    "a window's raw values, bands in the wanted order (tiles: %s)",
    async (tileSize) => {
      const folder = await scratchFolder();
      await write(folder, tileSize);
      const reader = openReader(folder);
      const scene = await onlyScene(folder);
      const pixels = await reader.read(
        scene,
        { x: 60, y: 50, width: 70, height: 30 },
        { bands: ["B08", "B02"] },
      );
      expect(pixels).toMatchObject({ width: 70, height: 30, valid: null });
      const expected = [3, 0].map((band) =>
        plane(new Float32Array(70 * 30), 70, (column, row) => value(band)(column + 60, row + 50)),
      );
      expect(pixels.planes).toEqual(expected);
    },
  );

  test("a smaller picture has the means of its blocks", async () => {
    const folder = await scratchFolder();
    await write(folder);
    const reader = openReader(folder);
    const scene = await onlyScene(folder);
    const window = { x: 20, y: 40, width: 60, height: 40 };
    const { planes } = await reader.read(scene, window, { bands: ["B03"], width: 15, height: 10 });
    // The mean of a linear ramp over a block is its value in the block's middle.
    const middle = (column: number, row: number) => value(1)(20 + 4 * column + 1.5, 40 + 4 * row + 1.5);
    expect(planes[0]).toEqual(plane(new Float32Array(150), 15, middle));
  });

  test("unknown bands, windows outside and vanished files are named", async () => {
    const folder = await scratchFolder();
    await write(folder);
    const reader = openReader(folder);
    const scene = await onlyScene(folder);
    const window = { x: 0, y: 0, width: 10, height: 10 };
    await expect(reader.read(scene, window, { bands: ["B11"] })).rejects.toThrow(/a has no band "B11"/);
    await expect(reader.read(scene, { ...window, x: 195 })).rejects.toMatchObject({ code: "invalid-input" });
    await expect(openReader(join(folder, "moved")).read(scene, window)).rejects.toMatchObject({
      code: "not-found",
    });
    await rm(join(folder, "a.tif"));
    await writeRaster(folder, "a.tif", { width: 20, height: 20, bands: Array(4).fill(new Uint16Array(400)) });
    await expect(openReader(folder).read(scene, window)).rejects.toThrow(/Scan the source again/);
  });

  test("a patch that would not fit in memory is refused", async () => {
    const folder = await scratchFolder();
    await write(folder);
    const huge = { ...(await onlyScene(folder)), width: 20_000, height: 20_000 };
    const reader = openReader(folder);
    await expect(reader.read(huge, { x: 0, y: 0, width: 20_000, height: 20_000 })).rejects.toMatchObject({
      code: "raster-too-large",
    });
  });
});

describe("pictures much smaller than their window", () => {
  test("of bands of different resolution, nodata left out, agree with the area means of the full planes", async () => {
    const folder = await scratchFolder();
    const value = (column: number, row: number) => (column % 7 === 3 ? 0 : 1 + ((column * row + row) % 900));
    for (const [band, side] of [
      ["B02", 120],
      ["B05", 60],
    ] as const) {
      await writeRaster(folder, `p_${band}.tif`, {
        width: side,
        height: side,
        bands: [plane(new Uint16Array(side * side), side, value)],
        nodata: 0,
        tileSize: 16,
        geotransform: [600_000, 1200 / side, 0, 5_300_000, 0, -1200 / side],
      });
    }
    const scene = await onlyScene(folder);
    const reader = openReader(folder);
    const [x, y, size, cells] = [21, 33, 70, 14];
    const { planes } = await reader.read(
      scene,
      { x, y, width: size, height: size },
      { width: cells, height: cells },
    );
    for (const [index, scale] of [1, 0.5].entries()) {
      const cell = (size / cells) * scale;
      for (let at = 0; at < cells * cells; at++) {
        const [left, top] = [x * scale + (at % cells) * cell, y * scale + Math.floor(at / cells) * cell];
        let [sum, area] = [0, 0];
        for (let row = Math.floor(top); row < top + cell; row++) {
          for (let column = Math.floor(left); column < left + cell; column++) {
            if (value(column, row) === 0) continue;
            const across = Math.min(left + cell, column + 1) - Math.max(left, column);
            const share = across * (Math.min(top + cell, row + 1) - Math.max(top, row));
            sum += share * value(column, row);
            area += share;
          }
        }
        expect(planes[index]?.[at]).toBeCloseTo(sum / area, 2);
      }
    }
  });
});

describe("bands of different resolution", () => {
  /** A ramp over the ground: the same function of the place, whatever the pixel size. */
  const ground = (easting: number, northing: number) => 100 + 2 * easting + 7 * northing;

  test("are brought onto the finest grid, aligned on the ground", async () => {
    const folder = await scratchFolder();
    for (const [band, pixels] of [
      ["B02", 120],
      ["B05", 60],
      ["B01", 20],
    ] as const) {
      const step = 120 / pixels;
      await writeRaster(folder, `p_${band}.tif`, {
        width: pixels,
        height: pixels,
        dtype: "float32",
        bands: [
          plane(new Float32Array(pixels * pixels), pixels, (column, row) =>
            ground((column + 0.5) * step, (row + 0.5) * step),
          ),
        ],
        geotransform: [600_000, 10 * step, 0, 5_300_000, 0, -10 * step],
      });
    }
    const scene = await onlyScene(folder);
    const reader = openReader(folder);
    // Away from the scene's own border, where interpolation has nothing beyond.
    const { planes } = await reader.read(scene, { x: 31, y: 17, width: 50, height: 64 });
    expect(scene.bands.map((band) => band.name)).toEqual(["B01", "B02", "B05"]);
    const expected = plane(new Float32Array(50 * 64), 50, (column, row) => ground(column + 31.5, row + 17.5));
    for (const read of planes) {
      for (let i = 0; i < expected.length; i++) expect(read[i]).toBeCloseTo(expected[i] ?? Number.NaN, 2);
    }
  });
});

describe("validity", () => {
  test("doesn't depend on the bands that were asked for where nodata stands in all of them", async () => {
    const folder = await scratchFolder();
    const bands = [
      Uint8Array.of(255, 255, 255, 9),
      Uint8Array.of(255, 255, 40, 9),
      Uint8Array.of(255, 30, 40, 9),
    ];
    await writeRaster(folder, "a.tif", { width: 4, height: 1, dtype: "uint8", bands, nodata: 255 });
    const scene = await onlyScene(folder);
    const reader = openReader(folder);
    const window = { x: 0, y: 0, width: 4, height: 1 };
    for (const wanted of [["Red"], ["Red", "Green"], ["Red", "Green", "Blue"]]) {
      const { valid } = await reader.read(scene, window, { bands: wanted });
      expect(valid).toEqual(Uint8Array.of(0, 1, 1, 1));
    }
  });

  test("values beyond 2^53 and NaN", async () => {
    const folder = await scratchFolder();
    await writeRaster(folder, "a.tif", {
      width: 2,
      height: 1,
      dtype: "int64",
      bands: [BigInt64Array.of(-5n, 1n << 60n)],
    });
    await writeRaster(folder, "b.tif", {
      width: 2,
      height: 1,
      dtype: "float64",
      bands: [Float64Array.of(0.5, Number.NaN)],
    });
    const { scenes } = await scanFolder(folder);
    const reader = openReader(folder);
    const window = { x: 0, y: 0, width: 2, height: 1 };
    const [integers, floats] = await Promise.all(scenes.map((scene) => reader.read(scene, window)));
    expect(integers?.planes).toEqual([Float32Array.of(-5, 2 ** 60)]);
    expect(floats?.valid).toEqual(Uint8Array.of(1, 0));
  });
});

test("more scenes than files may be open, at once and again", async () => {
  const folder = await scratchFolder();
  for (let i = 0; i < 9; i++) {
    await writeRaster(folder, `${i}.tif`, { width: 8, height: 8, bands: [new Uint16Array(64).fill(i)] });
  }
  const { scenes } = await scanFolder(folder);
  const reader = openReader(folder, { maxOpenFiles: 2 });
  for (let round = 0; round < 3; round++) {
    const firsts = await Promise.all(
      scenes.map(async (scene) => {
        const { planes } = await reader.read(scene, { x: 0, y: 0, width: 8, height: 8 });
        return planes[0]?.[0];
      }),
    );
    expect(firsts).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  }
});
