import { describe, expect, test } from "vitest";
import { cutScene, nodataShare, patchName, suggestGrid } from "../../src/archive/grid.ts";
import { scanFolder } from "../../src/archive/scan.ts";
import { type Grid, gridSchema } from "../../src/shared/domain/imagery.ts";
import { openReader, plane, sceneRecord, scratchFolder, writeRaster } from "./fixtures.ts";

const grid = (patchSize: Grid["patchSize"], more: Partial<Grid> = {}): Grid => ({
  patchSize,
  stride: null,
  edges: "shift",
  nodataLimit: 0.25,
  ...more,
});
const corners = (width: number, height: number, how: Grid) =>
  cutScene({ width, height }, how).map(({ x, y }) => [x, y]);

describe("cutting", () => {
  test("windows in rows; those over the edge are moved back or left out", () => {
    expect(corners(250, 160, grid(100))).toEqual([
      [0, 0],
      [100, 0],
      [150, 0],
      [0, 60],
      [100, 60],
      [150, 60],
    ]);
    expect(corners(250, 160, grid(100, { edges: "drop" }))).toEqual([
      [0, 0],
      [100, 0],
    ]);
  });

  test("a stride below the size overlaps, above it leaves gaps", () => {
    expect(corners(200, 100, grid(100, { stride: 50 })).map(([x]) => x)).toEqual([0, 50, 100]);
    expect(corners(220, 100, grid(64, { stride: 100, edges: "drop" })).map(([x]) => x)).toEqual(
      [0, 100, 0, 100].slice(0, 2),
    );
    expect(corners(220, 100, grid(64, { stride: 100 })).map(([x]) => x)).toEqual([0, 100, 156]);
  });

  test("up to one and a half times the size in both directions is one patch", () => {
    expect(cutScene({ width: 150, height: 90 }, grid(100))).toEqual([{ x: 0, y: 0, width: 150, height: 90 }]);
    expect(cutScene({ width: 151, height: 90 }, grid(100))).toHaveLength(2);
    expect(cutScene({ width: 5000, height: 90 }, grid("whole"))).toHaveLength(1);
  });

  test("a stride that would fill the memory is refused, with the number of patches", () => {
    expect(() => cutScene({ width: 10_980, height: 10_980 }, grid(64, { stride: 1 }))).toThrow(
      /stride of 1 pixels .* 119180889 patches/,
    );
  });

  test("every pixel is in some window under shift, and no window leaves the scene", () => {
    for (const [width, height, size] of [
      [257, 999, 64],
      [100, 3000, 120],
      [640, 640, 64],
    ] as const) {
      const covered = new Uint8Array(width * height);
      for (const window of cutScene({ width, height }, grid(size))) {
        expect(window.x + window.width).toBeLessThanOrEqual(width);
        expect(window.y + window.height).toBeLessThanOrEqual(height);
        for (let y = window.y; y < window.y + window.height; y++) {
          covered.fill(1, y * width + window.x, y * width + window.x + window.width);
        }
      }
      expect(covered.every((flag) => flag === 1)).toBe(true);
    }
  });

  test("patch names", () => {
    const scene = sceneRecord({ name: "a/b", width: 100, height: 80 });
    expect(patchName(scene, { x: 0, y: 0, width: 100, height: 80 })).toBe("a/b");
    expect(patchName(scene, { x: 64, y: 16, width: 64, height: 64 })).toBe("a/b@64_16");
  });
});

describe("the suggested grid", () => {
  const scenes = (...sizes: [number, number][]) =>
    sizes.map(([width, height]) => sceneRecord({ width, height, sensor: "sentinel2-13" }));

  test("small files of about one size are whole patches", () => {
    const many = Array.from({ length: 30 }, (): [number, number] => [256, 256]);
    expect(suggestGrid(scenes(...many, [247, 247], [242, 256])).patchSize).toBe("whole");
    expect(suggestGrid(scenes([512, 512])).patchSize).toBe("whole");
  });

  test("scenes are cut into the size of their sensor", () => {
    expect(suggestGrid(scenes([10_980, 10_980])).patchSize).toBe(64);
    const mixed = suggestGrid(scenes([100, 100], [400, 400], [250, 90], [512, 30]));
    expect(mixed.patchSize).toBe(64);
    expect(gridSchema.parse(mixed)).toEqual(mixed);
  });
});

describe("the share of nodata", () => {
  test("counts pixels that have nodata in all bands where the value may be measured", async () => {
    const folder = await scratchFolder();
    // Left quarter: no data at all. Next quarter: only the first band is 0.
    const bands = [20, 40].map((edge) =>
      plane(new Uint16Array(80 * 10), 80, (column) => (column < (edge === 20 ? 40 : 20) ? 0 : 500)),
    );
    await writeRaster(folder, "a.tif", { width: 80, height: 10, bands, nodata: 0 });
    await writeRaster(folder, "b.tif", {
      width: 80,
      height: 10,
      dtype: "int16",
      bands: bands.map((band) => Int16Array.from(band, (value) => (value === 0 ? -9999 : value))),
      nodata: -9999,
    });
    await writeRaster(folder, "c.tif", {
      width: 80,
      height: 10,
      dtype: "float32",
      bands: bands.map((band) => Float32Array.from(band, (value) => (value === 0 ? Number.NaN : value))),
    });
    await writeRaster(folder, "d.tif", { width: 80, height: 10, bands });
    const { scenes } = await scanFolder(folder);
    const reader = openReader(folder);
    const window = { x: 0, y: 0, width: 80, height: 10 };
    const shares = [];
    for (const scene of scenes) shares.push(await nodataShare(reader, scene, window));
    expect(shares).toEqual([0.25, 0.5, 0.5, 0]);
  });
});
