import { createRandom } from "../../../shared/random.ts";
import type { EngineMath } from "../../backends/index.ts";
import { computeValues } from "../../compute-values.ts";
import { rowRange, type Vectors } from "../../embeddings/vectors.ts";

/** Embeddings with more dimensions are projected to this many: the network's cost no longer depends on the encoder. */
export const PROJECTED = 512;
const SEED = "mlp-projection";
const BLOCK_ROWS = 1024;

/** The newest matrix: it depends on nothing but the dimensions, and drawing it takes a while. */
let newest: { readonly dimensions: number; readonly values: Float32Array } | undefined;

function projectionMatrix(dimensions: number): Float32Array {
  if (newest?.dimensions === dimensions) return newest.values;
  const random = createRandom(SEED);
  const scale = 1 / Math.sqrt(PROJECTED);
  const values = Float32Array.from({ length: dimensions * PROJECTED }, () => random.normal() * scale);
  newest = { dimensions, values };
  return values;
}

/**
 * A Gaussian projection that keeps distances (Johnson and Lindenstrauss 1984), the same for all models; vectors
 * of at most PROJECTED dimensions stay as they are. Works in blocks, so that memory does not grow with the
 * number of patches beyond the result.
 */
export function project(tf: EngineMath, vectors: Vectors): Vectors {
  const { count, dimensions } = vectors;
  if (dimensions <= PROJECTED) return vectors;
  const values = new Float32Array(count * PROJECTED);
  const matrix = tf.tensor2d(projectionMatrix(dimensions), [dimensions, PROJECTED]);
  for (let start = 0; start < count; start += BLOCK_ROWS) {
    const block = rowRange(vectors, start, Math.min(count, start + BLOCK_ROWS));
    const part = computeValues(tf, () =>
      tf.matMul(tf.tensor2d(block.values, [block.count, dimensions]), matrix),
    );
    values.set(part, start * PROJECTED);
  }
  matrix.dispose();
  return { values, count, dimensions: PROJECTED };
}
