import { join } from "node:path";
import { openRaster, type RasterInfo } from "../tiff/raster.ts";
import type { ListedFile } from "./find-rasters.ts";

/** A raster file of a source with its header. */
export interface RasterFile {
  /** Relative to the source's folder, with forward slashes. */
  readonly path: string;
  readonly info: RasterInfo;
  readonly bytes: number;
  /** Modification time in milliseconds. */
  readonly modified: number;
  /** The files that belong to it, see `ListedFile`. */
  readonly beside?: string;
}

/**
 * Reads one file's header.
 *
 * @param content the whole file, where it was read already; it is not opened again then
 * @throws FieldmarkError what `openRaster` throws; `corrupt-raster` for a file whose pixels end too early
 */
export async function readHeader(
  folder: string,
  { path, beside }: ListedFile,
  content: Uint8Array | null = null,
): Promise<RasterInfo> {
  const alone = beside === "";
  const raster = await openRaster(join(folder, path), content ? { content, alone } : { alone });
  try {
    raster.checkLength();
    return withUsableGeoreference(raster.info);
  } finally {
    await raster.close();
  }
}

/** Damaged tags give NaN coordinates, which lie nowhere and equal nothing: such a file counts as not georeferenced. */
function withUsableGeoreference(info: RasterInfo): RasterInfo {
  return info.geotransform?.every(Number.isFinite) ? info : { ...info, geotransform: null };
}
