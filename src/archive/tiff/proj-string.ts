import { GEO_KEY, type GeoKeys, geoNumber, USER_DEFINED } from "./geo-keys.ts";

/** GeoTIFF 1.1 keys of a projection's parameters. */
const PARAMETER = {
  semiMajorAxis: 2057,
  semiMinorAxis: 2058,
  inverseFlattening: 2059,
  method: 3075,
  linearUnits: 3076,
  standardParallel1: 3078,
  standardParallel2: 3079,
  originLongitude: 3080,
  originLatitude: 3081,
  falseEasting: 3082,
  falseNorthing: 3083,
  falseOriginLongitude: 3084,
  falseOriginLatitude: 3085,
  falseOriginEasting: 3086,
  falseOriginNorthing: 3087,
  centreLongitude: 3088,
  centreLatitude: 3089,
  scale: 3092,
  poleLongitude: 3095,
} as const;

type Parameters = (key: keyof typeof PARAMETER, fallback?: number) => number;

const METRE = 9001;
const UNITS: Readonly<Record<number, string>> = { [METRE]: "m", 9002: "ft", 9003: "us-ft" };

/** Geographic systems whose datum is WGS 84, or within a metre of it (ETRS89, NAD83). */
const DATUMS: Readonly<Record<number, string>> = {
  4326: "+datum=WGS84",
  4258: "+ellps=GRS80 +towgs84=0,0,0,0,0,0,0",
  4269: "+ellps=GRS80 +towgs84=0,0,0,0,0,0,0",
};

/**
 * A PROJ string for a coordinate system that the file describes by GeoTIFF parameters instead of an EPSG code, or
 * null for methods, units or ellipsoids not known here.
 */
export function projStringOf(keys: GeoKeys): string | null {
  const datum = datumOf(keys);
  if (datum === null) return null;
  const model = geoNumber(keys, GEO_KEY.modelType);
  if (model === 2) return `+proj=longlat ${datum} +no_defs`;
  if (model !== 1 || geoNumber(keys, GEO_KEY.projectedType) !== USER_DEFINED) return null;
  const projection = utmOf(geoNumber(keys, GEO_KEY.projection)) ?? methodOf(keys);
  const units = UNITS[geoNumber(keys, PARAMETER.linearUnits) ?? METRE];
  return projection === null || units === undefined
    ? null
    : `${projection} ${datum} +units=${units} +no_defs`;
}

function datumOf(keys: GeoKeys): string | null {
  const known = DATUMS[geoNumber(keys, GEO_KEY.geographicType) ?? 0];
  if (known !== undefined) return known;
  const major = real(keys, PARAMETER.semiMajorAxis);
  if (major === undefined) return null;
  const minor = real(keys, PARAMETER.semiMinorAxis);
  if (minor !== undefined) return `+a=${major} +b=${minor}`;
  const flattening = real(keys, PARAMETER.inverseFlattening);
  return flattening ? `+a=${major} +rf=${flattening}` : `+R=${major}`;
}

/** GeoTIFF's codes of UTM zones: 160zz north, 161zz south. */
function utmOf(code: number | undefined): string | null {
  if (code === undefined) return null;
  const zone = code % 100;
  if (zone < 1 || zone > 60) return null;
  const hemisphere = Math.floor(code / 100);
  if (hemisphere === 160) return `+proj=utm +zone=${zone}`;
  return hemisphere === 161 ? `+proj=utm +zone=${zone} +south` : null;
}

/** GeoTIFF's codes of projection methods (annex on coordinate transformation codes). */
function methodOf(keys: GeoKeys): string | null {
  const value: Parameters = (key, fallback = 0) => real(keys, PARAMETER[key]) ?? fallback;
  const shift = `+x_0=${value("falseEasting")} +y_0=${value("falseNorthing")}`;
  const origin = `+lat_0=${value("originLatitude")} +lon_0=${value("originLongitude")}`;
  const centre = `+lat_0=${value("centreLatitude", value("originLatitude"))} +lon_0=${value("centreLongitude", value("originLongitude"))}`;
  const parallels = `+lat_1=${value("standardParallel1")} +lat_2=${value("standardParallel2")}`;
  const scale = `+k=${value("scale", 1)}`;
  switch (geoNumber(keys, PARAMETER.method)) {
    case 1:
      return `+proj=tmerc ${origin} ${scale} ${shift}`;
    case 7:
      return `+proj=merc +lon_0=${value("originLongitude")} ${scale} ${shift}`;
    case 8:
      return `+proj=lcc ${falseOrigin(value)} ${parallels}`;
    case 9:
      return `+proj=lcc ${origin} +lat_1=${value("originLatitude")} +k_0=${value("scale", 1)} ${shift}`;
    case 10:
      return `+proj=laea ${centre} ${shift}`;
    case 11:
      return `+proj=aea ${origin} ${parallels} ${shift}`;
    case 12:
      return `+proj=aeqd ${centre} ${shift}`;
    case 24:
      return `+proj=sinu +lon_0=${value("centreLongitude", value("originLongitude"))} ${shift}`;
    default:
      return null;
  }
}

function falseOrigin(value: Parameters): string {
  const latitude = value("falseOriginLatitude", value("originLatitude"));
  const longitude = value("falseOriginLongitude", value("originLongitude"));
  const x = value("falseOriginEasting", value("falseEasting"));
  const y = value("falseOriginNorthing", value("falseNorthing"));
  return `+lat_0=${latitude} +lon_0=${longitude} +x_0=${x} +y_0=${y}`;
}

/** A parameter's number: GeoTIFF keeps real numbers as lists of one. */
function real(keys: GeoKeys, key: number): number | undefined {
  const value = keys.get(key);
  const number = typeof value === "object" ? value[0] : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}
