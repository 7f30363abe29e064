import type { Random } from "../../shared/random.ts";

/** One of the eight symmetries of a square: a quarter turn 0 to 3 times, then perhaps a mirror image. */
export interface Symmetry {
  /** Quarter turns counterclockwise, 0 to 3. */
  readonly turns: number;
  /** True: mirrored left to right after the turns. */
  readonly mirrored: boolean;
}

/** A random one, all equally likely; of images that are not square only those that keep the shape. */
export function drawSymmetry(random: Random, isSquare: boolean): Symmetry {
  return { turns: isSquare ? random.integer(4) : 2 * random.integer(2), mirrored: random.integer(2) === 1 };
}

/**
 * Writes an image, turned and mirrored, into a batch.
 * @param image height × width × bands, row-major
 * @param target where the image goes from `offset` on, in the same layout and of the same length
 * @param turns odd for square images only
 */
export function writeTransformed(
  image: Float32Array,
  { height, width, bands }: { readonly height: number; readonly width: number; readonly bands: number },
  { turns, mirrored }: Symmetry,
  target: Float32Array,
  offset: number,
): void {
  let at = offset;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const column = mirrored ? width - 1 - x : x;
      const from = bands * sourceOf(turns, y, column, height, width);
      for (let band = 0; band < bands; band++) target[at++] = image[from + band]!;
    }
  }
}

/** Index of the pixel that comes to row y, column x by so many quarter turns counterclockwise. */
function sourceOf(turns: number, y: number, x: number, height: number, width: number): number {
  switch (turns) {
    case 1:
      return x * width + (width - 1 - y);
    case 2:
      return (height - 1 - y) * width + (width - 1 - x);
    case 3:
      return (height - 1 - x) * width + y;
    default:
      return y * width + x;
  }
}
