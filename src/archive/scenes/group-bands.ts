import type { Scene } from "../../shared/domain/imagery.ts";
import { bandRank } from "../sensors/band-names.ts";
import { pixelMeters, recogniseSensor } from "../sensors/index.ts";
import { type BandFileName, parseBandFileName } from "./file-names.ts";
import type { Unreadable } from "./find-rasters.ts";
import type { RasterFile } from "./raster-file.ts";
import { plainNodata, singleScene } from "./single-scene.ts";

interface BandFile {
  readonly file: RasterFile;
  readonly name: BandFileName;
}

/**
 * Makes scenes of files. Single-band files with the same prefix and a band in their names are one scene
 * on the finest band's grid, as long as they cover the same ground; every other file is a scene of its own.
 *
 * @param folderName name of a scene whose files have nothing in their names but the band
 */
export function groupIntoScenes(
  files: readonly RasterFile[],
  folderName: string,
): { readonly scenes: Scene[]; readonly unreadable: Unreadable[] } {
  const groups = new Map<string, BandFile[]>();
  const scenes: Scene[] = [];
  const unreadable: Unreadable[] = [];
  for (const file of files) {
    const name = file.info.bands === 1 ? parseBandFileName(file.path) : null;
    if (!name) {
      scenes.push(singleScene(file));
      continue;
    }
    const key = `${name.family}:${name.prefix}`;
    const group = groups.get(key);
    if (group) group.push({ file, name });
    else groups.set(key, [{ file, name }]);
  }
  for (const group of groups.values()) {
    const [first] = group;
    if (!first) continue;
    if (group.length === 1) {
      scenes.push(singleScene(first.file, first.name.band));
      continue;
    }
    const made = sceneOfBands(group, first.name.prefix === "" ? folderName : first.name.prefix);
    scenes.push(made.scene);
    unreadable.push(...made.unreadable);
  }
  return { scenes: withUniqueNames(scenes), unreadable };
}

function sceneOfBands(group: readonly BandFile[], name: string): { scene: Scene; unreadable: Unreadable[] } {
  const finestFirst = group.toSorted(
    (a, b) => b.file.info.width * b.file.info.height - a.file.info.width * a.file.info.height,
  );
  const reference = mostAgreed(finestFirst.map((band) => band.file));
  const unreadable: Unreadable[] = [];
  const kept: BandFile[] = [];
  for (const band of finestFirst) {
    // Archives that hold a band in several resolutions give its finest one.
    if (kept.some((other) => other.name.band === band.name.band)) continue;
    if (coversSameGround(reference, band.file)) kept.push(band);
    else {
      unreadable.push({
        path: band.file.path,
        message:
          `${band.file.path} covers another area than ${reference.path} of the same scene, ` +
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
  });
  const scene: Scene = {
    name,
    sensor,
    width: info.width,
    height: info.height,
    dtype: info.dtype,
    nodata: plainNodata(
      info.nodata ?? kept.find((band) => band.file.info.nodata !== null)?.file.info.nodata ?? null,
    ),
    geotransform: info.geotransform ? [...info.geotransform] : null,
    epsg: info.epsg,
    proj4: info.proj4,
    bands: kept.map(({ file, name: { band } }, position) => ({
      name: bandNames[position] ?? band,
      file: file.path,
      fileBand: 0,
      width: file.info.width,
      height: file.info.height,
    })),
    bytes: kept.reduce((sum, { file }) => sum + file.bytes, 0),
    modified: Math.max(...kept.map(({ file }) => file.modified)),
  };
  return { scene, unreadable };
}

/** The finest of the files that most files share their ground with; `files` has at least one. */
function mostAgreed(files: readonly RasterFile[]): RasterFile {
  const agreeing = files.map((file) => files.filter((other) => coversSameGround(file, other)).length);
  return files[agreeing.indexOf(Math.max(...agreeing))] as RasterFile;
}

/** Same CRS and the same corners to within a pixel of the coarser file; without georeferencing, the same shape. */
function coversSameGround(reference: RasterFile, other: RasterFile): boolean {
  const a = reference.info;
  const b = other.info;
  if (!a.geotransform || !b.geotransform) {
    const scale = a.width / b.width;
    return !a.geotransform === !b.geotransform && Math.abs(a.height / scale - b.height) <= 1;
  }
  if (a.epsg !== b.epsg) return false;
  const cornersOfA = corners(a.geotransform, a.width, a.height);
  const cornersOfB = corners(b.geotransform, b.width, b.height);
  const tolerance = Math.max(
    Math.hypot(a.geotransform[1], a.geotransform[4]),
    Math.hypot(b.geotransform[1], b.geotransform[4]),
  );
  return cornersOfA.every((corner, index) => {
    const twin = cornersOfB[index];
    return twin !== undefined && Math.hypot(corner[0] - twin[0], corner[1] - twin[1]) <= tolerance;
  });
}

function corners(g: readonly number[], width: number, height: number): [number, number][] {
  const [x0 = 0, dxColumn = 0, dxRow = 0, y0 = 0, dyColumn = 0, dyRow = 0] = g;
  return [
    [0, 0],
    [width, 0],
    [width, height],
    [0, height],
  ].map(([column = 0, row = 0]) => [
    x0 + column * dxColumn + row * dxRow,
    y0 + column * dyColumn + row * dyRow,
  ]);
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
