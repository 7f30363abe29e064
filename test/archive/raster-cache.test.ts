import { utimes } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { RasterCache } from "../../src/archive/raster-cache.ts";
import { scratchFolder, writeRaster } from "./fixtures.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

test("a file that was replaced is opened afresh, at the latest a second later", async () => {
  const folder = await scratchFolder();
  const path = join(folder, "a.tif");
  const write = (value: number, size: number) =>
    writeRaster(folder, "a.tif", {
      width: size,
      height: size,
      bands: [new Uint16Array(size * size).fill(value)],
      compression: "none",
    });
  const cache = new RasterCache({ files: 4, bytes: 1 << 20 });
  const look = () =>
    cache.use(path, async (raster) => {
      const [plane] = await raster.read({ x: 0, y: 0, width: 1, height: 1 });
      return [raster.info.width, Number(plane?.[0])];
    });
  await write(7, 8);
  expect(await look()).toEqual([8, 7]);
  await write(9, 12);
  await utimes(path, 5, 5);
  const now = performance.now() + 1500;
  vi.spyOn(performance, "now").mockReturnValue(now);
  expect(await look()).toEqual([12, 9]);
  await cache.close();
});
