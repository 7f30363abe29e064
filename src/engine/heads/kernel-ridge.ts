import { applyInverse, cholesky, inverseDiagonal, invertLower } from "../linear-algebra/cholesky.ts";

/** A fitted kernel ridge regression. */
export interface KernelRidge {
  /** (K + αI)⁻¹·Y, rows × columns, row-major. */
  readonly coefficients: Float64Array;
  /** What each row would be predicted if it had been left out, rows × columns. */
  readonly leaveOneOut: Float64Array;
}

/**
 * Kernel ridge regression in closed form, with exact leave-one-out predictions
 * y − c_i / [(K + αI)⁻¹]_ii (Rasmussen and Williams 2006, §5.4.2; equally the mean of a Gaussian process
 * with noise variance α). O(n³/3).
 * @param kernel n × n, row-major
 * @param targets n × columns, row-major
 * @param alpha ridge, above 0
 */
export function fitKernelRidge(
  kernel: ArrayLike<number>,
  targets: Float64Array,
  n: number,
  columns: number,
  alpha: number,
): KernelRidge {
  const matrix = Float64Array.from(kernel);
  for (let i = 0; i < n; i++) matrix[i * n + i]! += alpha;
  const inverse = invertLower(cholesky(matrix, n), n);
  const coefficients = applyInverse(inverse, n, targets, columns);
  const diagonal = inverseDiagonal(inverse, n);
  const leaveOneOut = targets.map(
    (target, i) => target - coefficients[i]! / diagonal[Math.floor(i / columns)]!,
  );
  return { coefficients, leaveOneOut };
}
