import type { GeoTransform, SampleType } from "../../shared/raster.ts";
import { readAuxiliaryMetadata } from "./aux-xml.ts";
import type { BlockReader } from "./block-reader.ts";
import { colorInterpretationOf } from "./color-interpretation.ts";
import { compressionName } from "./compression/registry.ts";
import type { DirectoryReader } from "./directory-reader.ts";
import { parseGdalMetadata } from "./gdal-metadata.ts";
import { crsNameOf, epsgOf, readGeoKeys } from "./geo-keys.ts";
import { hasControlPointsOnly, readGeotransform, readWorldFile } from "./geotransform.ts";
import type { Layout } from "./layout.ts";
import { projStringOf } from "./proj-string.ts";
import { PHOTOMETRIC, TAG } from "./tags.ts";

/** What the archive knows about a raster without decoding its pixels. */
export interface RasterInfo {
  readonly path: string;
  readonly width: number;
  readonly height: number;
  readonly bands: number;
  /** The type in which `read` presents samples: GDAL's rule, see `SampleType`. */
  readonly dtype: SampleType;
  /** As stored. */
  readonly bitsPerSample: number;
  /** NaN is a legal nodata value; null where the file names none. */
  readonly nodata: number | null;
  readonly geotransform: GeoTransform | null;
  /** Null without a coordinate system, or with one that the file describes itself. */
  readonly epsg: number | null;
  readonly crsName: string | null;
  /** A PROJ string for a coordinate system that the file describes by parameters; null where `epsg` says it all. */
  readonly proj4: string | null;
  /** GDAL's names, such as `DEFLATE` or `YCbCr JPEG`. */
  readonly compression: string;
  readonly interleave: "PIXEL" | "BAND";
  readonly blockWidth: number;
  readonly blockHeight: number;
  readonly overviews: number;
  readonly photometric: string;
  readonly bandNames: readonly (string | null)[];
  /** GDAL's names: Gray, Red, Green, Blue, Alpha, Palette, Undefined, … */
  readonly colorInterpretation: readonly string[];
  readonly scales: readonly number[];
  readonly offsets: readonly number[];
  /** GDAL's metadata in its default domain. */
  readonly metadata: Readonly<Record<string, string>>;
}

const PHOTOMETRIC_NAMES: Readonly<Record<number, string>> = {
  0: "MINISWHITE",
  1: "MINISBLACK",
  2: "RGB",
  3: "PALETTE",
  4: "MASK",
  5: "CMYK",
  6: "YCBCR",
  8: "CIELAB",
  9: "ICCLAB",
  10: "ITULAB",
  32844: "LOGL",
  32845: "LOGLUV",
};

/** Gathers it from the directory's fields and from files beside the raster. */
export async function readInfo(
  path: string,
  reader: DirectoryReader,
  blocks: BlockReader,
  overviews: number,
): Promise<RasterInfo> {
  const keys = await readGeoKeys(reader);
  const gdal = parseGdalMetadata(await reader.optionalText(TAG.gdalMetadata));
  const { layout, bands } = blocks;
  const auxiliary = await readAuxiliaryMetadata(path);
  const internal = await readGeotransform(reader, keys);
  const nodata = parseNodata(await reader.optionalText(TAG.gdalNodata), blocks.dtype) ?? auxiliary.nodata;
  const perBand = <T>(value: (band: number) => T) => Array.from({ length: bands }, (_, band) => value(band));
  const colors = colorInterpretationOf(layout, blocks.convertsColors, bands);
  const controlPoints = await hasControlPointsOnly(reader);
  const epsg = auxiliary.epsg !== undefined ? auxiliary.epsg : controlPoints ? null : epsgOf(keys);
  const given = (band: number) => (blocks.convertsColors ? undefined : gdal.bands.get(band));
  return {
    path,
    width: layout.width,
    height: layout.height,
    bands,
    dtype: layout.dtype,
    bitsPerSample: layout.bitsPerSample,
    nodata,
    geotransform: auxiliary.geotransform ?? internal ?? (await readWorldFile(path)),
    epsg,
    crsName: crsNameOf(keys),
    proj4: epsg === null ? projStringOf(keys) : null,
    compression: compressionOf(layout),
    interleave: layout.planar || layout.samplesPerPixel === 1 ? "BAND" : "PIXEL",
    blockWidth: layout.blockWidth,
    blockHeight: layout.blockHeight,
    overviews,
    photometric: PHOTOMETRIC_NAMES[layout.photometric] ?? `unknown (${layout.photometric})`,
    bandNames: perBand((band) => gdal.bands.get(band)?.description ?? auxiliary.bandNames.get(band) ?? null),
    colorInterpretation: perBand((band) => given(band)?.colorInterpretation ?? colors[band]!),
    scales: perBand((band) => gdal.bands.get(band)?.scale ?? 1),
    offsets: perBand((band) => gdal.bands.get(band)?.offset ?? 0),
    metadata: gdal.metadata,
  };
}

/** GDAL's name, which tells more than the Compression tag alone. */
function compressionOf({ compression, photometric, lercWrapping }: Layout): string {
  const name = compressionName(compression);
  if (name === "JPEG" && photometric === PHOTOMETRIC.yCbCr) return "YCbCr JPEG";
  if (name === "LERC") return ["LERC", "LERC_DEFLATE", "LERC_ZSTD"][lercWrapping] ?? name;
  return name;
}

/** GDAL_NODATA as GDAL reads it: a text that is no number counts as 0. */
function parseNodata(text: string | undefined, dtype: SampleType): number | null {
  if (text === undefined) return null;
  const trimmed = text.trim().toLowerCase();
  if (/^[+-]?nan/.test(trimmed)) return Number.NaN;
  const infinite = /^([+-]?)inf/.exec(trimmed);
  if (infinite) return infinite[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const value = Number.parseFloat(trimmed) || 0;
  return dtype === "float32" ? Math.fround(value) : value;
}
