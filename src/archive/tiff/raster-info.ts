import type { GeoTransform, SampleType } from "../../shared/raster.ts";
import { NO_AUXILIARY_METADATA, readAuxiliaryMetadata } from "./aux-xml.ts";
import type { BlockReader } from "./block-reader.ts";
import { colorInterpretationOf, isBitmap } from "./color-interpretation.ts";
import { compressionName } from "./compression/registry.ts";
import type { DirectoryReader } from "./directory-reader.ts";
import { parseGdalMetadata } from "./gdal-metadata.ts";
import { crsNameOf, epsgOf, readGeoKeys } from "./geo-keys.ts";
import { hasControlPointsOnly, readGeotransform, readWorldFile } from "./geotransform.ts";
import type { Layout } from "./layout.ts";
import { parseNodata } from "./nodata.ts";
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
  /** What its samples are numbers of, where the file has a colour table. */
  readonly palette: "color" | "grey" | null;
  /** Whether the file holds a mask of its valid pixels. */
  readonly hasMask: boolean;
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
  {
    overviews,
    palette,
    hasMask,
    alone,
  }: Pick<RasterInfo, "overviews" | "palette" | "hasMask"> & { readonly alone: boolean },
): Promise<RasterInfo> {
  const keys = await readGeoKeys(reader);
  const gdal = parseGdalMetadata(await reader.optionalText(TAG.gdalMetadata));
  const { layout, bands } = blocks;
  const auxiliary = alone ? NO_AUXILIARY_METADATA : await readAuxiliaryMetadata(path);
  const internal = await readGeotransform(reader, keys);
  const nodata =
    auxiliary.bands.get(0)?.nodata ??
    parseNodata(await reader.optionalText(TAG.gdalNodata), layout.bitsPerSample, layout.sampleFormat);
  const perBand = <T>(value: (band: number) => T) => Array.from({ length: bands }, (_, band) => value(band));
  const colors = colorInterpretationOf(layout, blocks.convertsColors, bands);
  const controlPoints = auxiliary.hasControlPoints || (await hasControlPointsOnly(reader));
  const epsg = auxiliary.epsg !== undefined ? auxiliary.epsg : controlPoints ? null : epsgOf(keys);
  const byItself = auxiliary.hasControlPoints
    ? null
    : (internal ?? (alone ? null : await readWorldFile(path)));
  const ofBand = (band: number) => ({ ...auxiliary.bands.get(band), ...gdal.bands.get(band) });
  const givenColor = (band: number) => {
    if (blocks.convertsColors || isBitmap(layout)) return undefined;
    return auxiliary.bands.get(band)?.colorInterpretation ?? gdal.bands.get(band)?.colorInterpretation;
  };
  return {
    path,
    width: layout.width,
    height: layout.height,
    bands,
    dtype: layout.dtype,
    bitsPerSample: layout.bitsPerSample,
    nodata,
    geotransform: auxiliary.geotransform ?? byItself,
    epsg,
    crsName: crsNameOf(keys),
    proj4: epsg === null ? projStringOf(keys) : null,
    compression: compressionOf(layout),
    interleave: layout.planar || layout.samplesPerPixel === 1 ? "BAND" : "PIXEL",
    blockWidth: layout.blockWidth,
    blockHeight: layout.blockHeight,
    overviews,
    palette,
    hasMask,
    photometric: PHOTOMETRIC_NAMES[layout.photometric] ?? `unknown (${layout.photometric})`,
    bandNames: perBand((band) => ofBand(band).description ?? ofBand(band).name ?? null),
    colorInterpretation: perBand((band) => givenColor(band) ?? colors[band]!),
    scales: perBand((band) => ofBand(band).scale ?? 1),
    offsets: perBand((band) => ofBand(band).offset ?? 0),
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
