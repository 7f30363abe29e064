import type { DirectoryReader } from "./directory-reader.ts";
import { corrupt } from "./faults.ts";
import { type Entry, entryNumbers } from "./ifd.ts";
import { INTEGER_TYPES, TAG } from "./tags.ts";

/** Where the blocks (tiles or strips) lie in the file. */
export interface BlockIndex {
  /** First byte and number of bytes of a block. A length of 0 is a block that was never written. */
  locate(block: number): { readonly offset: number; readonly length: number };
}

/** Arrays this short may have fewer values than there are blocks (the others count as 0); longer ones may not. */
const SHORT_ARRAY = 4;

/** Beyond this number of blocks nothing may be missing. */
const MOST_UNLISTED = 1_000_000;

/** SHORT, LONG, LONG8 and SLONG8: the types that writers use for block offsets. */
const OFFSET_TYPES: ReadonlySet<number> = new Set([3, 4, 16, 17]);

/**
 * The block index of a directory, with libtiff's repairs: a single strip may lack its length or have a wrong one.
 * @param blockCount blocks of all planes together
 * @param compressed whether a block's length matters: uncompressed blocks are as long as their pixels
 * @param planes 1 for pixel-interleaved data, otherwise samples per pixel
 */
export async function readBlockIndex(
  reader: DirectoryReader,
  blockCount: number,
  planes: number,
  compressed: boolean,
): Promise<BlockIndex> {
  const offsets = lastOf(reader, TAG.stripOffsets, TAG.tileOffsets);
  const lengths = lastOf(reader, TAG.stripByteCounts, TAG.tileByteCounts);
  if (offsets === undefined) throw corrupt("the positions of its strips or tiles are missing");
  const size = reader.source.size;
  const positions = await blockArray(reader, offsets, blockCount, "StripOffsets");
  const counts = await readLengths(reader, lengths, blockCount, compressed);
  if (counts === undefined) {
    if (blockCount !== planes) throw corrupt("the lengths of its strips or tiles are missing");
    return { locate: (block) => toTheEnd(positions(block), size) };
  }
  return {
    locate(block) {
      const offset = positions(block);
      const length = counts(block);
      if (length === 0 && blockCount === 1 && offset !== 0) return toTheEnd(offset, size);
      return { offset, length };
    },
  };
}

/** The blocks' lengths; undefined where they are missing, or malformed but dispensable because the block is alone. */
async function readLengths(
  reader: DirectoryReader,
  entry: Entry | undefined,
  blockCount: number,
  compressed: boolean,
) {
  if (entry === undefined) return undefined;
  if (blockCount > 1 || compressed) return blockArray(reader, entry, blockCount, "StripByteCounts");
  const value = await reader.optionalNumber(entry.tag);
  return value === undefined || value < 0 ? undefined : () => value;
}

function toTheEnd(offset: number, size: number) {
  return { offset, length: Math.max(0, size - offset) };
}

/** Strip and tile fields share their meaning; where a file has both, the one with the higher number counts. */
function lastOf(reader: DirectoryReader, strips: number, tiles: number): Entry | undefined {
  return reader.entry(tiles) ?? reader.entry(strips);
}

async function blockArray(
  reader: DirectoryReader,
  entry: Entry,
  blockCount: number,
  name: string,
): Promise<(block: number) => number> {
  const allowed = entry.count <= SHORT_ARRAY ? INTEGER_TYPES : OFFSET_TYPES;
  if (!allowed.has(entry.type)) throw corrupt(`${name} has the wrong field type (${entry.type})`);
  if (entry.count < blockCount && blockCount > MOST_UNLISTED) {
    throw corrupt(`${name} lists only ${entry.count} of ${blockCount} blocks`);
  }
  const values = await entryNumbers(reader.source, reader.header.littleEndian, entry, blockCount);
  return (block) => {
    const value = values[block];
    if (value !== undefined) {
      if (value < 0) throw corrupt(`${name} has a negative value`);
      return value;
    }
    if (entry.count <= SHORT_ARRAY) return 0;
    throw corrupt(`${name} lists only ${entry.count} of ${blockCount} blocks`);
  };
}
