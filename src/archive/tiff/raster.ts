import { FieldmarkError } from "../../shared/errors.ts";
import type { PixelWindow, SampleArray } from "../../shared/raster.ts";
import { BlockCache } from "./block-cache.ts";
import { BlockReader } from "./block-reader.ts";
import { ByteSource } from "./byte-source.ts";
import { naturalMethod, type ReductionMethod, readReduced } from "./decimated-reader.ts";
import { DirectoryReader } from "./directory-reader.ts";
import { asRasterError, corrupt } from "./faults.ts";
import { readDirectory, readHeader } from "./ifd.ts";
import { readLayout } from "./layout.ts";
import {
  openExternalOverviews,
  readOverviews,
  smallestSufficient,
  usableMask,
  usableOverviews,
} from "./overviews.ts";
import { type Palette, paletteKind, readPalette } from "./palette.ts";
import { type RasterInfo, readInfo } from "./raster-info.ts";
import type { Rectangle } from "./reduction.ts";
import { sampleArray } from "./unpack.ts";
import { WindowReader } from "./window-reader.ts";

export type { RasterInfo } from "./raster-info.ts";
export type { Rectangle } from "./reduction.ts";

export interface DecimatedOptions {
  /** Numbers from 0; all bands by default. */
  readonly bands?: readonly number[];
  /** By default "nearest" for palettes, masks and one-bit images, "mean" for all others. */
  readonly method?: ReductionMethod;
  /** The value that counts as missing; the file's own by default. */
  readonly nodata?: number | null;
}

export interface Decimated {
  /** One a band, row by row, `width * height` raw sample values each. */
  readonly planes: Float32Array[];
  readonly method: ReductionMethod;
  /** Size of the image that was read: the raster's own, or its overview's. */
  readonly from: { readonly width: number; readonly height: number };
}

export interface Raster {
  readonly info: RasterInfo;
  /** The colours that samples are numbers of, where the file has a table of them. */
  readonly palette: Palette | null;
  /** Bytes of the file. */
  readonly fileSize: number;
  /** Bytes read from the file and its external overviews so far. */
  readonly bytesRead: number;
  /**
   * Pixels of a window: one array per requested band (numbers from 0; all bands by default), row by row,
   * `window.width * window.height` samples each, in `info.dtype`. Blocks that were never written give nodata, or 0.
   * @param into the arrays of an earlier read of as many bands and pixels, to be overwritten and returned: for passes
   *   over much imagery, since the system takes about as long to hand out new memory as decoding takes to fill it
   * @throws FieldmarkError `corrupt-raster`, `unsupported-raster`, `raster-too-large`, `unreadable-file`;
   *   `invalid-input` for a window or band that does not exist, or arrays that do not fit
   */
  read(window: PixelWindow, bands?: readonly number[], into?: readonly SampleArray[]): Promise<SampleArray[]>;
  /**
   * A part of the raster (in pixels; its corners may lie within pixels) made smaller, from the smallest overview that
   * has at least so many pixels. Only the blocks that the part touches are read, and memory depends on the result's
   * size, not on the part's.
   *
   * "mean" averages by area: missing samples (NaN and nodata) have no weight, and where they make up more than half
   * of an area the result is nodata, or NaN without one. "nearest" takes the pixel in the middle.
   * @param width of the result, at most the part's; the same for `height`
   * @throws FieldmarkError as `read`
   */
  readDecimated(
    part: Rectangle,
    width: number,
    height: number,
    options?: DecimatedOptions,
  ): Promise<Decimated>;
  /**
   * The file's own mask over a part, the pixel in the middle of each sample: 0 where there is no data. Null without a
   * mask.
   * @throws FieldmarkError as `read`
   */
  readMask(part: Rectangle, width: number, height: number): Promise<Float32Array | null>;
  /**
   * Throws where the block index refers to bytes beyond the end of the file: a copy or download that was cut short.
   * Reads nothing.
   * @throws FieldmarkError `corrupt-raster`
   */
  checkLength(): void;
  close(): Promise<void>;
}

export interface RasterOptions {
  /** Where decoded blocks are kept: bytes for this raster alone (48 MB by default), or a cache that several share. */
  readonly cache?: number | BlockCache;
  /** The whole file, where it was read already. */
  readonly content?: Uint8Array;
  /** True where it is known that no files lie beside it that belong to it: nobody looks for them. */
  readonly alone?: boolean;
}

const DEFAULT_CACHE_BYTES = 48 << 20;

/**
 * Opens a GeoTIFF (or any TIFF) for reading; its first image counts. Close it afterwards.
 * @throws FieldmarkError `not-found`, `unreadable-file`, `corrupt-raster`, `unsupported-raster`, `raster-too-large`
 */
export async function openRaster(path: string, options: RasterOptions = {}): Promise<Raster> {
  const { cache = DEFAULT_CACHE_BYTES, content, alone = false } = options;
  let source: ByteSource | undefined;
  try {
    source = content ? ByteSource.of(content) : await ByteSource.open(path);
    return await openSource(path, source, typeof cache === "number" ? new BlockCache(cache) : cache, alone);
  } catch (error) {
    await source?.close();
    throw asRasterError(path, error);
  }
}

async function openSource(
  path: string,
  source: ByteSource,
  cache: BlockCache,
  alone: boolean,
): Promise<Raster> {
  const header = await readHeader(source);
  const directory = await readDirectory(source, header, header.firstDirectory);
  const reader = new DirectoryReader(source, header, directory);
  const layout = await readLayout(reader);
  const blocks = new BlockReader(source, layout);
  const further = await readOverviews(source, header, directory.next, layout);
  const external = alone || further.overviews.length > 0 ? null : await openExternalOverviews(path, layout);
  const overviews = external ?? { source, layouts: further.overviews };
  const palette = await readPalette(reader, layout);
  const maskBlocks = further.mask && usableMask(source, further.mask);
  const info = await readInfo(path, reader, blocks, {
    overviews: overviews.layouts.length,
    palette: paletteKind(palette),
    hasMask: maskBlocks !== null,
    alone,
  });
  const smaller = usableOverviews(overviews, blocks);
  const kept = [blocks, ...smaller].map(() => cache.open());
  const [windows, ...overviewWindows] = [blocks, ...smaller].map((image, index) => {
    const place = external && index > 0 ? `${path}.ovr` : path;
    return new WindowReader(place, image, info.nodata, kept[index]!);
  }) as [WindowReader, ...WindowReader[]];
  if (maskBlocks) kept.push(cache.open());
  const maskWindows = maskBlocks && new WindowReader(path, maskBlocks, null, kept.at(-1)!);

  return {
    info,
    palette,
    fileSize: source.size,
    get bytesRead() {
      return source.bytesRead + (external?.source.bytesRead ?? 0);
    },
    async read(window, bands = allBands(info), into) {
      checkWindow(info, window);
      checkBands(info, bands);
      if (into !== undefined) checkArrays(info, into, bands.length, window.width * window.height);
      return windows.read(window, bands, into);
    },
    async readDecimated(part, width, height, { bands = allBands(info), method, nodata = info.nodata } = {}) {
      checkPart(info, part, width, height);
      checkBands(info, bands);
      const image = smallestSufficient(blocks, smaller, part.width / width, part.height / height);
      const reader = image === blocks ? windows : overviewWindows[smaller.indexOf(image)]!;
      const available = { width: image.layout.width, height: image.layout.height };
      const plan = { available, rectangle: scaled(part, info, available), width, height };
      const chosen = method ?? naturalMethod(layout);
      try {
        const planes = await readReduced(reader, image, plan, bands, chosen, nodata);
        return { planes, method: chosen, from: available };
      } catch (error) {
        throw asRasterError(path, error);
      }
    },
    async readMask(part, width, height) {
      checkPart(info, part, width, height);
      if (!maskBlocks || !maskWindows) return null;
      const plan = { available: info, rectangle: part, width, height };
      try {
        const [plane] = await readReduced(maskWindows, maskBlocks, plan, [0], "nearest", null);
        return plane ?? null;
      } catch (error) {
        throw asRasterError(path, error);
      }
    },
    checkLength() {
      try {
        const block = blocks.firstBeyondEnd();
        if (block === null) return;
        throw corrupt(`it is cut short: ${block} lies beyond its end at byte ${source.size}`);
      } catch (error) {
        throw asRasterError(path, error);
      }
    },
    async close() {
      for (const blocksOfImage of kept) blocksOfImage.clear();
      await external?.source.close();
      await source.close();
    },
  };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

const allBands = ({ bands }: RasterInfo) => Array.from({ length: bands }, (_, band) => band);

function checkWindow(info: RasterInfo, { x, y, width, height }: PixelWindow): void {
  const whole = [x, y, width, height].every(Number.isInteger);
  if (whole && width > 0 && height > 0 && isInside(info, { x, y, width, height })) return;
  throw new FieldmarkError(
    "invalid-input",
    `The window ${width} × ${height} at (${x}, ${y}) does not lie inside ${info.path} (${info.width} × ${info.height}).`,
  );
}

/** Rounding may put a corner this far outside. */
const TOLERANCE = 1e-6;

function isInside(info: Size, { x, y, width, height }: Rectangle): boolean {
  return (
    x >= -TOLERANCE &&
    y >= -TOLERANCE &&
    x + width <= info.width + TOLERANCE &&
    y + height <= info.height + TOLERANCE
  );
}

function checkPart(info: RasterInfo, part: Rectangle, width: number, height: number): void {
  const whole = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0;
  const smaller = width <= part.width + TOLERANCE && height <= part.height + TOLERANCE;
  if (whole && smaller && isInside(info, part)) return;
  throw new FieldmarkError(
    "invalid-input",
    `The part ${part.width} × ${part.height} at (${part.x}, ${part.y}) of ${info.path} (${info.width} × ${info.height}) cannot be reduced to ${width} × ${height} pixels.`,
  );
}

function checkBands({ path, bands }: RasterInfo, wanted: readonly number[]): void {
  for (const band of wanted) {
    if (Number.isInteger(band) && band >= 0 && band < bands) continue;
    throw new FieldmarkError("invalid-input", `${path} has ${bands} bands; there is no band ${band + 1}.`);
  }
}

function checkArrays(
  { path, dtype }: RasterInfo,
  arrays: readonly SampleArray[],
  count: number,
  length: number,
): void {
  const wanted = sampleArray(dtype, 0).constructor;
  const fit = arrays.every((array) => array.constructor === wanted && array.length === length);
  if (fit && arrays.length === count) return;
  throw new FieldmarkError(
    "invalid-input",
    `Reading ${path} needs ${count} arrays of ${length} ${dtype} samples; those given are others.`,
  );
}

/** A part of one image as a part of a smaller copy of it. */
function scaled(part: Rectangle, from: Size, to: Size): Rectangle {
  const [across, down] = [to.width / from.width, to.height / from.height];
  return {
    x: part.x * across,
    y: part.y * down,
    width: part.width * across,
    height: part.height * down,
  };
}
