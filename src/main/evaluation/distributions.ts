/** Two-sided 95 %: the quantile 0.975 of the standard normal distribution. */
export const Z_95 = 1.959963984540054;

/** Φ(z), to 1.5e-7 (Abramowitz and Stegun 1964, 7.1.26). */
export function normalCdf(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const polynomial =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const tail = (polynomial * Math.exp(-x * x)) / 2;
  return z > 0 ? 1 - tail : tail;
}

/**
 * Quantile 0.975 of Student's t by its expansion in 1/ν (Abramowitz and Stegun 1964, 26.7.5): to 0.001 from nine
 * degrees of freedom on.
 */
export function studentT95(degrees: number): number {
  const z = Z_95;
  const g1 = (z ** 3 + z) / 4;
  const g2 = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const g3 = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + g1 / degrees + g2 / degrees ** 2 + g3 / degrees ** 3;
}
