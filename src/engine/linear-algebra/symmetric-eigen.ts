import { breathe, type Work } from "../work.ts";

const LARGEST_SWEEPS = 30;
/** Share of the squared norm of the whole matrix below which a product of two rows is rounding. */
const ROUNDING = 1e-17;

export interface Eigen {
  /** Largest first. */
  readonly values: Float64Array;
  /** One eigenvector a row, n × n, each of unit length; rows follow `values`. */
  readonly vectors: Float64Array;
}

/**
 * Eigenvalues and eigenvectors of a symmetric positive semi-definite matrix by one-sided Jacobi rotations
 * (Hestenes 1958; Golub and Van Loan, Matrix Computations, §8.6): the rows of A are turned until they are
 * orthogonal; their lengths are then the eigenvalues and their directions the eigenvectors.
 * O(n³) a sweep, about seven sweeps: meant for n up to about a thousand.
 * @param a n × n, row-major
 * @param precision rows count as orthogonal when their cosine is below this
 */
export async function symmetricEigen(
  a: Float64Array,
  n: number,
  work: Work,
  precision = 1e-9,
): Promise<Eigen> {
  const rows = Float64Array.from(a);
  const floor = ROUNDING * a.reduce((sum, value) => sum + value * value, 0);
  for (let sweep = 0; sweep < LARGEST_SWEEPS; sweep++) {
    let turned = false;
    for (let p = 0; p < n - 1; p++) {
      if (p % 32 === 0) await breathe(work);
      for (let q = p + 1; q < n; q++) {
        if (orthogonalise(rows, p * n, q * n, n, floor, precision)) turned = true;
      }
    }
    if (!turned) break;
  }
  const lengths = Float64Array.from({ length: n }, (_, row) =>
    Math.sqrt(rows.subarray(row * n, (row + 1) * n).reduce((sum, value) => sum + value * value, 0)),
  );
  const order = Array.from(lengths.keys()).sort((left, right) => lengths[right]! - lengths[left]!);
  const vectors = new Float64Array(n * n);
  order.forEach((row, position) => {
    const length = lengths[row]!;
    if (length === 0) return;
    for (let i = 0; i < n; i++) vectors[position * n + i] = rows[row * n + i]! / length;
  });
  return { values: Float64Array.from(order, (row) => lengths[row]!), vectors };
}

/** Turns two rows in their plane until they are orthogonal; false where they already are. */
function orthogonalise(
  rows: Float64Array,
  p: number,
  q: number,
  n: number,
  floor: number,
  precision: number,
): boolean {
  let pp = 0;
  let qq = 0;
  let pq = 0;
  for (let i = 0; i < n; i++) {
    const x = rows[p + i]!;
    const y = rows[q + i]!;
    pp += x * x;
    qq += y * y;
    pq += x * y;
  }
  if (Math.abs(pq) <= Math.max(floor, precision * Math.sqrt(pp * qq))) return false;
  const zeta = (qq - pp) / (2 * pq);
  const tangent = Math.sign(zeta || 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const cosine = 1 / Math.sqrt(1 + tangent * tangent);
  const sine = cosine * tangent;
  for (let i = 0; i < n; i++) {
    const x = rows[p + i]!;
    const y = rows[q + i]!;
    rows[p + i] = cosine * x - sine * y;
    rows[q + i] = sine * x + cosine * y;
  }
  return true;
}
