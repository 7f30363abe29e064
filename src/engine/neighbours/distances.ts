import type { EngineMath, Tensor2D } from "../backends/index.ts";
import { computeValues } from "../compute-values.ts";
import type { Vectors } from "../embeddings/vectors.ts";

/** Rows of one product; bounds a block of distances to about 64 MB. */
const BLOCK_VALUES = 16_000_000;

/** ‖x‖² of every row. */
export function squaredNorms({ values, count, dimensions }: Vectors): Float32Array {
  const norms = new Float32Array(count);
  for (let row = 0; row < count; row++) {
    let sum = 0;
    const end = (row + 1) * dimensions;
    for (let i = row * dimensions; i < end; i++) sum += values[i]! * values[i]!;
    norms[row] = sum;
  }
  return norms;
}

/** Squared Euclidean distance of two rows, by differences: exact where vectors nearly coincide. */
export function squaredDistance(a: Vectors, rowA: number, b: Vectors, rowB: number): number {
  const { dimensions } = a;
  let i = rowA * dimensions;
  let j = rowB * dimensions;
  const end = i + dimensions;
  let sum = 0;
  while (i < end) {
    const difference = a.values[i++]! - b.values[j++]!;
    sum += difference * difference;
  }
  return sum;
}

/** Rows of `left` that one block may hold against all of `right`. */
export function rowsPerBlock(columns: number): number {
  return Math.max(1, Math.floor(BLOCK_VALUES / Math.max(1, columns)));
}

/**
 * Squared Euclidean distances of all rows of `left` to all rows of `right` (count × count, row-major), as
 * ‖a‖² + ‖b‖² − 2ab with one matrix product, never negative. The caller bounds the block (see `rowsPerBlock`).
 */
export function squaredDistances(tf: EngineMath, left: Vectors, right: Vectors): Float32Array {
  if (left.count === 0 || right.count === 0) return new Float32Array(0);
  return computeValues(tf, () => squaredDistanceTensor(tf, left, right));
}

/** The same as a tensor, for more computation on the device; both sides have rows. */
export function squaredDistanceTensor(tf: EngineMath, left: Vectors, right: Vectors): Tensor2D {
  const products = tf.matMul(
    tf.tensor2d(left.values, [left.count, left.dimensions]),
    tf.tensor2d(right.values, [right.count, right.dimensions]),
    false,
    true,
  );
  const norms = tf.add(
    tf.tensor2d(squaredNorms(left), [left.count, 1]),
    tf.tensor2d(squaredNorms(right), [1, right.count]),
  );
  return tf.relu<Tensor2D>(tf.sub(norms, tf.mul(products, 2)));
}
