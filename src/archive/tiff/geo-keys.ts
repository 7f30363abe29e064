import type { DirectoryReader } from "./directory-reader.ts";
import { TAG } from "./tags.ts";

/** GeoTIFF 1.1 key numbers that the reader looks at. */
export const GEO_KEY = {
  modelType: 1024,
  rasterType: 1025,
  citation: 1026,
  geographicType: 2048,
  geographicCitation: 2049,
  projectedType: 3072,
  projectedCitation: 3073,
  projection: 3074,
  verticalType: 4096,
} as const;

/** Values of GeoTIFF's keys: numbers, lists of numbers, or texts. */
export type GeoKeys = ReadonlyMap<number, number | readonly number[] | string>;

/** GeoTIFF's stand-in for "not an EPSG code: described by other keys". */
export const USER_DEFINED = 32767;

export async function readGeoKeys(reader: DirectoryReader): Promise<GeoKeys> {
  const keys = new Map<number, number | readonly number[] | string>();
  const directory = await reader.optionalNumbers(TAG.geoKeyDirectory, 4);
  if (directory === undefined) return keys;
  const doubles = (await reader.optionalNumbers(TAG.geoDoubleParams)) ?? new Float64Array();
  const texts = (await reader.optionalText(TAG.geoAsciiParams)) ?? "";
  keys.set(KEY_REVISION, directory[2]!);
  const count = Math.min(directory[3]!, Math.floor(directory.length / 4) - 1);
  for (let index = 1; index <= count; index++) {
    const [key, location, length, value] = directory.subarray(index * 4, index * 4 + 4) as unknown as [
      number,
      number,
      number,
      number,
    ];
    if (location === 0) keys.set(key, value);
    else if (location === TAG.geoDoubleParams) keys.set(key, [...doubles.subarray(value, value + length)]);
    else if (location === TAG.geoAsciiParams)
      keys.set(key, texts.slice(value, value + length).replace(/\|$/, ""));
  }
  return keys;
}

/** A key's number, where it has one. */
export function geoNumber(keys: GeoKeys, key: number): number | undefined {
  const value = keys.get(key);
  return typeof value === "number" ? value : undefined;
}

/** The EPSG code of the raster's coordinate system, or null where it has none or one of its own. */
export function epsgOf(keys: GeoKeys): number | null {
  const model = geoNumber(keys, GEO_KEY.modelType);
  const projected = geoNumber(keys, GEO_KEY.projectedType);
  const geographic = geoNumber(keys, GEO_KEY.geographicType);
  const vertical = geoNumber(keys, GEO_KEY.verticalType);
  // GeoTIFF 1.1 allows compound systems, whose code (if any) the file does not tell, and three-dimensional
  // geographic ones, whose code stands in the vertical key; in 1.0 the vertical key was of no consequence.
  if (vertical !== undefined && geoNumber(keys, KEY_REVISION) === 1) {
    return model === 2 && vertical >= 4000 && vertical < 5000 ? vertical : null;
  }
  if (model === 1 || (model === undefined && projected !== undefined)) return registered(projected);
  return model === 2 ? registered(geographic) : null;
}

/** Not a key: the directory's minor revision, kept beside the keys. */
const KEY_REVISION = -1;

function registered(code: number | undefined): number | null {
  return code !== undefined && code > 0 && code < USER_DEFINED ? code : null;
}

/** The coordinate system's name as the file gives it. */
export function crsNameOf(keys: GeoKeys): string | null {
  for (const key of [GEO_KEY.projectedCitation, GEO_KEY.citation, GEO_KEY.geographicCitation]) {
    const value = keys.get(key);
    if (typeof value === "string" && value.trim() !== "") return value.trim();
  }
  return null;
}
