import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { center, footprint, pixelSize } from "../../src/archive/georeference.ts";
import { cutScene } from "../../src/archive/grid.ts";
import { scanFolder } from "../../src/archive/scan.ts";
import { DEFAULT_GRID, type Scene } from "../../src/shared/domain/imagery.ts";
import type { GeoTransform, PixelWindow } from "../../src/shared/raster.ts";
import { openReader, plane, scratchFolder, writeRaster } from "./fixtures.ts";

/** Geotransforms in degrees: WGS 84 needs no projection, so footprints have a closed form. */
const TRANSFORMS: readonly [name: string, transform: GeoTransform][] = [
  ["north up", [10, 0.001, 0, 50, 0, -0.002]],
  ["south up", [10, 0.001, 0, 49, 0, 0.002]],
  ["east left", [10, -0.001, 0, 50, 0, -0.002]],
  [
    "rotated by 30 degrees",
    [10, 0.001 * Math.cos(Math.PI / 6), 0.0005, 50, 0.0005, -0.001 * Math.cos(Math.PI / 6)],
  ],
  ["a quarter turn", [10, 0, 0.001, 50, 0.001, 0]],
];

const place = ([x, xColumn, xRow, y, yColumn, yRow]: GeoTransform, column: number, row: number) =>
  [x + column * xColumn + row * xRow, y + column * yColumn + row * yRow] as const;

function expectOnGround(scene: Scene, transform: GeoTransform, window: PixelWindow) {
  const { x, y, width, height } = window;
  const corners = [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ].map(([column = 0, row = 0]) => place(transform, column, row));
  const ring = footprint(scene, window) ?? [];
  expect(ring).toHaveLength(5);
  for (const [longitude, latitude] of corners) {
    const distances = ring.map(([east, north]) => Math.hypot(east - longitude, north - latitude));
    expect(Math.min(...distances)).toBeLessThan(1e-9);
  }
  // Counter-clockwise: the shoelace formula is positive.
  const area = ring.slice(1).reduce((sum, [east, north], index) => {
    const [lastEast, lastNorth] = ring[index] ?? [0, 0];
    return sum + (lastEast * north - east * lastNorth) / 2;
  }, 0);
  const [, xColumn, xRow, , yColumn, yRow] = transform;
  expect(area).toBeCloseTo(Math.abs(xColumn * yRow - xRow * yColumn) * width * height, 9);
  const [east, north] = place(transform, x + width / 2, y + height / 2);
  const middle = center(scene, window) ?? [Number.NaN, Number.NaN];
  expect(Math.hypot(middle[0] - east, middle[1] - north)).toBeLessThan(1e-9);
}

describe.each(TRANSFORMS)("%s", (_, transform) => {
  test("a scene is opened and cut, and its patches lie where they are", async () => {
    const folder = await scratchFolder();
    const value = (column: number, row: number) => column + 200 * row;
    await writeRaster(folder, "a.tif", {
      width: 130,
      height: 100,
      bands: [plane(new Uint16Array(13_000), 130, value)],
      geotransform: transform,
      epsg: 4326,
    });
    const { scenes, unreadable } = await scanFolder(folder);
    expect(unreadable).toEqual([]);
    const scene = scenes[0] as Scene;
    const windows = cutScene(scene, { ...DEFAULT_GRID, patchSize: 50 });
    expect(windows).toHaveLength(6);
    for (const window of windows) expectOnGround(scene, transform, window);
    const [, xColumn, xRow, , yColumn, yRow] = transform;
    const [across = 0, down = 0] = pixelSize(scene) ?? [];
    expect(across).toBeCloseTo(Math.hypot(xColumn, yColumn), 12);
    expect(down).toBeCloseTo(Math.hypot(xRow, yRow), 12);
    // Pixels stay in the file's order: patches are shown as they are stored.
    const { planes } = await openReader(folder).read(scene, windows[4] as PixelWindow);
    expect(planes[0]?.[0]).toBe(value(windows[4]?.x ?? 0, windows[4]?.y ?? 0));
  });

  test("bands of different resolution are one scene, and others are not", async () => {
    const folder = await scratchFolder();
    const [x, xColumn, xRow, y, yColumn, yRow] = transform;
    const half: GeoTransform = [x, 2 * xColumn, 2 * xRow, y, 2 * yColumn, 2 * yRow];
    const mirrored: GeoTransform = [x, xColumn, xRow, y, -yColumn - 1e-4, -yRow];
    await writeRaster(folder, "s_B02.tif", {
      width: 60,
      height: 60,
      geotransform: transform,
      epsg: 4326,
      bands: [new Uint16Array(3600)],
    });
    await writeRaster(folder, "s_B05.tif", {
      width: 30,
      height: 30,
      geotransform: half,
      epsg: 4326,
      bands: [new Uint16Array(900)],
    });
    await writeRaster(folder, "s_B03.tif", {
      width: 60,
      height: 60,
      geotransform: mirrored,
      epsg: 4326,
      bands: [new Uint16Array(3600)],
    });
    const { scenes, unreadable } = await scanFolder(folder);
    expect(scenes).toHaveLength(1);
    expect(scenes[0]?.bands.map((band) => band.name)).toEqual(["B02", "B05"]);
    expect(unreadable.map(({ path }) => path)).toEqual(["s_B03.tif"]);
    expectOnGround(scenes[0] as Scene, transform, { x: 10, y: 20, width: 30, height: 40 });
  });

  test("from a world file", async () => {
    const folder = await scratchFolder();
    await writeRaster(folder, "w.tif", {
      width: 40,
      height: 30,
      bands: [new Uint16Array(1200)],
      geotransform: null,
      epsg: 4326,
    });
    const [x, xColumn, xRow, y, yColumn, yRow] = transform;
    // World files give the middle of the first pixel.
    const [middleX, middleY] = [x + (xColumn + xRow) / 2, y + (yColumn + yRow) / 2];
    const lines = [xColumn, yColumn, xRow, yRow, middleX, middleY];
    await writeFile(join(folder, "w.tfw"), lines.join("\n"));
    const { scenes } = await scanFolder(folder);
    expectOnGround(scenes[0] as Scene, transform, { x: 3, y: 5, width: 20, height: 10 });
  });
});
