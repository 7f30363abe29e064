import proj4 from "proj4";
import type { Scene } from "../shared/domain/imagery.ts";
import type { PixelWindow } from "../shared/raster.ts";
import { projectionOf } from "./projections.ts";

/** Longitude and latitude in degrees, WGS 84. */
export type LonLat = [longitude: number, latitude: number];
type Georeference = Pick<Scene, "geotransform" | "epsg" | "proj4" | "width" | "height">;

const WGS84 = "+proj=longlat +datum=WGS84 +no_defs";

const converters = new Map<string, (point: LonLat) => LonLat>();

function toWgs84(definition: string): ((point: LonLat) => LonLat) | null {
  const known = converters.get(definition);
  if (known) return known;
  try {
    const { forward } = proj4(definition, WGS84);
    const convert = (point: LonLat): LonLat => {
      const [longitude = Number.NaN, latitude = Number.NaN] = forward([...point]);
      return [longitude, latitude];
    };
    converters.set(definition, convert);
    return convert;
  } catch {
    return null;
  }
}

/** Pixel coordinates (corners at whole numbers) to longitude and latitude; null where that isn't known. */
function locate(scene: Georeference, points: readonly (readonly [number, number])[]): LonLat[] | null {
  const definition = projectionOf(scene);
  if (!scene.geotransform || definition === null) return null;
  const convert = toWgs84(definition);
  if (!convert) return null;
  const [x0 = 0, dxColumn = 0, dxRow = 0, y0 = 0, dyColumn = 0, dyRow = 0] = scene.geotransform;
  const located = points.map(([column, row]) =>
    convert([x0 + column * dxColumn + row * dxRow, y0 + column * dyColumn + row * dyRow]),
  );
  return located.every((point) => point.every(Number.isFinite)) ? located : null;
}

/** Longitudes without jumps: each at most half a turn from the one before, the first one within ±180°. */
function unwrapped(points: readonly LonLat[]): LonLat[] {
  let previous = 0;
  return points.map(([longitude, latitude]) => {
    previous = longitude - 360 * Math.round((longitude - previous) / 360);
    return [previous, latitude];
  });
}

/**
 * The outline of a window in WGS 84: a closed ring of five points, counter-clockwise. Null without georeferencing or
 * with a CRS that isn't known.
 *
 * Across the 180° meridian longitudes go on beyond ±180°, and around a pole the last point lies a whole turn from the
 * first: `geometryOf` in the exporters makes what RFC 7946 wants of both.
 */
export function footprint(scene: Georeference, window: PixelWindow): LonLat[] | null {
  const { x, y, width, height } = window;
  const ring = locate(scene, [
    [x, y],
    [x, y + height],
    [x + width, y + height],
    [x + width, y],
    [x, y],
  ]);
  if (!ring) return null;
  const plain = unwrapped(ring);
  return signedArea(plain) < 0 ? unwrapped(plain.toReversed()) : plain;
}

/** The window's centre in WGS 84; null as for `footprint`. */
export function center(scene: Georeference, window: PixelWindow): LonLat | null {
  const middle = [window.x + window.width / 2, window.y + window.height / 2] as const;
  const [found] = unwrapped(locate(scene, [middle]) ?? []);
  return found ?? null;
}

/** Ground size of a pixel, along columns and rows, in the CRS's unit; null without georeferencing. */
export function pixelSize(scene: Pick<Scene, "geotransform">): [number, number] | null {
  if (!scene.geotransform) return null;
  const [, dxColumn = 0, dxRow = 0, , dyColumn = 0, dyRow = 0] = scene.geotransform;
  return [Math.hypot(dxColumn, dyColumn), Math.hypot(dxRow, dyRow)];
}

/** Shoelace formula; positive for counter-clockwise rings. */
function signedArea(ring: readonly LonLat[]): number {
  return ring.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length] as LonLat;
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);
}
