import { createRandom } from "../../shared/random.ts";

export interface PlacedPatch {
  readonly id: number;
  readonly scene: string;
  readonly x: number;
  readonly y: number;
}

/**
 * Draws whole square blocks of `blockSize` pixels until about `share` of the patches lie in them: a
 * validation set whose patches have few neighbours in the pool, so that it doesn't flatter the model.
 */
export function spatialBlocks(
  patches: readonly PlacedPatch[],
  options: { readonly blockSize: number; readonly share: number; readonly seed: number },
): Set<number> {
  const blocks = new Map<string, number[]>();
  for (const { id, scene, x, y } of patches) {
    const key = `${scene} ${Math.floor(x / options.blockSize)} ${Math.floor(y / options.blockSize)}`;
    const block = blocks.get(key);
    if (block) block.push(id);
    else blocks.set(key, [id]);
  }
  const drawn = new Set<number>();
  for (const block of createRandom(options.seed)
    .fork("spatial-blocks")
    .shuffle([...blocks.values()])) {
    if (drawn.size >= options.share * patches.length) break;
    for (const id of block) drawn.add(id);
  }
  return drawn;
}
