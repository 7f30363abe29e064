import { describe, expect, it } from "vitest";
import {
  applyInverse,
  cholesky,
  inverseDiagonal,
  invertLower,
} from "../../../src/engine/linear-algebra/cholesky.ts";
import { symmetricEigen } from "../../../src/engine/linear-algebra/symmetric-eigen.ts";
import { QUIET_WORK } from "../../../src/engine/work.ts";
import { createRandom } from "../../../src/shared/random.ts";

/** B·Bᵀ + I/10 of a random B: positive definite. */
function positiveDefinite(n: number): Float64Array {
  const random = createRandom(3);
  const b = Float64Array.from({ length: n * n }, () => random.normal());
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      for (let k = 0; k < n; k++) a[i * n + j]! += b[i * n + k]! * b[j * n + k]!;
    }
    a[i * n + i]! += 0.1;
  }
  return a;
}

describe("Cholesky", () => {
  const n = 7;
  const a = positiveDefinite(n);
  const inverse = invertLower(cholesky(a, n), n);

  it("solves A·x = b: A times the solution gives b back", () => {
    const b = Float64Array.from({ length: n * 2 }, (_, i) => Math.sin(i));
    const x = applyInverse(inverse, n, b, 2);
    for (let i = 0; i < n; i++) {
      for (let c = 0; c < 2; c++) {
        let sum = 0;
        for (let k = 0; k < n; k++) sum += a[i * n + k]! * x[k * 2 + c]!;
        expect(sum).toBeCloseTo(b[i * 2 + c]!, 9);
      }
    }
  });

  it("knows the diagonal of the inverse: the solutions of unit vectors", () => {
    const unit = new Float64Array(n * n);
    for (let i = 0; i < n; i++) unit[i * n + i] = 1;
    const whole = applyInverse(inverse, n, unit, n);
    inverseDiagonal(inverse, n).forEach((value, i) => void expect(value).toBeCloseTo(whole[i * n + i]!, 9));
  });

  it("refuses a matrix that is not positive definite", () => {
    expect(() => cholesky(Float64Array.of(1, 2, 2, 1), 2)).toThrow(/positive definite/);
    expect(() => cholesky(Float64Array.of(Number.NaN), 1)).toThrow(/positive definite/);
  });
});

describe("symmetricEigen", () => {
  // Values from numpy.linalg.eigvalsh.
  const a = Float64Array.of(
    ...[7.56, -2.949, -3.308, -1.095, 0.472],
    ...[-2.949, 2.393, 1.607, 0.145, -1.755],
    ...[-3.308, 1.607, 3.442, -1.062, -0.797],
    ...[-1.095, 0.145, -1.062, 2.017, 1.721],
    ...[0.472, -1.755, -0.797, 1.721, 4.541],
  );
  const expected = [
    11.056551815856936, 5.800722855863684, 2.4621008785406793, 0.630908217336034, 0.002716232402668602,
  ];

  it("finds NumPy's eigenvalues, and vectors that A only stretches", async () => {
    const { values, vectors } = await symmetricEigen(a, 5, QUIET_WORK);
    values.forEach((value, e) => {
      expect(value).toBeCloseTo(expected[e]!, 9);
      for (let i = 0; i < 5; i++) {
        let sum = 0;
        for (let k = 0; k < 5; k++) sum += a[i * 5 + k]! * vectors[e * 5 + k]!;
        expect(sum).toBeCloseTo(value * vectors[e * 5 + i]!, 7);
      }
    });
  });
});
