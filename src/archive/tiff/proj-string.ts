import { GEOGRAPHIC_DATUMS } from "../datums.ts";
import { GEO_KEY, type GeoKeys, geoNumber, USER_DEFINED } from "./geo-keys.ts";

/** GeoTIFF 1.1 keys of a coordinate system's parameters. */
const PARAMETER = {
  angularUnits: 2054,
  semiMajorAxis: 2057,
  semiMinorAxis: 2058,
  inverseFlattening: 2059,
  primeMeridian: 2061,
  toWgs84: 2062,
  method: 3075,
  linearUnitSize: 3077,
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
  centreEasting: 3090,
  centreNorthing: 3091,
  scale: 3092,
  centreScale: 3093,
  azimuth: 3094,
  poleLongitude: 3095,
  gridAngle: 3096,
} as const;

/** Metres in GeoTIFF's linear units (EPSG units of measure). */
const METRES: Readonly<Record<number, number>> = {
  9001: 1,
  9002: 0.3048,
  9003: 1200 / 3937,
  9005: 0.3047972654,
  9036: 1000,
};

/** Degrees in GeoTIFF's angular units. */
const DEGREES: Readonly<Record<number, number>> = {
  9101: 180 / Math.PI,
  9102: 1,
  9105: 0.9,
  9106: 0.9,
  9122: 1,
};

/**
 * A text for proj4 of a coordinate system that the file describes by GeoTIFF parameters instead of an EPSG code, or
 * null for methods, units or ellipsoids not known here. Where the file has Esri's own text, that is given.
 */
export function projStringOf(keys: GeoKeys): string | null {
  const esri = esriTextOf(keys);
  const datum = datumOf(keys);
  if (datum === null) return esri;
  const model = geoNumber(keys, GEO_KEY.modelType);
  if (model === 2) return `+proj=longlat ${datum} +no_defs`;
  if (model !== 1 || geoNumber(keys, GEO_KEY.projectedType) !== USER_DEFINED) return esri;
  const metres = metresOf(keys);
  const degrees = DEGREES[geoNumber(keys, PARAMETER.angularUnits) ?? 9102];
  if (metres === undefined || degrees === undefined) return esri;
  const projection =
    utmOf(geoNumber(keys, GEO_KEY.projection)) ?? methodOf(parametersOf(keys, metres, degrees));
  if (projection === null) return esri;
  return `${projection} ${datum} ${metres === 1 ? "+units=m" : `+to_meter=${metres}`} +no_defs`;
}

/** The well-known text that Esri programs, and GDAL for what GeoTIFF has no code for, put into a citation. */
function esriTextOf(keys: GeoKeys): string | null {
  const citation = keys.get(GEO_KEY.projectedCitation);
  return (typeof citation === "string" && /^ESRI PE String = (PROJCS\[.+\])/.exec(citation)?.[1]) || null;
}

function metresOf(keys: GeoKeys): number | undefined {
  const unit = geoNumber(keys, GEO_KEY.linearUnits);
  if (unit === USER_DEFINED) return real(keys, PARAMETER.linearUnitSize);
  return METRES[unit ?? 9001];
}

function datumOf(keys: GeoKeys): string | null {
  const known = GEOGRAPHIC_DATUMS[geoNumber(keys, GEO_KEY.geographicType) ?? 0];
  if (known !== undefined) return known;
  const ellipsoid = ellipsoidOf(keys);
  if (ellipsoid === null) return null;
  const shift = keys.get(PARAMETER.toWgs84);
  const meridian = real(keys, PARAMETER.primeMeridian) ?? 0;
  return [
    ellipsoid,
    ...(typeof shift === "object" && shift.length >= 3 ? [`+towgs84=${padded(shift).join()}`] : []),
    ...(meridian === 0 ? [] : [`+pm=${meridian}`]),
  ].join(" ");
}

function padded(shift: readonly number[]): readonly number[] {
  return shift.length >= 7 ? shift.slice(0, 7) : [...shift.slice(0, 3), 0, 0, 0, 0];
}

function ellipsoidOf(keys: GeoKeys): string | null {
  const major = real(keys, PARAMETER.semiMajorAxis);
  if (major === undefined) return null;
  const flattening = real(keys, PARAMETER.inverseFlattening);
  if (flattening) return `+a=${major} +rf=${flattening}`;
  const minor = real(keys, PARAMETER.semiMinorAxis);
  return minor === undefined || minor === major ? `+R=${major}` : `+a=${major} +b=${minor}`;
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

type ParameterName = keyof typeof PARAMETER;

interface Parameters {
  readonly method: number | undefined;
  /** The first of the parameters that the file has, in degrees; 0 without any. */
  angle(...names: readonly ParameterName[]): number;
  /** The same in metres. */
  length(...names: readonly ParameterName[]): number;
  /** The same without a unit; 1 without any. */
  ratio(...names: readonly ParameterName[]): number;
}

function parametersOf(keys: GeoKeys, metres: number, degrees: number): Parameters {
  const first = (names: readonly ParameterName[]) =>
    names.map((name) => real(keys, PARAMETER[name])).find((value) => value !== undefined);
  return {
    method: geoNumber(keys, PARAMETER.method),
    angle: (...names) => (first(names) ?? 0) * degrees,
    length: (...names) => (first(names) ?? 0) * metres,
    ratio: (...names) => first(names) ?? 1,
  };
}

/** By GeoTIFF's codes of projection methods (annex on coordinate transformation codes). */
function methodOf(parameters: Parameters): string | null {
  const { method, angle, length, ratio } = parameters;
  const latitude = angle("originLatitude", "centreLatitude", "falseOriginLatitude");
  const longitude = angle("originLongitude", "centreLongitude", "falseOriginLongitude", "poleLongitude");
  const x = length("falseEasting", "falseOriginEasting", "centreEasting");
  const y = length("falseNorthing", "falseOriginNorthing", "centreNorthing");
  const shift = `+x_0=${x} +y_0=${y}`;
  const origin = `+lat_0=${latitude} +lon_0=${longitude}`;
  const meridian = `+lon_0=${longitude}`;
  const parallels = `+lat_1=${angle("standardParallel1")} +lat_2=${angle("standardParallel2")}`;
  const scale = `+k=${ratio("scale", "centreScale")}`;
  const trueScale = `+lat_ts=${angle("standardParallel1", "originLatitude")}`;
  switch (method) {
    case 1:
      return `+proj=tmerc ${origin} ${scale} ${shift}`;
    case 7: {
      const atParallel = angle("standardParallel1") !== 0;
      return `+proj=merc ${meridian} ${atParallel ? trueScale : scale} ${shift}`;
    }
    case 8:
      return `+proj=lcc ${falseOrigin(parameters)} ${parallels}`;
    case 9:
      return `+proj=lcc ${origin} +lat_1=${latitude} +k_0=${ratio("scale", "centreScale")} ${shift}`;
    case 10:
      return `+proj=laea ${origin} ${shift}`;
    case 11:
      return `+proj=aea ${origin} ${parallels} ${shift}`;
    case 12:
      return `+proj=aeqd ${origin} ${shift}`;
    case 13:
      return `+proj=eqdc ${origin} ${parallels} ${shift}`;
    case 14:
      return `+proj=stere ${origin} ${scale} ${shift}`;
    case 15:
      return polarStereographic(parameters, shift);
    case 16:
      return `+proj=sterea ${origin} ${scale} ${shift}`;
    case 17:
      return `+proj=eqc +lat_ts=${angle("standardParallel1")} ${origin} ${shift}`;
    case 18:
      return `+proj=cass ${origin} ${shift}`;
    case 19:
      return `+proj=gnom ${origin} ${shift}`;
    case 20:
      return `+proj=mill ${meridian} ${shift}`;
    case 21:
      return `+proj=ortho ${origin} ${shift}`;
    case 22:
      return `+proj=poly ${origin} ${shift}`;
    case 23:
      return `+proj=robin ${meridian} ${shift}`;
    case 24:
      return `+proj=sinu ${meridian} ${shift}`;
    case 25:
      return `+proj=vandg ${meridian} ${shift}`;
    case 26:
      return `+proj=nzmg ${origin} ${shift}`;
    case 28:
      return `+proj=cea ${trueScale} ${meridian} ${shift}`;
    case 3:
    case 9815:
      return obliqueMercator(parameters, shift);
    default:
      return null;
  }
}

/** Where the latitude is that of true scale, not the pole's, the scale is 1. */
function polarStereographic({ angle, ratio }: Parameters, shift: string): string {
  const latitude = angle("originLatitude");
  const pole = latitude < 0 ? -90 : 90;
  const size = latitude === pole ? `+k=${ratio("scale", "centreScale")}` : `+lat_ts=${latitude}`;
  return `+proj=stere +lat_0=${pole} ${size} +lon_0=${angle("poleLongitude", "originLongitude")} ${shift}`;
}

/** Hotine's variants A (code 3) and B (9815); straight eastwards it is the Swiss one. */
function obliqueMercator({ method, angle, ratio }: Parameters, shift: string): string {
  const [latitude, longitude] = [angle("centreLatitude"), angle("centreLongitude")];
  const [azimuth, gridAngle] = [angle("azimuth"), angle("gridAngle", "azimuth")];
  const scale = `${ratio("centreScale", "scale")}`;
  if (azimuth === 90 && gridAngle === 90 && method !== 3) {
    return `+proj=somerc +lat_0=${latitude} +lon_0=${longitude} +k_0=${scale} ${shift}`;
  }
  const variant = method === 3 ? " +no_uoff" : "";
  return `+proj=omerc${variant} +lat_0=${latitude} +lonc=${longitude} +alpha=${azimuth} +gamma=${gridAngle} +k=${scale} ${shift}`;
}

function falseOrigin({ angle, length }: Parameters): string {
  const latitude = angle("falseOriginLatitude", "originLatitude");
  const longitude = angle("falseOriginLongitude", "originLongitude");
  const x = length("falseOriginEasting", "falseEasting");
  const y = length("falseOriginNorthing", "falseNorthing");
  return `+lat_0=${latitude} +lon_0=${longitude} +x_0=${x} +y_0=${y}`;
}

/** A parameter's number: GeoTIFF keeps real numbers as lists of one. */
function real(keys: GeoKeys, key: number): number | undefined {
  const value = keys.get(key);
  const number = typeof value === "object" ? value[0] : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}
