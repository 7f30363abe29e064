import { z } from "zod";
import type { EmbeddingSet } from "./embedding-set.ts";
import type { DimensionGroup } from "./manifest.ts";
import { rowOf, type Vectors } from "./vectors.ts";

/** Rows that means and deviations are taken from; more change nothing that matters. */
const FIT_ROWS = 10_000;
const BLOCK_ROWS = 1024;

/**
 * The space in which heads and query functions see embeddings: every dimension centred and scaled to unit
 * deviation, then each group g of n_g dimensions scaled by w_g·√(D / (n_g·Σw²)). So squared distances are
 * sums over groups in proportion w_g², however many dimensions a group has, and the mean squared norm is D.
 */
export interface EmbeddingSpace {
  /** Both of `dimensions` entries: y = (x − mean)·scale. */
  readonly mean: Float32Array;
  readonly scale: Float32Array;
}

export const embeddingSpaceSchema = z.object({
  mean: z.instanceof(Float32Array),
  scale: z.instanceof(Float32Array),
});

/** Fitted to an evenly spread sample of all vectors of the folder, labelled or not. */
export async function fitSpace(set: EmbeddingSet): Promise<EmbeddingSpace> {
  const { dimensions, count } = set;
  const used = Math.min(count, FIT_ROWS);
  const mean = new Float64Array(dimensions);
  const squares = new Float64Array(dimensions);
  let seen = 0;
  for (let start = 0; start < used; start += BLOCK_ROWS) {
    const length = Math.min(BLOCK_ROWS, used - start);
    const rows = Float64Array.from({ length }, (_, i) => Math.floor(((start + i) * count) / used));
    const block = await set.readRows(rows);
    for (let row = 0; row < block.count; row++) {
      seen++;
      const vector = rowOf(block, row);
      // Welford's update: large offsets lose no precision.
      for (let d = 0; d < dimensions; d++) {
        const delta = vector[d]! - mean[d]!;
        mean[d]! += delta / seen;
        squares[d]! += delta * (vector[d]! - mean[d]!);
      }
    }
  }
  return {
    mean: Float32Array.from(mean),
    scale: scalesOf(squares, Math.max(1, seen), mean, set.manifest.groups),
  };
}

function scalesOf(
  squares: Float64Array,
  count: number,
  mean: Float64Array,
  groups: readonly DimensionGroup[],
): Float32Array {
  const dimensions = squares.length;
  const weights = groups.reduce((sum, { weight }) => sum + weight * weight, 0);
  const scale = new Float32Array(dimensions);
  let offset = 0;
  for (const { length, weight } of groups) {
    const groupScale = weight * Math.sqrt(dimensions / (length * weights));
    for (let d = offset; d < offset + length; d++) {
      const deviation = Math.sqrt(squares[d]! / count);
      // A dimension that is constant but for rounding says nothing; scaled up it would be noise.
      const constant = deviation <= 1e-6 * Math.max(1, Math.abs(mean[d]!));
      scale[d] = constant ? 0 : groupScale / deviation;
    }
    offset += length;
  }
  return scale;
}

/** Moves vectors into the space, in place. */
export function intoSpace(space: EmbeddingSpace, vectors: Vectors): Vectors {
  const { values, count, dimensions } = vectors;
  const { mean, scale } = space;
  for (let row = 0; row < count; row++) {
    const offset = row * dimensions;
    for (let d = 0; d < dimensions; d++) {
      values[offset + d] = (values[offset + d]! - mean[d]!) * scale[d]!;
    }
  }
  return vectors;
}
