/** Two-sided 95 % quantiles of Student's t for 1 to 30 degrees of freedom. */
const T_95 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
  2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];
const NORMAL_95 = 1.959964;

/** The 97.5 % quantile of Student's t; above 30 degrees by its expansion at the normal one (Abramowitz and Stegun 26.7.5). */
export function studentQuantile(degrees: number): number {
  const z = NORMAL_95;
  const terms = [
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
  ];
  return T_95[degrees - 1] ?? terms.reduce((sum, term, index) => sum + term / degrees ** (index + 1), z);
}

/** Mean with the half width of its 95 % interval (Student's t); null with a single value. */
export interface Estimate {
  readonly mean: number;
  readonly halfWidth: number | null;
  readonly trials: number;
}

/** Null for no values. */
export function estimate(values: readonly number[]): Estimate | null {
  const n = values.length;
  if (n === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  if (n === 1) return { mean, halfWidth: null, trials: 1 };
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  return { mean, halfWidth: studentQuantile(n - 1) * Math.sqrt(variance / n), trials: n };
}
