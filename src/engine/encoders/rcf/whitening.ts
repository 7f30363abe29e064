import type { EngineMath } from "../../backends/index.ts";
import { computeValues } from "../../compute-values.ts";
import { symmetricEigen } from "../../linear-algebra/symmetric-eigen.ts";
import type { Work } from "../../work.ts";

/** Added to the eigenvalues: keeps directions that hardly vary (high frequencies, noise) from taking over. */
const RIDGE = 1e-3;
/** Eigenvectors need not be more orthogonal than this: the ridge hides the rest. */
const PRECISION = 1e-6;

/**
 * Zero-phase whitening (ZCA, Bell and Sejnowski 1997): rows times W = (C + εI)^(−1/2) of their covariance C.
 * @param rows count × length, row-major; centred in place
 * @returns the whitened rows
 */
export async function whitenRows(
  tf: EngineMath,
  rows: Float32Array,
  length: number,
  work: Work,
): Promise<Float32Array> {
  const count = rows.length / length;
  const mean = new Float64Array(length);
  for (let i = 0; i < rows.length; i++) mean[i % length]! += rows[i]! / count;
  for (let i = 0; i < rows.length; i++) rows[i]! -= mean[i % length]!;
  const { values, vectors } = await symmetricEigen(covariance(tf, rows, length), length, work, PRECISION);
  const transform = new Float32Array(length * length);
  for (let e = 0; e < length; e++) {
    const factor = 1 / Math.sqrt(values[e]! + RIDGE);
    const vector = vectors.subarray(e * length, (e + 1) * length);
    for (let i = 0; i < length; i++) {
      const scaled = vector[i]! * factor;
      for (let j = 0; j < length; j++) transform[i * length + j]! += scaled * vector[j]!;
    }
  }
  return computeValues(tf, () =>
    tf.matMul(tf.tensor2d(rows, [count, length]), tf.tensor2d(transform, [length, length])),
  );
}

/** XᵀX / count in float32: its rounding is far below the ridge. */
function covariance(tf: EngineMath, centred: Float32Array, length: number): Float64Array {
  const count = centred.length / length;
  const products = computeValues(tf, () => {
    const rows = tf.tensor2d(centred, [count, length]);
    return tf.matMul(rows, rows, true, false);
  });
  // Symmetric to the last bit, as the eigenvalue iteration expects.
  return Float64Array.from(products, (value, at) => {
    const mirrored = products[(at % length) * length + Math.floor(at / length)]!;
    return (value + mirrored) / (2 * count);
  });
}
