import { readFile } from "node:fs/promises";
import type { GeoTransform } from "../../shared/raster.ts";
import type { DirectoryReader } from "./directory-reader.ts";
import { GEO_KEY, type GeoKeys, geoNumber } from "./geo-keys.ts";
import { TAG } from "./tags.ts";

/** RasterPixelIsPoint: coordinates are those of pixel centres. */
const PIXEL_IS_POINT = 2;

/**
 * The geotransform inside the file (GeoTIFF 1.1, annex on raster-to-model transformation), as GDAL derives it:
 * pixel corners, rows downwards unless a matrix says otherwise. Null without one, or with ground control points only.
 */
export async function readGeotransform(reader: DirectoryReader, keys: GeoKeys): Promise<GeoTransform | null> {
  const transform = (await fromScale(reader)) ?? (await fromMatrix(reader));
  if (transform === null) return null;
  return geoNumber(keys, GEO_KEY.rasterType) === PIXEL_IS_POINT ? centreToCorner(transform) : transform;
}

/** Whether the file ties single pixels to coordinates (ground control points) without any transform. */
export async function hasControlPointsOnly(reader: DirectoryReader): Promise<boolean> {
  const tie = await reader.optionalNumbers(TAG.modelTiepoint, 6);
  return tie !== undefined && (await fromScale(reader)) === null && (await fromMatrix(reader)) === null;
}

async function fromScale(reader: DirectoryReader): Promise<GeoTransform | null> {
  const scale = await reader.optionalNumbers(TAG.modelPixelScale, 2);
  if (scale === undefined || scale[0] === 0 || scale[1] === 0) return null;
  const tie = await reader.optionalNumbers(TAG.modelTiepoint, 6);
  if (tie === undefined) return null;
  const [x, y] = [scale[0]!, -Math.abs(scale[1]!)];
  return [tie[3]! - tie[0]! * x, x, 0, tie[4]! - tie[1]! * y, 0, y];
}

async function fromMatrix(reader: DirectoryReader): Promise<GeoTransform | null> {
  const matrix = await reader.optionalNumbers(TAG.modelTransformation, 16);
  if (matrix?.length !== 16) return null;
  return [matrix[3]!, matrix[0]!, matrix[1]!, matrix[7]!, matrix[4]!, matrix[5]!];
}

function centreToCorner([x, xColumn, xRow, y, yColumn, yRow]: GeoTransform): GeoTransform {
  return [x - 0.5 * (xColumn + xRow), xColumn, xRow, y - 0.5 * (yColumn + yRow), yColumn, yRow];
}

/** The geotransform of an ESRI world file beside the raster (`.tfw`, `.tifw`, `.wld`), or null. */
export async function readWorldFile(path: string): Promise<GeoTransform | null> {
  const stem = path.replace(/\.[^./\\]*$/, "");
  const suffix = /\.([^./\\]*)$/.exec(path)?.[1] ?? "tif";
  const short = `${suffix[0] ?? "t"}${suffix.at(-1) ?? "f"}w`;
  for (const extension of [short, `${suffix}w`, "wld"]) {
    for (const spelled of [extension.toLowerCase(), extension.toUpperCase()]) {
      const transform = parseWorldFile(await readSmallText(`${stem}.${spelled}`));
      if (transform !== null) return transform;
    }
  }
  return null;
}

function parseWorldFile(text: string | null): GeoTransform | null {
  const lines = text?.split(/\r?\n/).filter((line) => line.trim() !== "") ?? [];
  const values = lines.slice(0, 6).map((line) => Number(line.trim().replace(",", ".")));
  if (values.length < 6 || !values.every(Number.isFinite)) return null;
  const [xColumn, yColumn, xRow, yRow, x, y] = values as [number, number, number, number, number, number];
  if ((xColumn === 0 && xRow === 0) || (yRow === 0 && yColumn === 0)) return null;
  return centreToCorner([x, xColumn, xRow, y, yColumn, yRow]);
}

async function readSmallText(path: string): Promise<string | null> {
  try {
    const bytes = await readFile(path);
    return bytes.length < 4096 ? bytes.toString("utf8") : null;
  } catch {
    return null;
  }
}
