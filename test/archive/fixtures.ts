import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, onTestFinished } from "vitest";
import { createPatchReader, type PatchReader } from "../../src/archive/patch-reader.ts";
import { type GeoTiffContent, writeGeoTiff } from "../../src/archive/tiff/write.ts";
import type { Scene } from "../../src/shared/domain/imagery.ts";
import type { SampleArray } from "../../src/shared/raster.ts";

/** A folder that goes when the test is over. */
export async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "fieldmark-imagery-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A patch reader that is closed when the test is over. */
export function openReader(folder: string, options: { readonly maxOpenFiles?: number } = {}): PatchReader {
  const reader = createPatchReader(folder, options);
  onTestFinished(() => reader.close());
  return reader;
}

/** Writes a small GeoTIFF below a folder; what isn't given is one band of uint16 zeros on UTM 32N. */
export async function writeRaster(
  folder: string,
  path: string,
  content: Partial<GeoTiffContent> = {},
): Promise<void> {
  const width = content.width ?? 16;
  const height = content.height ?? 16;
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeGeoTiff(join(folder, path), {
    dtype: "uint16",
    compression: "deflate",
    geotransform: [600_000, 10, 0, 5_300_000, 0, -10],
    epsg: 32632,
    bands: [new Uint16Array(width * height)],
    ...content,
    width,
    height,
  });
}

/** A plane whose values come from column and row. */
export function plane<T extends SampleArray>(
  array: T,
  width: number,
  value: (column: number, row: number) => number,
): T {
  for (let i = 0; i < array.length; i++) {
    (array as Float64Array)[i] = value(i % width, Math.floor(i / width));
  }
  return array;
}

/** A scene record for functions that need no file. */
export function sceneRecord(scene: Partial<Scene> = {}): Scene {
  return {
    name: "scene",
    sensor: "unknown",
    width: 100,
    height: 100,
    dtype: "uint16",
    nodata: null,
    geotransform: null,
    epsg: null,
    proj4: null,
    bands: [{ name: "Grey", file: "scene.tif", fileBand: 0, width: 100, height: 100 }],
    bytes: 0,
    modified: 0,
    ...scene,
  };
}

/** Development data beside the project; missing on most machines. */
export const SHARED_DATA = fileURLToPath(new URL("../../../shared/data", import.meta.url));

/** Tests on real imagery: skipped, with the reason in their name, where the data isn't there. */
export function describeWithSharedData(name: string, tests: () => void): void {
  if (existsSync(SHARED_DATA)) describe(name, () => tests());
  else describe.skip(`${name} (shared data not present)`, tests);
}
