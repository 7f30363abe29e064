import type { PatchDetail } from "../../../shared/domain/project.ts";

export interface GroundSize {
  /** Metres. */
  readonly width: number;
  readonly height: number;
  /** Width of a pixel in metres. */
  readonly pixel: number;
  /** False where the CRS counts in degrees and the size is computed at the patch's latitude. */
  readonly exact: boolean;
}

/** Pixels smaller than this are in degrees: no sensor has pixels of a millimetre. */
const LARGEST_DEGREES = 0.001;

/**
 * Size of a patch on the ground; null without georeferencing. A degree's length is that of the WGS 84
 * ellipsoid (series of the meridian and parallel arcs, good to a metre).
 */
export function groundSize(patch: Pick<PatchDetail, "pixelSize" | "center" | "width" | "height">) {
  const { pixelSize, center, width, height } = patch;
  if (!pixelSize) return null;
  const [x, y] = [Math.abs(pixelSize[0]), Math.abs(pixelSize[1])];
  if (x >= LARGEST_DEGREES) return size(x, y, width, height, true);
  if (!center) return null;
  const latitude = (center[1] * Math.PI) / 180;
  const perLongitude = 111_412.84 * Math.cos(latitude) - 93.5 * Math.cos(3 * latitude);
  const perLatitude = 111_132.92 - 559.82 * Math.cos(2 * latitude) + 1.175 * Math.cos(4 * latitude);
  return size(x * perLongitude, y * perLatitude, width, height, false);
}

function size(x: number, y: number, columns: number, rows: number, exact: boolean): GroundSize {
  return { width: x * columns, height: y * rows, pixel: x, exact };
}
