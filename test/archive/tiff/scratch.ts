import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { openRaster, type Raster } from "../../../src/archive/tiff/raster.ts";

/** A folder that goes when the test is over. */
export async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "fieldmark-tiff-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes bytes as `test.tif` into a folder of its own and returns the path. */
export async function scratchFile(bytes: Uint8Array, name = "test.tif"): Promise<string> {
  const path = join(await scratchFolder(), name);
  await writeFile(path, bytes);
  return path;
}

/** Opens bytes as a raster that is closed when the test is over. */
export async function openBytes(bytes: Uint8Array): Promise<Raster> {
  const raster = await openRaster(await scratchFile(bytes));
  onTestFinished(() => raster.close());
  return raster;
}

export function wholeWindow({ info }: Raster) {
  return { x: 0, y: 0, width: info.width, height: info.height };
}
