/** F(n) = ceiling − drop·n^(−rate): a learning curve that levels off. */
export interface SaturatingCurve {
  readonly ceiling: number;
  readonly drop: number;
  readonly rate: number;
}

/** Rates that learning curves have, from ones that go on rising for long to ones that are level soon. */
export const RATES = [0.25, 0.5, 0.75, 1] as const;

export function curveAt({ ceiling, drop, rate }: SaturatingCurve, labeled: number): number {
  return ceiling - drop * labeled ** -rate;
}

/** The least squares line y = a + b·x with b ≤ 0 and a ≤ 1. */
function fallingLine(x: readonly number[], y: readonly number[]): { a: number; b: number } {
  const n = x.length;
  const meanX = x.reduce((total, value) => total + value, 0) / n;
  const meanY = y.reduce((total, value) => total + value, 0) / n;
  let spread = 0;
  let together = 0;
  for (const [at, value] of x.entries()) {
    spread += (value - meanX) ** 2;
    together += (value - meanX) * (y[at]! - meanY);
  }
  const b = spread > 0 ? Math.min(0, together / spread) : 0;
  const a = meanY - b * meanX;
  if (a <= 1) return { a, b };
  // Held at the ceiling of 1, the slope is that of a line through (0, 1).
  const squares = x.reduce((total, value) => total + value * value, 0);
  const product = x.reduce((total, value, at) => total + value * (y[at]! - 1), 0);
  return { a: 1, b: Math.min(0, product / squares) };
}

/**
 * Inverse power law of a given rate by least squares, the usual shape of learning curves (Figueroa et al. 2012,
 * "Predicting sample size required for classification performance"): rising, and never above 1.
 * @param labeled numbers of labels, at least two different ones
 * @param scores one score a number of labels, 0 to 1
 */
export function fitSaturatingCurve(
  labeled: readonly number[],
  scores: readonly number[],
  rate: number,
): SaturatingCurve {
  const { a, b } = fallingLine(
    labeled.map((n) => n ** -rate),
    scores,
  );
  return { ceiling: a, drop: -b, rate };
}
