import type { EngineMath, Tensor } from "./backends/index.ts";

/**
 * Runs tensor operations, reads the result out and frees everything. Use it instead of returning values from
 * `tf.tidy`, which looks for tensors in whatever it returns: through every number of a large array.
 */
export function computeValues(tf: EngineMath, compute: () => Tensor): Float32Array {
  const result = tf.tidy(compute);
  try {
    return result.dataSync<"float32">();
  } finally {
    result.dispose();
  }
}
