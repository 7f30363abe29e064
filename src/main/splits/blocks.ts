import { centerOf, GROUND, type PlacedPatch, sideOf } from "./placed-patch.ts";

/** Sides of the square blocks. */
export interface BlockSides {
  /** Metres. */
  readonly ground: number;
  /** Pixels, in scenes without georeferencing. */
  readonly pixels: number;
}

/** With fewer blocks the shares come out badly and each split sees too few places. */
const FEWEST_BLOCKS = 20;
const LARGEST_FACTOR = 4096;

function medianSide(patches: readonly PlacedPatch[]): number {
  const sides = Float64Array.from(patches, sideOf).sort();
  return sides[Math.floor(sides.length / 2)] ?? 1;
}

/**
 * Square blocks of patches, each by its middle: patch ids, ordered by the blocks' places. A whole file
 * without georeferencing is a block of its own.
 */
export function groupIntoBlocks(patches: readonly PlacedPatch[], sides: BlockSides): number[][] {
  const blocks = new Map<string, number[]>();
  for (const patch of patches) {
    const side = patch.plane === GROUND ? sides.ground : sides.pixels;
    const [x, y] = centerOf(patch);
    const key = `${patch.plane} ${Math.floor(x / side)} ${Math.floor(y / side)}`;
    const block = blocks.get(key);
    if (block) block.push(patch.id);
    else blocks.set(key, [patch.id]);
  }
  return [...blocks].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, ids]) => ids);
}

/**
 * The largest blocks that still make at least 20 of them: the median patch side times a power of two.
 * The larger the blocks, the fewer patches have a neighbour in another split.
 */
export function suggestBlockSides(patches: readonly PlacedPatch[]): BlockSides {
  const ground = medianSide(patches.filter(({ plane }) => plane === GROUND));
  const pixels = medianSide(patches.filter(({ plane }) => plane !== GROUND));
  let factor = 2;
  while (factor < LARGEST_FACTOR) {
    const larger = { ground: 2 * factor * ground, pixels: 2 * factor * pixels };
    if (groupIntoBlocks(patches, larger).length < FEWEST_BLOCKS) break;
    factor *= 2;
  }
  return { ground: factor * ground, pixels: factor * pixels };
}
