import { type ErrorCode, toErrorShape } from "../shared/errors.ts";
import type { GeoTransform, SampleType } from "../shared/raster.ts";
import { type PixelStatistics, pixelStatistics } from "./tiff/pixel-statistics.ts";
import { openRaster, type RasterInfo } from "./tiff/raster.ts";

/** A number as JSON can carry it: NaN and the infinities become the strings "nan", "inf" and "-inf". */
export type JsonNumber = number | "nan" | "inf" | "-inf";

/** What the archive reader sees in a file, as JSON. */
export interface InspectedRaster {
  readonly path: string;
  readonly width: number;
  readonly height: number;
  readonly bands: number;
  readonly dtype: SampleType;
  readonly nodata: JsonNumber | null;
  readonly geotransform: GeoTransform | null;
  readonly epsg: number | null;
  readonly compression: string;
  /** The recognised sensor's id, or null. */
  readonly sensor: string | null;
  readonly interleave: "PIXEL" | "BAND";
  readonly block: readonly [number, number];
  readonly bitsPerSample: number;
  readonly overviews: number;
  readonly photometric: string;
  readonly crsName: string | null;
  readonly bandNames: readonly (string | null)[];
  readonly colorInterpretation: readonly string[];
  readonly scales: readonly number[];
  readonly offsets: readonly number[];
  /** Of the first 16 bands, where they were asked for. */
  readonly pixels?: readonly PixelStatistics[];
}

export interface InspectError {
  readonly path: string;
  readonly error: { readonly code: ErrorCode; readonly message: string };
}

export type InspectResult = InspectedRaster | InspectError;

export interface InspectOptions {
  /** Whether to decode all pixels of the first 16 bands. */
  readonly pixels: boolean;
  /** Names the sensor of an opened raster. */
  readonly sensorOf?: (info: RasterInfo) => string | null;
}

/** Looks into one file. Never throws: what goes wrong is the result. */
export async function inspectRaster(path: string, options: InspectOptions): Promise<InspectResult> {
  try {
    const raster = await openRaster(path);
    try {
      const summary = summarise(raster.info, options.sensorOf?.(raster.info) ?? null);
      return options.pixels ? { ...summary, pixels: await pixelStatistics(raster) } : summary;
    } finally {
      await raster.close();
    }
  } catch (error) {
    const { code, message } = toErrorShape(error);
    return { path, error: { code, message } };
  }
}

function summarise(info: RasterInfo, sensor: string | null): InspectedRaster {
  return {
    path: info.path,
    width: info.width,
    height: info.height,
    bands: info.bands,
    dtype: info.dtype,
    nodata: info.nodata === null ? null : jsonNumber(info.nodata),
    geotransform: info.geotransform,
    epsg: info.epsg,
    compression: info.compression,
    sensor,
    interleave: info.interleave,
    block: [info.blockWidth, info.blockHeight],
    bitsPerSample: info.bitsPerSample,
    overviews: info.overviews,
    photometric: info.photometric,
    crsName: info.crsName,
    bandNames: info.bandNames,
    colorInterpretation: info.colorInterpretation,
    scales: info.scales,
    offsets: info.offsets,
  };
}

function jsonNumber(value: number): JsonNumber {
  if (Number.isFinite(value)) return value;
  return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
}
