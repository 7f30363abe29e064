import { FieldmarkError } from "../../shared/errors.ts";

/**
 * Cholesky factor of a symmetric positive definite matrix, A = L·Lᵀ.
 * @param a n × n, row-major; only its lower triangle is read
 * @returns L, n × n, row-major, zeros above the diagonal
 * @throws FieldmarkError `engine-failed` where the matrix is not positive definite
 */
export function cholesky(a: Float64Array, n: number): Float64Array {
  const l = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const rowI = i * n;
    for (let j = 0; j <= i; j++) {
      const rowJ = j * n;
      let sum = a[rowI + j]!;
      for (let k = 0; k < j; k++) sum -= l[rowI + k]! * l[rowJ + k]!;
      if (i !== j) {
        l[rowI + j] = sum / l[rowJ + j]!;
      } else if (sum > 0) {
        l[rowI + i] = Math.sqrt(sum);
      } else {
        throw new FieldmarkError(
          "engine-failed",
          "A matrix that must be positive definite is not; the embeddings may hold numbers that are not finite.",
          { details: { row: i, pivot: Number.isFinite(sum) ? sum : null } },
        );
      }
    }
  }
  return l;
}

/** L⁻¹ of a lower triangular matrix (n × n, row-major), lower triangular too. */
export function invertLower(l: Float64Array, n: number): Float64Array {
  const inverse = new Float64Array(n * n);
  const row = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    row.fill(0, 0, i);
    // Row i of L⁻¹ is (eᵢ − Σ_{k<i} L[i,k]·row k of L⁻¹) / L[i,i]: whole rows, so memory is read in order.
    for (let k = 0; k < i; k++) {
      const factor = l[i * n + k]!;
      if (factor === 0) continue;
      const rowK = k * n;
      for (let j = 0; j <= k; j++) row[j]! -= factor * inverse[rowK + j]!;
    }
    const diagonal = 1 / l[i * n + i]!;
    for (let j = 0; j < i; j++) inverse[i * n + j] = row[j]! * diagonal;
    inverse[i * n + i] = diagonal;
  }
  return inverse;
}

/** A⁻¹·B from L⁻¹ (n × n, lower), for B of n × columns, row-major. */
export function applyInverse(
  lowerInverse: Float64Array,
  n: number,
  b: Float64Array,
  columns: number,
): Float64Array {
  const half = new Float64Array(n * columns);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const factor = lowerInverse[i * n + j]!;
      for (let c = 0; c < columns; c++) half[i * columns + c]! += factor * b[j * columns + c]!;
    }
  }
  const solution = new Float64Array(n * columns);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const factor = lowerInverse[i * n + j]!;
      for (let c = 0; c < columns; c++) solution[j * columns + c]! += factor * half[i * columns + c]!;
    }
  }
  return solution;
}

/** The diagonal of A⁻¹ = L⁻ᵀ·L⁻¹. */
export function inverseDiagonal(lowerInverse: Float64Array, n: number): Float64Array {
  const diagonal = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const value = lowerInverse[i * n + j]!;
      diagonal[j]! += value * value;
    }
  }
  return diagonal;
}
