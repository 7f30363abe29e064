import { expect, it } from "vitest";
import { spatialBlocks } from "../../../src/main/use-cases/spatial-blocks.ts";

const patches = ["north", "south"].flatMap((scene, which) =>
  Array.from({ length: 144 }, (_, index) => ({
    id: which * 144 + index,
    scene,
    x: (index % 12) * 64,
    y: Math.floor(index / 12) * 64,
  })),
);
const options = { blockSize: 192, share: 0.25, seed: 1 };

it("draws about the share, in whole blocks, the same for the same seed", () => {
  const drawn = spatialBlocks(patches, options);
  expect(drawn).toEqual(spatialBlocks(patches, options));
  expect(drawn).not.toEqual(spatialBlocks(patches, { ...options, seed: 2 }));
  // Blocks of 3 × 3 patches: 72 of 288 are exactly 8 blocks.
  expect(drawn.size).toBe(72);
  const blockOf = ({ scene, x, y }: (typeof patches)[number]) =>
    `${scene}${Math.floor(x / 192)},${Math.floor(y / 192)}`;
  const blocks = new Set(patches.filter(({ id }) => drawn.has(id)).map(blockOf));
  expect(patches.filter((patch) => blocks.has(blockOf(patch)))).toHaveLength(72);
});
