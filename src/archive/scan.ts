import { basename, resolve } from "node:path";
import type { Scene } from "../shared/domain/imagery.ts";
import { Cancelled, FieldmarkError, toErrorShape } from "../shared/errors.ts";
import type { Progress } from "../shared/rpc/contract.ts";
import { settleThirteenBandOrder } from "./scenes/band-order.ts";
import { mapLimited } from "./scenes/concurrency.ts";
import { isCompanionFile } from "./scenes/file-names.ts";
import { inferFillValues } from "./scenes/fill-value.ts";
import { findRasters, type Unreadable } from "./scenes/find-rasters.ts";
import { groupIntoScenes } from "./scenes/group-bands.ts";
import { type RasterFile, readRasterFile } from "./scenes/raster-file.ts";

/** Headers are read from this many files at a time. */
const OPEN_FILES = 16;

export interface ScanResult {
  /** Sorted by name. */
  readonly scenes: Scene[];
  /** Files and folders that could not be used, each with the reason. */
  readonly unreadable: Unreadable[];
  /** Raster files that lie beside imagery but hold none: masks, quality layers, rasterised labels. */
  readonly companions: string[];
  /** Raster files found in all. */
  readonly files: number;
}

/**
 * Reads the headers of all GeoTIFFs below a folder and makes scenes of them. A bad file is listed and
 * passed over. Nothing is written.
 *
 * @throws FieldmarkError `not-found`, `invalid-input`, `unreadable-file` for the folder itself, `no-rasters`
 * when there is no GeoTIFF below it; `Cancelled` once the signal is raised
 */
export async function scanFolder(
  folder: string,
  options: { readonly signal?: AbortSignal; readonly onProgress?: (progress: Progress) => void } = {},
): Promise<ScanResult> {
  const { signal, onProgress } = options;
  onProgress?.({ done: 0, total: 0, message: "Looking for rasters" });
  const found = await findRasters(folder, signal);
  if (found.files.length === 0) {
    throw new FieldmarkError(
      "no-rasters",
      `There are no GeoTIFF files (.tif, .tiff) in ${folder} or the folders below it. Choose the folder that holds the imagery.`,
      { details: { path: folder } },
    );
  }
  const companions = found.files.filter(isCompanionFile);
  const candidates = found.files.filter((path) => !isCompanionFile(path));
  const unreadable: Unreadable[] = [...found.unreadable];
  let done = 0;
  const headers = await mapLimited(
    candidates,
    OPEN_FILES,
    async (path): Promise<RasterFile | null> => {
      try {
        return await readRasterFile(folder, path);
      } catch (error) {
        if (error instanceof Cancelled) throw error;
        unreadable.push({ path, message: toErrorShape(error).message });
        return null;
      } finally {
        done++;
        onProgress?.({ done, total: candidates.length, message: "Reading headers" });
      }
    },
    signal,
  );
  const files = headers.filter((file) => file !== null);
  const grouped = groupIntoScenes(files, basename(resolve(folder)));
  unreadable.push(...grouped.unreadable);
  unreadable.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const ordered = await settleThirteenBandOrder(folder, grouped.scenes, files, signal);
  const scenes = await inferFillValues(folder, ordered, OPEN_FILES, signal);
  return { scenes, unreadable, companions, files: found.files.length };
}
