import type { Random } from "../../shared/random.ts";
import type { EngineMath, Tensor4D } from "../backends/index.ts";
import { drawSymmetry, writeTransformed } from "../networks/dihedral.ts";
import type { PixelForm } from "./pixel-form.ts";

/**
 * The mini-batches of an epoch. A last batch of one patch would have no variance to normalise by: it joins the
 * one before it.
 * @param order rows in the order in which they are seen
 */
export function batchesOf(order: Uint32Array, batchSize: number): Uint32Array[] {
  const batches: Uint32Array[] = [];
  let start = 0;
  while (start < order.length) {
    const end = order.length - start - batchSize === 1 ? order.length : start + batchSize;
    batches.push(order.subarray(start, end));
    start = end;
  }
  return batches;
}

/**
 * Images as one tensor, batch × side × side × bands; the caller's.
 * @param random where each image's turn and mirroring are drawn from; null = as they are
 */
export function imageTensor(
  tf: EngineMath,
  images: readonly Float32Array[],
  { side, bands }: PixelForm,
  random: Random | null,
): Tensor4D {
  const shape = { height: side, width: side, bands: bands.length };
  const length = side * side * bands.length;
  const values = new Float32Array(images.length * length);
  images.forEach((image, i) => {
    if (random) writeTransformed(image, shape, drawSymmetry(random, true), values, i * length);
    else values.set(image, i * length);
  });
  return tf.tensor4d(values, [images.length, side, side, bands.length]);
}
