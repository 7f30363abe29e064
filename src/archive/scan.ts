import type { Scene } from "../shared/domain/imagery.ts";
import type { SourceChanges } from "../shared/domain/sources.ts";
import { FieldmarkError, throwIfCancelled } from "../shared/errors.ts";
import type { Progress } from "../shared/rpc/contract.ts";
import { breathe } from "./breathe.ts";
import { createMemoryIndex, type FileIndex } from "./index/file-index.ts";
import { createHeaderParser } from "./index/indexed-file.ts";
import { type IndexUpdate, summariseChanges, updateIndex } from "./index/update-index.ts";
import { isCompanionFile } from "./scenes/file-names.ts";
import type { Unreadable } from "./scenes/find-rasters.ts";
import { type KnownNodata, makeScenes } from "./scenes/make-scenes.ts";
import { parseQualityFileName } from "./scenes/quality-names.ts";
import type { RasterFile } from "./scenes/raster-file.ts";

/** Headers out of the index that are parsed in one turn. */
const PARSED_AT_ONCE = 5000;

export interface ScanOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** What is known of the folder, and where it is written down; nothing by default. */
  readonly index?: FileIndex;
  readonly knownNodata?: KnownNodata;
}

export interface ScanResult {
  /** Sorted by name. */
  readonly scenes: Scene[];
  /** Files and folders that could not be used, each with the reason, sorted by path. */
  readonly unreadable: Unreadable[];
  /** Raster files that lie beside imagery but hold none: masks, quality layers, rasterised labels. */
  readonly companions: string[];
  /** Raster files found in all. */
  readonly files: number;
  readonly changes: SourceChanges;
  /** What the index was told. */
  readonly update: IndexUpdate;
}

/**
 * Brings the index up to the folder and makes scenes of the GeoTIFFs below it. A bad file is listed and passed over.
 * Nothing is written to the folder.
 *
 * @throws FieldmarkError `not-found`, `invalid-input`, `unreadable-file` for the folder itself, `no-rasters`
 * when there is no GeoTIFF below it; `Cancelled` once the signal is raised
 */
export async function scanFolder(folder: string, options: ScanOptions = {}): Promise<ScanResult> {
  const { index = createMemoryIndex(), ...rest } = options;
  const update = await updateIndex(folder, index, rest);
  if (update.files.length === 0) throw noRasters(folder, update.unreadable);
  return scenesOfUpdate(folder, update, options);
}

/** The scenes of a folder whose index was just brought up to date. */
export async function scenesOfUpdate(
  folder: string,
  update: IndexUpdate,
  { signal, onProgress, knownNodata }: Omit<ScanOptions, "index"> = {},
): Promise<ScanResult> {
  const parse = createHeaderParser(folder);
  onProgress?.({ done: 0, total: 0, message: "Putting scenes together" });
  const readable: RasterFile[] = [];
  for (const [index, file] of update.files.entries()) {
    const parsed = parse(file);
    if (parsed) readable.push(parsed);
    if (index % PARSED_AT_ONCE === 0) await breathe();
  }
  throwIfCancelled(signal);
  const made = await makeScenes(folder, readable, signal, knownNodata);
  const unreadable = [...update.unreadable, ...made.unreadable];
  for (const { path, problem } of update.files) {
    const matters = !isCompanionFile(path) || parseQualityFileName(path) !== null;
    if (problem !== null && matters) unreadable.push({ path, message: problem });
  }
  unreadable.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return {
    scenes: made.scenes,
    unreadable,
    companions: update.files.map(({ path }) => path).filter(isCompanionFile),
    files: update.files.length,
    changes: summariseChanges({ ...update, files: update.files.length }),
    update,
  };
}

/** Refuses a folder in which nothing can be read, naming the first reason. */
export function requireScenes(folder: string, { scenes, unreadable, files }: ScanResult): void {
  if (scenes.length > 0) return;
  const [first] = unreadable;
  throw new FieldmarkError(
    "no-rasters",
    first
      ? `None of the ${files} raster files in ${folder} could be read. The first: ${first.path}: ${first.message}`
      : `The rasters in ${folder} are only masks or quality layers. Choose the folder that holds the imagery.`,
    { details: { folder, unreadable: unreadable.length } },
  );
}

/** @param unreadable what lies there instead; the first one is named */
export function noRasters(folder: string, unreadable: readonly Unreadable[] = []): FieldmarkError {
  const instead = unreadable[0]?.message ?? "Choose the folder that holds the imagery.";
  return new FieldmarkError(
    "no-rasters",
    `There are no GeoTIFF files (.tif, .tiff) in ${folder} or the folders below it. ${instead}`,
    { details: { path: folder } },
  );
}
