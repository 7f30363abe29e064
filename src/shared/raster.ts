/** Sample types as the pixels are presented (GDAL's rule: sub-byte depths as uint8, 9 to 15 bits as uint16, float16/24 as float32). */
export const SAMPLE_TYPES = [
  "uint8",
  "int8",
  "uint16",
  "int16",
  "uint32",
  "int32",
  "uint64",
  "int64",
  "float32",
  "float64",
] as const;

export type SampleType = (typeof SAMPLE_TYPES)[number];

export type SampleArray =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | BigUint64Array
  | BigInt64Array
  | Float32Array
  | Float64Array;

/** GDAL's affine geotransform: x = g0 + g1·column + g2·row, y = g3 + g4·column + g5·row (pixel corners). */
export type GeoTransform = readonly [number, number, number, number, number, number];

/** A rectangle of pixels; x and y may not be negative, and the rectangle lies inside the raster. */
export interface PixelWindow {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
