import type { DirectoryReader } from "./directory-reader.ts";
import { contradictsSystem } from "./linear-units.ts";
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
  linearUnits: 3076,
  verticalType: 4096,
  verticalUnits: 4099,
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

/** The ellipsoid of WGS 84 as a vertical reference: with it, the geographic system becomes three-dimensional. */
const WGS84_HEIGHTS = 5030;
const WGS84_GEOGRAPHIC = 4326;
const WGS84_THREE_DIMENSIONAL = 4979;

/** The EPSG code of the raster's coordinate system, or null where it has none or one of its own. */
export function epsgOf(keys: GeoKeys): number | null {
  const model = geoNumber(keys, GEO_KEY.modelType);
  const projected = geoNumber(keys, GEO_KEY.projectedType);
  const geographic = geoNumber(keys, GEO_KEY.geographicType);
  const vertical = geoNumber(keys, GEO_KEY.verticalType);
  if (vertical === WGS84_HEIGHTS) {
    return model === 2 && geographic === WGS84_GEOGRAPHIC ? WGS84_THREE_DIMENSIONAL : null;
  }
  // GeoTIFF 1.1 allows compound systems, whose code (if any) the file does not tell, and three-dimensional
  // geographic ones, whose code stands in the vertical key; in 1.0 the vertical key was of no consequence.
  if (geoNumber(keys, KEY_REVISION) === 1) {
    if (vertical !== undefined) return model === 2 && vertical >= 4000 && vertical < 5000 ? vertical : null;
    if (keys.has(GEO_KEY.verticalUnits)) return null;
  }
  if (model === 2) return registered(geographic);
  // Only for a model of their own do Esri's programs put the system's name before its code.
  const esri = model === USER_DEFINED ? esriName(keys) : null;
  if (model !== 1 && esri === null && (model !== undefined || projected === undefined)) return null;
  const code = registered(projected) ?? (esri === null ? null : epsgOfEsriName(esri));
  if (code === null || isConversion(code) || contradictsSystem(geoNumber(keys, GEO_KEY.linearUnits), code)) {
    return null;
  }
  return REPLACED.get(code) ?? code;
}

/** Some writers put a conversion's code (UTM zone 31N is 16031) where a system's belongs. */
const isConversion = (code: number) => code >= 16000 && code < 16200;

/** Codes that EPSG has withdrawn in favour of another, as far as files in the wild use them. */
const REPLACED: ReadonlyMap<number, number> = new Map([[3785, 3857]]);

/** The name of a projected system that an Esri program gives as text instead of keys. */
function esriName(keys: GeoKeys): string | null {
  const citation = keys.get(GEO_KEY.projectedCitation);
  if (typeof citation !== "string") return null;
  return /^ESRI PE String = PROJCS\["([^"]+)"/.exec(citation)?.[1] ?? null;
}

/** EPSG's codes of UTM zones, to which the zone's number is added, by Esri's names of them. */
const ESRI_UTM: Readonly<Record<string, number>> = {
  WGS_1984_N: 32600,
  WGS_1984_S: 32700,
  NAD_1983_N: 26900,
  NAD_1927_N: 26700,
  ETRS_1989_N: 25800,
};

function epsgOfEsriName(name: string): number | null {
  if (name === "WGS_1984_Web_Mercator_Auxiliary_Sphere") return 3857;
  const utm = /^(\w+)_UTM_Zone_(\d{1,2})([NS])$/.exec(name);
  const base = utm === null ? undefined : ESRI_UTM[`${utm[1]}_${utm[3]}`];
  return base === undefined ? null : base + Number(utm![2]);
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
    if (typeof value === "string" && value.trim() !== "") return esriName(keys) ?? value.trim();
  }
  return null;
}
