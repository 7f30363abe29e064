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
  rows: Float32Array,
  length: number,
  kept: number,
  work: Work,
): Promise<Float32Array> {
  const count = rows.length / length;
  const mean = new Float64Array(length);
  for (let i = 0; i < rows.length; i++) mean[i % length]! += rows[i]! / count;
  for (let i = 0; i < rows.length; i++) rows[i]! -= mean[i % length]!;
  const { values, vectors } = await symmetricEigen(await covariance(rows, length, work), length, work);
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

async function covariance(centred: Float32Array, length: number, work: Work): Promise<Float64Array> {
  const count = centred.length / length;
  const matrix = new Float64Array(length * length);
  for (let row = 0; row < count; row++) {
    const values = centred.subarray(row * length, (row + 1) * length);
    for (let i = 0; i < length; i++) {
      const value = values[i]! / count;
      for (let j = 0; j <= i; j++) matrix[i * length + j]! += value * values[j]!;
    }
    if (row % 512 === 0) await breathe(work);
  }
  for (let i = 0; i < length; i++)
    for (let j = 0; j < i; j++) matrix[j * length + i] = matrix[i * length + j]!;
  return matrix;
}
