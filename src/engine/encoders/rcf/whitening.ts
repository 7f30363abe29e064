import type { EngineMath } from "../../backends/index.ts";
import { symmetricEigen } from "../../linear-algebra/symmetric-eigen.ts";
import { breathe, type Work } from "../../work.ts";

/** Added to the eigenvalues: keeps directions that hardly vary (high frequencies, noise) from taking over. */
const RIDGE = 1e-3;

/**
 * Zero-phase whitening (ZCA, Bell and Sejnowski 1997): W = (C + εI)^(−1/2) of the rows' covariance C.
 * @param rows count × length, row-major: what W is fitted to; centred in place
 * @returns the first `kept` rows, centred and multiplied by W
 */
export async function whitenRows(
  tf: EngineMath,
  rows: Float32Array,
  length: number,
  kept: number,
  work: Work,
): Promise<Float32Array> {
  const count = rows.length / length;
  const mean = new Float64Array(length);
  for (let i = 0; i < rows.length; i++) mean[i % length]! += rows[i]! / count;
  for (let i = 0; i < rows.length; i++) rows[i]! -= mean[i % length]!;
  const { values, vectors } = await symmetricEigen(covariance(tf, rows, length), length, work);
  const transform = new Float64Array(length * length);
  for (let e = 0; e < length; e++) {
    const factor = 1 / Math.sqrt(values[e]! + RIDGE);
    const vector = vectors.subarray(e * length, (e + 1) * length);
    for (let i = 0; i < length; i++) {
      const scaled = vector[i]! * factor;
      for (let j = 0; j < length; j++) transform[i * length + j]! += scaled * vector[j]!;
    }
  }
  const whitened = new Float32Array(kept * length);
  const sums = new Float64Array(length);
  for (let row = 0; row < kept; row++) {
    sums.fill(0);
    for (let i = 0; i < length; i++) {
      const value = rows[row * length + i]!;
      for (let j = 0; j < length; j++) sums[j]! += value * transform[i * length + j]!;
    }
    whitened.set(sums, row * length);
    if (row % 512 === 0) await breathe(work);
  }
  return whitened;
}

/** XᵀX / count in float32: its rounding is far below the ridge. */
function covariance(tf: EngineMath, centred: Float32Array, length: number): Float64Array {
  const count = centred.length / length;
  const products = tf.tidy(() => {
    const rows = tf.tensor2d(centred, [count, length]);
    return tf.matMul(rows, rows, true, false).dataSync<"float32">();
  });
  // Symmetric to the last bit, as the eigenvalue iteration expects.
  return Float64Array.from(products, (value, at) => {
    const mirrored = products[(at % length) * length + Math.floor(at / length)]!;
    return (value + mirrored) / (2 * count);
  });
}
