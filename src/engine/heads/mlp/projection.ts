import { createRandom } from "../../../shared/random.ts";
import type { EngineMath, Tensor2D } from "../../backends/index.ts";

/** Embeddings with more dimensions are projected to this many: the network's cost no longer depends on the encoder. */
export const PROJECTED = 512;

/**
 * A seeded Gaussian projection that keeps distances (Johnson and Lindenstrauss 1984): dimensions × PROJECTED,
 * entries of variance 1/PROJECTED; null where there is nothing to project.
 */
export function projectionMatrix(tf: EngineMath, dimensions: number, seed: string): Tensor2D | null {
  if (dimensions <= PROJECTED) return null;
  const random = createRandom(seed);
  const values = new Float32Array(dimensions * PROJECTED);
  const scale = 1 / Math.sqrt(PROJECTED);
  for (let i = 0; i < values.length; i++) values[i] = random.normal() * scale;
  return tf.tensor2d(values, [dimensions, PROJECTED]);
}
