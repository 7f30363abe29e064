import type { Scene, SceneBand } from "../../shared/domain/imagery.ts";
import { bandRank } from "../sensors/band-names.ts";
import { pixelMeters, recogniseSensor } from "../sensors/index.ts";
import { attachQuality, type KeyedScene } from "./attach-quality.ts";
import {
  type BandFileName,
  parseBandFileName,
  platformOfFile,
  previewPrefix,
  sceneKey,
} from "./file-names.ts";
import type { Unreadable } from "./find-rasters.ts";
import { coversSameGround, isWhole, placeOf } from "./placement.ts";
import type { RasterFile } from "./raster-file.ts";
import { alphaOf, sceneBand, valueType } from "./scene-bands.ts";
import { plainNodata, singleScene } from "./single-scene.ts";

interface BandFile {
  readonly file: RasterFile;
  readonly name: BandFileName;
}

export interface GroupedScenes {
  /** Sorted by name. */
  readonly scenes: Scene[];
  /** Files that lie beside scenes and could not be used with them. */
  readonly unreadable: Unreadable[];
}

/**
 * Makes scenes of files. Single-band files with the same prefix and a band in their names are one scene
 * on the finest band's grid, as long as they cover the same ground; every other file is a scene of its own. Landsat's
 * panchromatic band comes onto the grid of the others.
 *
 * @param folderName name of a scene whose files have nothing in their names but the band
 * @param quality files that are quality layers by their names
 */
export function groupIntoScenes(
  files: readonly RasterFile[],
  folderName: string,
  quality: readonly RasterFile[] = [],
): GroupedScenes {
  const groups = new Map<string, BandFile[]>();
  const singles: RasterFile[] = [];
  for (const file of files) {
    const name = file.info.bands === 1 ? parseBandFileName(file.path) : null;
    if (!name) {
      singles.push(file);
      continue;
    }
    const key = `${name.family}:${name.prefix}`;
    const group = groups.get(key);
    if (group) group.push({ file, name });
    else groups.set(key, [{ file, name }]);
  }
  const scenes: KeyedScene[] = [];
  const unreadable: Unreadable[] = [];
  for (const group of groups.values()) {
    const made = ofGroup(group, folderName);
    scenes.push(made.keyed);
    unreadable.push(...made.unreadable);
  }
  for (const file of singles) {
    const shown = previewPrefix(file.path);
    const isPreview = shown !== null && (groups.get(`optical:${shown}`)?.length ?? 0) > 1;
    if (isPreview) continue;
    scenes.push({ scene: singleScene(file), key: sceneKey(file.path), reference: file, isRadar: false });
  }
  const attached = attachQuality(scenes, quality);
  unreadable.push(...attached.unreadable);
  return { scenes: withUniqueNames(attached.scenes), unreadable };
}

function ofGroup(
  group: readonly BandFile[],
  folderName: string,
): { readonly keyed: KeyedScene; readonly unreadable: Unreadable[] } {
  const [first] = group as readonly [BandFile];
  const key = first.name.prefix;
  const isRadar = first.name.family === "radar";
  if (group.length === 1) {
    const scene = singleScene(first.file, first.name.band);
    return { keyed: { scene, key, reference: first.file, isRadar }, unreadable: [] };
  }
  const { scene, reference, unreadable } = sceneOfBands(group, key === "" ? folderName : key);
  return { keyed: { scene, key, reference, isRadar }, unreadable };
}

/** Finer than all others, and of little use to whoever labels at the others' resolution. */
function isPanchromatic({ file, name }: BandFile): boolean {
  return name.band === "B8" && (platformOfFile(file.path)?.startsWith("landsat") ?? false);
}

function sceneOfBands(group: readonly BandFile[], name: string) {
  const finestFirst = group.toSorted(
    (a, b) => b.file.info.width * b.file.info.height - a.file.info.width * a.file.info.height,
  );
  const shaping = finestFirst.filter((band) => !isPanchromatic(band));
  const reference = mostAgreed((shaping.length > 0 ? shaping : finestFirst).map((band) => band.file));
  const unreadable: Unreadable[] = [];
  const kept: { readonly name: BandFileName; readonly file: RasterFile; readonly band: SceneBand }[] = [];
  for (const { file, name } of finestFirst) {
    // Archives that hold a band in several resolutions give its finest one.
    if (kept.some((other) => other.name.band === name.band)) continue;
    const place = placeOf(reference.info, file.info);
    if (place && coversSameGround(place, reference.info, file.info)) {
      const band = sceneBand(file, 0, name.band);
      kept.push({ name, file, band: isWhole(place, file.info) ? band : { ...band, place } });
    } else {
      unreadable.push({
        path: file.path,
        message:
          `${file.path} covers another area than ${reference.path} of the same scene, ` +
          "so this band was left out. Put files of different areas under different names.",
      });
    }
  }
  kept.sort((a, b) => bandRank(a.name.band) - bandRank(b.name.band) || (a.name.band < b.name.band ? -1 : 1));
  const { info } = reference;
  const { sensor, bandNames } = recogniseSensor({
    dtype: info.dtype,
    names: kept.map((band) => band.name.band),
    colorInterpretation: kept.map(() => "Gray"),
    pixelMeters: pixelMeters(info.geotransform, info.epsg),
    platform: platformOfFile(reference.path),
  });
  const bands = kept.map(({ band }, position) => ({ ...band, name: bandNames[position] ?? band.name }));
  const scene: Scene = {
    name,
    sensor,
    width: info.width,
    height: info.height,
    dtype: valueType(bands, info.dtype),
    nodata: plainNodata(
      info.nodata ?? kept.find((band) => band.file.info.nodata !== null)?.file.info.nodata ?? null,
    ),
    geotransform: info.geotransform ? [...info.geotransform] : null,
    epsg: info.epsg,
    proj4: info.proj4,
    bands,
    ...alphaOf(reference),
    bytes: kept.reduce((sum, { file }) => sum + file.bytes, 0),
    modified: Math.max(...kept.map(({ file }) => file.modified)),
  };
  return { scene, reference, unreadable };
}

/** The finest of the files that most files share their ground with; `files` has at least one. */
function mostAgreed(files: readonly RasterFile[]): RasterFile {
  const agree = (a: RasterFile, b: RasterFile) => {
    const place = placeOf(a.info, b.info);
    return place !== null && coversSameGround(place, a.info, b.info);
  };
  const agreeing = files.map((file) => files.filter((other) => agree(file, other)).length);
  return files[agreeing.indexOf(Math.max(...agreeing))] as RasterFile;
}

/** Names are keys: where two scenes would share one, the later keeps its extension or names its bands. */
function withUniqueNames(scenes: readonly Scene[]): Scene[] {
  const taken = new Set<string>();
  return scenes
    .toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    .map((scene) => {
      const [first] = scene.bands;
      const alone = scene.bands.every((band) => band.file === first?.file);
      let name = scene.name;
      if (taken.has(name))
        name = alone && first ? first.file : `${name} ${scene.bands.map((band) => band.name).join("+")}`;
      for (let count = 2; taken.has(name); count++) name = `${scene.name} (${count})`;
      taken.add(name);
      return name === scene.name ? scene : { ...scene, name };
    });
}
