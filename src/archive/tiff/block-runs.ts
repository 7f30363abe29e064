import type { Extent, Place } from "./block-reader.ts";

/** A block and where its bytes lie. */
export interface StoredBlock {
  readonly place: Place;
  readonly extent: Extent;
}

/** Blocks that are read from the file at once, in the order of their bytes. */
export interface BlockRun {
  readonly extent: Extent;
  readonly blocks: readonly StoredBlock[];
}

/**
 * The bytes of a run in the file, and those of its decoded blocks, are not more than this, unless a single block is.
 * It bounds the time for which decoding holds up everything else in this thread, too.
 */
export const RUN_BYTES = 2 << 20;

/**
 * Joins blocks whose bytes follow each other in the file without a gap, so that nothing but blocks is read. The trip to
 * the thread that reads costs as much for several as for one.
 * @param decodedBytes of one block
 */
export function joinBlocks(blocks: readonly StoredBlock[], decodedBytes: number): BlockRun[] {
  const most = Math.max(1, Math.floor(RUN_BYTES / decodedBytes));
  const runs: BlockRun[] = [];
  for (let first = 0; first < blocks.length; ) {
    const { offset } = blocks[first]!.extent;
    let length = blocks[first]!.extent.length;
    let next = first + 1;
    while (next < blocks.length && next - first < most) {
      const { extent } = blocks[next]!;
      if (extent.offset !== offset + length || length + extent.length > RUN_BYTES) break;
      length += extent.length;
      next++;
    }
    runs.push({ extent: { offset, length }, blocks: blocks.slice(first, next) });
    first = next;
  }
  return runs;
}
