import type { ByteSource } from "./byte-source.ts";
import { DirectoryReader } from "./directory-reader.ts";
import { RasterFault } from "./faults.ts";
import { readDirectory, type TiffHeader } from "./ifd.ts";
import { type Layout, readLayout } from "./layout.ts";

/** Bits of NewSubfileType. */
const REDUCED = 1;
const MASK = 4;

/** A chain of directories is followed no further than this. */
const MAX_DIRECTORIES = 1000;

/**
 * The smaller copies of the main image in the same file, largest first. Masks and pages are none; a chain that is
 * broken, or bites its own tail, ends there without harm to the main image.
 */
export async function readOverviews(
  source: ByteSource,
  header: TiffHeader,
  first: number,
  main: Layout,
): Promise<Layout[]> {
  const overviews: Layout[] = [];
  const seen = new Set<number>();
  try {
    for (let offset = first; offset !== 0 && !seen.has(offset) && seen.size < MAX_DIRECTORIES; ) {
      seen.add(offset);
      const directory = await readDirectory(source, header, offset);
      offset = directory.next;
      const layout = await readLayout(new DirectoryReader(source, header, directory));
      const reduced = (layout.subfileType & REDUCED) !== 0 && (layout.subfileType & MASK) === 0;
      if (reduced && layout.samplesPerPixel === main.samplesPerPixel && layout.dtype === main.dtype) {
        overviews.push(layout);
      }
    }
  } catch (error) {
    if (!(error instanceof RasterFault)) throw error;
  }
  return overviews.sort((a, b) => b.width - a.width);
}
