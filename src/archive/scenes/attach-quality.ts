import type { QualityLayer, Scene } from "../../shared/domain/imagery.ts";
import { qualityKindIn, qualityRank } from "../sensors/quality-bands.ts";
import type { Unreadable } from "./find-rasters.ts";
import { covers, isWhole, placeOf } from "./placement.ts";
import { parseQualityFileName, type QualityFileName } from "./quality-names.ts";
import type { RasterFile } from "./raster-file.ts";

/** A scene with what ties other files to it. */
export interface KeyedScene {
  readonly scene: Scene;
  /** What the names of its files have in common, with the folder. */
  readonly key: string;
  /** The file whose grid is the scene's. */
  readonly reference: RasterFile;
  readonly isRadar: boolean;
}

interface Layer extends QualityFileName {
  readonly file: RasterFile;
}

/** Sentinel-2 products keep masks in one folder of a granule and bands in another. */
const QUALITY_FOLDER = /(^|\/)QI_DATA$/;
const BAND_FOLDER = "IMG_DATA/";

/**
 * Gives each scene the quality layer that lies beside it: a file with the same name up to what it says of itself, on the
 * same ground. Of several the surest kind counts, and of one kind the finest. A layer that a scene's own file holds as a
 * band stays where nothing else is found. Radar sees through clouds and gets none.
 */
export function attachQuality(
  scenes: readonly KeyedScene[],
  files: readonly RasterFile[],
): { readonly scenes: Scene[]; readonly unreadable: Unreadable[] } {
  const layers = files.flatMap((file): Layer[] => {
    const name = parseQualityFileName(file.path);
    return name ? [{ ...name, file }] : [];
  });
  const byPrefix = Map.groupBy(layers, ({ prefix }) => prefix);
  const unreadable: Unreadable[] = [];
  const perFolder = Map.groupBy(scenes, ({ reference }) => folderOf(reference.path));

  function candidates(scene: KeyedScene): readonly Layer[] {
    const folder = folderOf(scene.reference.path);
    // "SCL.tif" beside a single image of any name can only be about that one.
    const isAlone = perFolder.get(folder)?.length === 1;
    return [
      ...(byPrefix.get(scene.key) ?? []),
      ...(isAlone && scene.key !== folder ? (byPrefix.get(folder) ?? []) : []),
      ...ofGranule(scene.key, byPrefix),
    ];
  }

  const done = scenes.map((keyed): Scene => {
    const { scene, isRadar } = keyed;
    if (isRadar) return scene;
    const found = candidates(keyed).toSorted(
      (a, b) => qualityRank(a.kind) - qualityRank(b.kind) || b.file.info.width - a.file.info.width,
    );
    for (const { file, kind } of found) {
      const quality = layerOn(keyed, file, kind);
      if (quality) return { ...scene, quality };
      unreadable.push({
        path: file.path,
        message: `${file.path} does not cover ${scene.name}, so clouds in that scene are not looked for in it.`,
      });
    }
    return scene;
  });
  return { scenes: done, unreadable };
}

/** Masks of the granule whose bands a scene is made of. */
function ofGranule(key: string, byPrefix: ReadonlyMap<string, readonly Layer[]>): readonly Layer[] {
  const at = key.lastIndexOf(BAND_FOLDER);
  if (at < 0) return [];
  const folder = `${key.slice(0, at)}QI_DATA`;
  return QUALITY_FOLDER.test(folder) ? (byPrefix.get(folder) ?? []) : [];
}

function layerOn(
  { reference }: KeyedScene,
  file: RasterFile,
  kind: QualityLayer["kind"],
): QualityLayer | null {
  const { width, height } = file.info;
  const place = placeOf(reference.info, file.info) ?? ofSameSize(reference, file);
  if (!place || !covers(place, reference.info, file.info)) return null;
  const layer = { kind: qualityKindIn(kind, file.info.dtype), file: file.path, fileBand: 0, width, height };
  return isWhole(place, file.info) ? layer : { ...layer, place };
}

/** Programs that know nothing of maps write masks without georeferencing, pixel for pixel. */
function ofSameSize({ info }: RasterFile, { info: other }: RasterFile) {
  const { width, height } = other;
  const isPlain = other.geotransform === null && info.width === width && info.height === height;
  return isPlain ? { x: 0, y: 0, width, height } : null;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
