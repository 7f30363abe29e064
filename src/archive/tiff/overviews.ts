import { BlockReader } from "./block-reader.ts";
import { ByteSource } from "./byte-source.ts";
import { DirectoryReader } from "./directory-reader.ts";
import { RasterFault } from "./faults.ts";
import { readDirectory, readHeader, type TiffHeader } from "./ifd.ts";
import { type Layout, readLayout } from "./layout.ts";

/** Bits of NewSubfileType. */
const REDUCED = 1;
const MASK = 4;

/** A chain of directories is followed no further than this. */
const MAX_DIRECTORIES = 1000;

/** What a chain of directories holds besides the main image. */
export interface FurtherImages {
  /** Smaller copies of the main image, largest first. */
  readonly overviews: Layout[];
  /** A mask of the main image's size: 0 where there is no data. */
  readonly mask: Layout | null;
}

/**
 * Sorts out the images of a chain of directories; pages are none of them. A chain that is broken, or bites its own
 * tail, ends there without harm to the main image.
 * @param first the chain's first directory; 0 for none
 * @param external whether the chain holds nothing but overviews, so that the first one counts even if it is not marked
 */
export async function readOverviews(
  source: ByteSource,
  header: TiffHeader,
  first: number,
  main: Layout,
  external = false,
): Promise<FurtherImages> {
  const overviews: Layout[] = [];
  let mask: Layout | null = null;
  const seen = new Set<number>();
  try {
    for (let offset = first; offset !== 0 && !seen.has(offset) && seen.size < MAX_DIRECTORIES; ) {
      seen.add(offset);
      const directory = await readDirectory(source, header, offset);
      offset = directory.next;
      const layout = await readLayout(new DirectoryReader(source, header, directory));
      const marked = (layout.subfileType & REDUCED) !== 0 || (external && seen.size === 1);
      const reduced = marked && (layout.subfileType & MASK) === 0;
      const isMask = (layout.subfileType & (MASK | REDUCED)) === MASK && layout.samplesPerPixel === 1;
      const fits = isMask && layout.width === main.width && layout.height === main.height;
      if (fits && isDecodable(source, layout)) mask ??= layout;
      // Like GDAL, those with samples of another type are counted; whoever wants to use them has to look.
      if (reduced && (external || layout.samplesPerPixel === main.samplesPerPixel)) overviews.push(layout);
    }
  } catch (error) {
    if (!(error instanceof RasterFault)) throw error;
  }
  return { overviews: overviews.sort((a, b) => b.width - a.width), mask };
}

function isDecodable(source: ByteSource, layout: Layout): boolean {
  try {
    return new BlockReader(source, layout).bands > 0;
  } catch (error) {
    if (error instanceof RasterFault) return false;
    throw error;
  }
}

/** Overviews with the file that they lie in. */
export interface OverviewFile {
  readonly source: ByteSource;
  readonly layouts: readonly Layout[];
}

/**
 * The overviews in a `.ovr` file beside the raster, which GDAL uses where the raster itself has none. Null without
 * such a file, or with one that can't be read: the raster does not depend on it. Close its source afterwards.
 */
export async function openExternalOverviews(path: string, main: Layout): Promise<OverviewFile | null> {
  let source: ByteSource | undefined;
  try {
    source = await ByteSource.open(`${path}.ovr`);
    const header = await readHeader(source);
    const { overviews: layouts } = await readOverviews(source, header, header.firstDirectory, main, true);
    if (layouts.length > 0) return { source, layouts };
  } catch {
    // Not there, or no TIFF file.
  }
  await source?.close();
  return null;
}

/** The overviews whose pixels can be presented like the main image's, largest first. */
export function usableOverviews({ source, layouts }: OverviewFile, main: BlockReader): BlockReader[] {
  return layouts.flatMap((layout) => {
    if (layout.width >= main.layout.width || layout.height >= main.layout.height) return [];
    try {
      const blocks = new BlockReader(source, layout);
      return blocks.bands === main.bands && blocks.dtype === main.dtype ? [blocks] : [];
    } catch (error) {
      if (error instanceof RasterFault) return [];
      throw error;
    }
  });
}

/** Null for a mask in a layout that can't be read: the picture does not depend on it. */
export function usableMask(source: ByteSource, mask: Layout): BlockReader | null {
  try {
    return new BlockReader(source, mask);
  } catch (error) {
    if (error instanceof RasterFault) return null;
    throw error;
  }
}

/**
 * The smallest image with at least the asked-for pixels; the main image where no overview has them.
 * @param overviews largest first
 * @param across how many pixels of the full resolution go into one, along rows
 * @param down the same along columns
 */
export function smallestSufficient(
  main: BlockReader,
  overviews: readonly BlockReader[],
  across: number,
  down: number,
): BlockReader {
  const { width, height } = main.layout;
  // An overview's size is rounded, so it may be short of the exact one by less than a pixel.
  const suffices = ({ layout }: BlockReader) =>
    width / across < layout.width + 1 && height / down < layout.height + 1;
  return overviews.findLast(suffices) ?? main;
}
