import type { SensorId } from "../../shared/domain/imagery.ts";
import type { GeoTransform, SampleType } from "../../shared/raster.ts";
import { aerialRgb, aerialRgbn } from "./aerial.ts";
import { grey } from "./grey.ts";
import { landsatOli, landsatTm } from "./landsat.ts";
import { planetscope } from "./planetscope.ts";
import type { Platform } from "./platform.ts";
import { isAncillaryBand } from "./quality-bands.ts";
import type { BandFacts, Sensor } from "./sensor.ts";
import { sentinel1 } from "./sentinel1.ts";
import {
  sentinel2Selection,
  sentinel2With4Bands,
  sentinel2With10Bands,
  sentinel2With12Bands,
  sentinel2With13Bands,
} from "./sentinel2.ts";
import { unknown } from "./unknown.ts";

export type { BandFacts, Sensor } from "./sensor.ts";

/** Every sensor, in the order in which they are tried; the last one takes what is left. */
export const SENSORS: readonly Sensor[] = [
  landsatOli,
  landsatTm,
  planetscope,
  sentinel2With13Bands,
  sentinel2With12Bands,
  sentinel2With10Bands,
  sentinel2With4Bands,
  sentinel2Selection,
  sentinel1,
  aerialRgb,
  aerialRgbn,
  grey,
  unknown,
];

/** The sensor with an id; the catch-all where the registry has none. */
export function sensorById(id: SensorId): Sensor {
  return SENSORS.find((sensor) => sensor.id === id) ?? unknown;
}

export interface RecognisedSensor {
  readonly sensor: SensorId;
  /** In the raster's band order. */
  readonly bandNames: readonly string[];
}

/** What kind of imagery a raster is, with its bands' names. */
export function recogniseSensor(facts: BandFacts): RecognisedSensor {
  for (const sensor of SENSORS) {
    const bandNames = sensor.recognise(facts);
    if (bandNames) return { sensor: sensor.id, bandNames };
  }
  return { sensor: "unknown", bandNames: unknown.recognise(facts) };
}

/** The header facts that recognition needs; a `RasterInfo` has them. */
export interface RasterHeader {
  readonly bands: number;
  readonly dtype: SampleType;
  readonly bandNames: readonly (string | null)[];
  readonly colorInterpretation: readonly string[];
  readonly geotransform: GeoTransform | null;
  readonly epsg: number | null;
}

/**
 * Bands of a raster that hold imagery, 0-based: alpha bands and those that are classes or flags by their names are left
 * out unless there is nothing else.
 */
export function imageryBands(header: RasterHeader): number[] {
  const all = Array.from({ length: header.bands }, (_, band) => band);
  const imagery = all.filter(
    (band) => header.colorInterpretation[band] !== "Alpha" && !isAncillaryBand(header.bandNames[band] ?? ""),
  );
  return imagery.length > 0 ? imagery : all;
}

/** Recognises one multi-band file by its header, and by its name where that tells the platform. */
export function sensorOfRaster(header: RasterHeader, platform: Platform | null = null): RecognisedSensor {
  const bands = imageryBands(header);
  return recogniseSensor({
    dtype: header.dtype,
    names: bands.map((band) => header.bandNames[band] || null),
    colorInterpretation: bands.map((band) => header.colorInterpretation[band] ?? "Undefined"),
    pixelMeters: pixelMeters(header.geotransform, header.epsg),
    platform,
  });
}

const METERS_PER_DEGREE = 111_320;

/** Rough ground size of a pixel in metres: EPSG's codes from 4001 to 4999 are geographic, in degrees. */
export function pixelMeters(geotransform: GeoTransform | null, epsg: number | null): number | null {
  if (!geotransform) return null;
  const size = Math.hypot(geotransform[2], geotransform[5]);
  const geographic = epsg !== null && epsg >= 4001 && epsg < 5000;
  return geographic ? size * METERS_PER_DEGREE : size;
}
