import type { ScenePlace } from "../../shared/domain/imagery.ts";
import type { GeoTransform } from "../../shared/raster.ts";

/** A raster's pixels on the ground. */
export interface PixelGrid {
  readonly width: number;
  readonly height: number;
  readonly geotransform: GeoTransform | null;
  readonly epsg: number | null;
  readonly proj4: string | null;
}

/** Differences of coordinates below this many pixels are the rounding of whoever wrote the files. */
const ROUNDING = 0.02;
/** Two grids may be turned against each other by this many pixels over their whole length. */
const MOST_TURN = 0.5;

/**
 * Where one raster lies in the pixels of another: the place itself, or null where they have different coordinate
 * systems or are turned against each other. Pixels of the same size are taken to lie exactly over each other, to the
 * nearest whole one, so that such bands are never interpolated; of different sizes the place is exact. Rasters without
 * georeferencing are taken to cover the same ground.
 */
export function placeOf(scene: PixelGrid, file: PixelGrid): ScenePlace | null {
  const whole = { x: 0, y: 0, width: file.width, height: file.height };
  if (!scene.geotransform || !file.geotransform) {
    if (!scene.geotransform !== !file.geotransform) return null;
    const scale = scene.width / file.width;
    return Math.abs(scene.height / scale - file.height) <= 1 ? whole : null;
  }
  if (scene.epsg !== file.epsg || (scene.epsg === null && scene.proj4 !== file.proj4)) return null;
  const [x0, a, b, y0, c, d] = scene.geotransform;
  const [u0, e, f, v0, g, h] = file.geotransform;
  const determinant = e * h - f * g;
  if (determinant === 0) return null;
  // The file's inverse transform after the scene's own.
  const scaleX = (h * a - f * c) / determinant;
  const scaleY = (e * d - g * b) / determinant;
  const turned = Math.max(
    Math.abs(((h * b - f * d) / determinant) * scene.height),
    Math.abs(((e * c - g * a) / determinant) * scene.width),
  );
  if (!(turned <= MOST_TURN) || scaleX <= 0 || scaleY <= 0) return null;
  const x = (h * (x0 - u0) - f * (y0 - v0)) / determinant;
  const y = (e * (y0 - v0) - g * (x0 - u0)) / determinant;
  return {
    ...named(along(x, scaleX, scene.width, file.width), "x", "width"),
    ...named(along(y, scaleY, scene.height, file.height), "y", "height"),
  };
}

function named<Start extends string, Length extends string>(
  { start, length }: { start: number; length: number },
  startName: Start,
  lengthName: Length,
) {
  return { [startName]: start, [lengthName]: length } as Record<Start | Length, number>;
}

/** One axis: first pixel and number of pixels of the file that the scene's length makes up. */
function along(start: number, scale: number, sceneLength: number, fileLength: number) {
  const length = scale * sceneLength;
  if (Math.abs(length - sceneLength) < ROUNDING * 10) {
    return { start: Math.round(start), length: sceneLength };
  }
  if (Math.abs(start) < ROUNDING && Math.abs(length - fileLength) < ROUNDING)
    return { start: 0, length: fileLength };
  return { start, length };
}

/** Whether a place is just all of the file. */
export function isWhole(place: ScenePlace, { width, height }: Pick<PixelGrid, "width" | "height">): boolean {
  return place.x === 0 && place.y === 0 && place.width === width && place.height === height;
}

/**
 * Whether both rasters have the same ground, to within a pixel of the coarser one.
 * @param place of the scene in the file
 */
export function coversSameGround(
  place: ScenePlace,
  scene: Pick<PixelGrid, "width" | "height">,
  file: Pick<PixelGrid, "width" | "height">,
): boolean {
  const across = Math.max(1, place.width / scene.width);
  const down = Math.max(1, place.height / scene.height);
  return (
    Math.abs(place.x) <= across &&
    Math.abs(place.y) <= down &&
    Math.abs(place.x + place.width - file.width) <= across &&
    Math.abs(place.y + place.height - file.height) <= down
  );
}

/** Whether the file has the scene's whole ground, give or take a pixel, and maybe more. */
export function covers(
  place: ScenePlace,
  scene: Pick<PixelGrid, "width" | "height">,
  file: Pick<PixelGrid, "width" | "height">,
): boolean {
  const across = Math.max(1, place.width / scene.width);
  const down = Math.max(1, place.height / scene.height);
  return (
    place.x >= -across &&
    place.y >= -down &&
    place.x + place.width <= file.width + across &&
    place.y + place.height <= file.height + down
  );
}
