import { stat } from "node:fs/promises";
import { join } from "node:path";
import { openRaster, type RasterInfo } from "../tiff/raster.ts";

/** A raster file of a source with its header. */
export interface RasterFile {
  /** Relative to the source's folder, with forward slashes. */
  readonly path: string;
  readonly info: RasterInfo;
  readonly bytes: number;
  /** Modification time in milliseconds. */
  readonly modified: number;
}

/** Reads one file's header; throws what `openRaster` throws. */
export async function readRasterFile(folder: string, path: string): Promise<RasterFile> {
  const absolute = join(folder, path);
  const facts = await stat(absolute);
  const raster = await openRaster(absolute);
  await raster.close();
  return { path, info: withUsableGeoreference(raster.info), bytes: facts.size, modified: facts.mtimeMs };
}

/** Damaged tags give NaN coordinates, which lie nowhere and equal nothing: such a file counts as not georeferenced. */
function withUsableGeoreference(info: RasterInfo): RasterInfo {
  return info.geotransform?.every(Number.isFinite) ? info : { ...info, geotransform: null };
}
