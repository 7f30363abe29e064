import { resolve } from "node:path";
import { cutScene, nodataShare, patchName, suggestGrid } from "../../archive/grid.ts";
import type { PatchReader } from "../../archive/patch-reader.ts";
import { scanFolder } from "../../archive/scan.ts";
import type { SourcePreview } from "../../shared/contracts/app.ts";
import type { Grid, Scene } from "../../shared/domain/imagery.ts";
import { FieldmarkError, throwIfCancelled } from "../../shared/errors.ts";
import { recogniseArchive } from "../known-archives/index.ts";
import { describeArchive } from "../known-archives/known-archive.ts";
import { breathe, type Work } from "../work.ts";

export interface NamedWindow {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface ScannedSource {
  readonly scenes: Scene[];
  readonly unreadable: { readonly path: string; readonly message: string }[];
  readonly files: number;
}

/** Scans a folder and refuses one in which nothing can be read, naming the first reason. */
export async function scanSource(folder: string, work: Work): Promise<ScannedSource> {
  const scan = await scanFolder(folder, {
    ...(work.signal ? { signal: work.signal } : {}),
    onProgress: work.progress,
  });
  if (scan.scenes.length > 0) return scan;
  const [first] = scan.unreadable;
  throw new FieldmarkError(
    "no-rasters",
    first
      ? `None of the ${scan.files} raster files in ${folder} could be read. The first: ${first.path}: ${first.message}`
      : `The rasters in ${folder} are only masks or quality layers. Choose the folder that holds the imagery.`,
    { details: { folder, unreadable: scan.unreadable.length } },
  );
}

function mostFrequent<T>(values: readonly T[], keyOf: (value: T) => string): { value: T; count: number }[] {
  const counts = new Map<string, { value: T; count: number }>();
  for (const value of values) {
    const entry = counts.get(keyOf(value)) ?? { value, count: 0 };
    entry.count++;
    counts.set(keyOf(value), entry);
  }
  return [...counts.values()].sort((a, b) => b.count - a.count);
}

/** How the CRS of most scenes is called; null without georeferencing. */
function describeCrs(scenes: readonly Scene[]): string | null {
  const [first, second] = mostFrequent(scenes, ({ epsg, proj4 }) =>
    epsg === null ? (proj4 ?? "") : String(epsg),
  );
  if (!first) return null;
  const { epsg, proj4 } = first.value;
  const name = epsg === null ? proj4 : `EPSG:${epsg}`;
  return name !== null && second ? `${name} and others` : name;
}

/** What a folder holds, for the set-up of a project. */
export async function previewSource(folder: string, work: Work): Promise<SourcePreview> {
  const known = await recogniseArchive(folder);
  const path = known?.imagery ?? resolve(folder);
  const { scenes, unreadable, files } = await scanSource(path, work);
  const [sensor] = mostFrequent(scenes, (scene) => `${scene.sensor}:${scene.bands.map(({ name }) => name)}`);
  const sizes = mostFrequent(
    scenes.map(({ width, height }) => ({ width, height })),
    ({ width, height }) => `${width}×${height}`,
  );
  const suggestedGrid = suggestGrid(scenes);
  return {
    folder: path,
    files,
    scenes: scenes.length,
    bytes: scenes.reduce((sum, scene) => sum + scene.bytes, 0),
    sensor: sensor?.value.sensor ?? "unknown",
    bandNames: sensor?.value.bands.map(({ name }) => name) ?? [],
    dtype: sensor?.value.dtype ?? "",
    crs: describeCrs(scenes),
    sizes: sizes.slice(0, 5).map(({ value, count }) => ({ ...value, count })),
    unreadable,
    suggestedGrid,
    suggestedPatches: scenes.reduce((sum, scene) => sum + cutScene(scene, suggestedGrid).length, 0),
    knownArchive: known && describeArchive(known),
  };
}

export interface CutResult {
  readonly windows: NamedWindow[];
  readonly tooMuchNodata: number;
}

/** The patches of a scene: its windows without those that hold too much nodata. */
export async function cutIntoPatches(
  reader: PatchReader,
  scene: Scene,
  grid: Grid,
  signal: AbortSignal | undefined,
): Promise<CutResult> {
  const windows: NamedWindow[] = [];
  let tooMuchNodata = 0;
  for (const window of cutScene(scene, grid)) {
    throwIfCancelled(signal);
    const missing = grid.nodataLimit < 1 ? await nodataShare(reader, scene, window) : 0;
    if (missing > grid.nodataLimit) tooMuchNodata++;
    else windows.push({ name: patchName(scene, window), ...window });
  }
  await breathe();
  return { windows, tooMuchNodata };
}
