import { FieldmarkError } from "../../shared/errors.ts";
import type { GeoTransform, PixelWindow, SampleArray, SampleType } from "../../shared/raster.ts";
import { readAuxiliaryMetadata } from "./aux-xml.ts";
import { BlockReader } from "./block-reader.ts";
import { ByteSource } from "./byte-source.ts";
import { colorInterpretationOf } from "./color-interpretation.ts";
import { compressionName } from "./compression/registry.ts";
import { DirectoryReader } from "./directory-reader.ts";
import { asRasterError } from "./faults.ts";
import { parseGdalMetadata } from "./gdal-metadata.ts";
import { crsNameOf, epsgOf, readGeoKeys } from "./geo-keys.ts";
import { hasControlPointsOnly, readGeotransform, readWorldFile } from "./geotransform.ts";
import { readDirectory, readHeader } from "./ifd.ts";
import { type Layout, readLayout } from "./layout.ts";
import { readOverviews } from "./overviews.ts";
import { projStringOf } from "./proj-string.ts";
import { PHOTOMETRIC, TAG } from "./tags.ts";
import { WindowReader } from "./window-reader.ts";

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

export interface Raster {
  readonly info: RasterInfo;
  /** Bytes of the file. */
  readonly fileSize: number;
  /**
   * Pixels of a window: one array per requested band (numbers from 0; all bands by default), row by row,
   * `window.width * window.height` samples each, in `info.dtype`. Blocks that were never written give nodata, or 0.
   * @throws FieldmarkError `corrupt-raster`, `unsupported-raster`, `raster-too-large`, `unreadable-file`;
   *   `invalid-input` for a window or band that does not exist
   */
  read(window: PixelWindow, bands?: readonly number[]): Promise<SampleArray[]>;
  close(): Promise<void>;
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

/**
 * Opens a GeoTIFF (or any TIFF) for reading; its first image counts. Close it afterwards.
 * @throws FieldmarkError `not-found`, `unreadable-file`, `corrupt-raster`, `unsupported-raster`, `raster-too-large`
 */
export async function openRaster(path: string): Promise<Raster> {
  let source: ByteSource | undefined;
  try {
    source = await ByteSource.open(path);
    return await openSource(path, source);
  } catch (error) {
    await source?.close();
    throw asRasterError(path, error);
  }
}

async function openSource(path: string, source: ByteSource): Promise<Raster> {
  const header = await readHeader(source);
  const directory = await readDirectory(source, header, header.firstDirectory);
  const reader = new DirectoryReader(source, header, directory);
  const layout = await readLayout(reader);
  const blocks = new BlockReader(source, layout);
  const overviews = await readOverviews(source, header, directory.next, layout);
  const external = overviews.length > 0 ? 0 : await countExternalOverviews(path);
  const info = await readInfo(path, reader, blocks, overviews.length + external);
  const windows = new WindowReader(path, blocks, info.nodata);
  return {
    info,
    fileSize: source.size,
    async read(window, bands) {
      checkWindow(info, window);
      const wanted = bands ?? Array.from({ length: info.bands }, (_, band) => band);
      for (const band of wanted) {
        if (!Number.isInteger(band) || band < 0 || band >= info.bands) {
          throw new FieldmarkError(
            "invalid-input",
            `${path} has ${info.bands} bands; there is no band ${band + 1}.`,
          );
        }
      }
      return windows.read(window, wanted);
    },
    close: () => source.close(),
  };
}

function checkWindow(info: RasterInfo, { x, y, width, height }: PixelWindow): void {
  const whole = [x, y, width, height].every(Number.isInteger);
  if (
    whole &&
    x >= 0 &&
    y >= 0 &&
    width > 0 &&
    height > 0 &&
    x + width <= info.width &&
    y + height <= info.height
  )
    return;
  throw new FieldmarkError(
    "invalid-input",
    `The window ${width} × ${height} at (${x}, ${y}) does not lie inside ${info.path} (${info.width} × ${info.height}).`,
  );
}

async function readInfo(
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

/** The overviews in a `.ovr` file beside the raster, which GDAL uses where the raster itself has none. */
async function countExternalOverviews(path: string): Promise<number> {
  let source: ByteSource | undefined;
  try {
    source = await ByteSource.open(`${path}.ovr`);
    const header = await readHeader(source);
    const directory = await readDirectory(source, header, header.firstDirectory);
    const layout = await readLayout(new DirectoryReader(source, header, directory));
    return 1 + (await readOverviews(source, header, directory.next, layout)).length;
  } catch {
    return 0;
  } finally {
    await source?.close();
  }
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
