import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { center, footprint } from "../../src/archive/georeference.ts";
import { scanFolder } from "../../src/archive/scan.ts";
import { openRaster } from "../../src/archive/tiff/raster.ts";
import type { Scene } from "../../src/shared/domain/imagery.ts";
import { scratchFolder } from "./fixtures.ts";
import { buildTiff } from "./tiff/tiff-builder.ts";

/** Keys as GDAL 3.6.2 writes them, and where its PROJ 9 finds a point; see `user-defined.py` beside the file. */
const CASES = z
  .array(
    z.object({
      name: z.string(),
      x: z.number(),
      y: z.number(),
      longitude: z.number(),
      latitude: z.number(),
      keys: z.array(z.number()),
      doubles: z.array(z.number()),
      text: z.string(),
    }),
  )
  .parse(JSON.parse(readFileSync(new URL("projections/user-defined.json", import.meta.url), "utf8")));

const TOLERANCE = 1e-6;

function geoFields({ keys, doubles, text }: (typeof CASES)[number]) {
  return {
    34735: { type: 3, values: keys },
    ...(doubles.length > 0 ? { 34736: { type: 12, values: doubles } } : {}),
    ...(text === "" ? {} : { 34737: { type: 2, values: text } }),
  };
}

describe("systems that a file describes itself lie where GDAL finds them", () => {
  test.each(CASES)("$name", async (one) => {
    const folder = await scratchFolder();
    const path = join(folder, "a.tif");
    const fields = {
      ...geoFields(one),
      // Turned by 30°: the middle of 4 × 4 pixels is the point.
      34264: { type: 12, values: matrixAround(one.x, one.y, /longlat/.test(one.name) ? 1e-5 : 1e-2) },
    };
    await writeFile(path, buildTiff({ width: 4, height: 4, samples: 1, bits: 8, pattern: () => 1n, fields }));
    const { scenes } = await scanFolder(folder);
    const found = center(scenes[0] as Scene, { x: 0, y: 0, width: 4, height: 4 });
    expect(Math.abs(found![0] - one.longitude)).toBeLessThan(TOLERANCE);
    expect(Math.abs(found![1] - one.latitude)).toBeLessThan(TOLERANCE);
  });
});

function matrixAround(x: number, y: number, size: number): number[] {
  const [cos, sin] = [Math.cos(Math.PI / 6) * size, Math.sin(Math.PI / 6) * size];
  const [a, b, d, e] = [cos, sin, sin, -cos];
  return [a, b, 0, x - 2 * (a + b), d, e, 0, y - 2 * (d + e), 0, 0, 0, 0, 0, 0, 0, 1];
}

test("a method without a meaning here has no place, and the file still opens", async () => {
  const folder = await scratchFolder();
  const path = join(folder, "a.tif");
  const [first] = CASES;
  const keys = first!.keys.map((value, at) => (first!.keys[at - 3] === 3075 ? 27 : value));
  const fields = { ...geoFields({ ...first!, keys }), 34264: { type: 12, values: matrixAround(0, 0, 1) } };
  await writeFile(path, buildTiff({ width: 4, height: 4, samples: 1, bits: 8, pattern: () => 1n, fields }));
  const raster = await openRaster(path);
  expect([raster.info.epsg, raster.info.proj4]).toEqual([null, null]);
  await raster.close();
  const [scene] = (await scanFolder(folder)).scenes as [Scene];
  expect(footprint(scene, { x: 0, y: 0, width: 4, height: 4 })).toBeNull();
});
