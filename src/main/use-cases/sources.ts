import { resolve } from "node:path";
import { describeQuality } from "../../archive/describe-quality.ts";
import { cutScene, suggestGrid } from "../../archive/grid.ts";
import { requireScenes, scanFolder } from "../../archive/scan.ts";
import type { SourcePreview } from "../../shared/contracts/app.ts";
import type { Scene } from "../../shared/domain/imagery.ts";
import { recogniseArchive } from "../known-archives/index.ts";
import { describeArchive } from "../known-archives/known-archive.ts";
import type { Work } from "../work.ts";

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
  const scan = await scanFolder(path, { signal: work.signal, onProgress: work.progress });
  requireScenes(path, scan);
  const { scenes, unreadable, files } = scan;
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
    quality: describeQuality(scenes),
    suggestedGrid,
    suggestedPatches: scenes.reduce((sum, scene) => sum + cutScene(scene, suggestedGrid).length, 0),
    knownArchive: known && describeArchive(known),
  };
}
