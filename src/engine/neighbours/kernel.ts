import type { EngineMath, Tensor2D } from "../backends/index.ts";
import { computeValues } from "../compute-values.ts";
import type { Vectors } from "../embeddings/vectors.ts";
import { squaredDistances, squaredDistanceTensor } from "./distances.ts";

/** Kernels on squared distances d²; `scale` is a squared length. */
export const KERNELS = {
  /** exp(−d²/scale). */
  gaussian: (tf: EngineMath, squared: Tensor2D, scale: number): Tensor2D =>
    tf.exp(tf.mul(squared, -1 / scale)),
  /** exp(−d/√scale): heavier tails, less sensitive to the scale in many dimensions. */
  laplacian: (tf: EngineMath, squared: Tensor2D, scale: number): Tensor2D =>
    tf.exp(tf.neg(tf.sqrt(tf.mul(squared, 1 / scale)))),
} as const;
export type KernelName = keyof typeof KERNELS;

/** Pairs that the median is taken from. */
const MEDIAN_ROWS = 512;

/** Median of the squared distances between different rows of (a spread sample of) the vectors; 1 where all coincide. */
export function medianSquaredDistance(tf: EngineMath, vectors: Vectors): number {
  const used = Math.min(vectors.count, MEDIAN_ROWS);
  const { dimensions } = vectors;
  const values = new Float32Array(used * dimensions);
  for (let i = 0; i < used; i++) {
    const row = Math.floor((i * vectors.count) / used);
    values.set(vectors.values.subarray(row * dimensions, (row + 1) * dimensions), i * dimensions);
  }
  const sample = { values, count: used, dimensions };
  const distances = squaredDistances(tf, sample, sample);
  const pairs: number[] = [];
  for (let i = 0; i < used; i++) {
    for (let j = 0; j < i; j++) pairs.push(distances[i * used + j]!);
  }
  const sorted = Float32Array.from(pairs).sort();
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return median > 0 ? median : 1;
}

/** Kernel values of all rows of `left` with all rows of `right`, row-major. The caller bounds the block. */
export function kernelMatrix(
  tf: EngineMath,
  left: Vectors,
  right: Vectors,
  kernel: KernelName,
  scale: number,
): Float32Array {
  if (left.count === 0 || right.count === 0) return new Float32Array(0);
  return computeValues(tf, () => KERNELS[kernel](tf, squaredDistanceTensor(tf, left, right), scale));
}
