/** Shares of the values (0–1) whose quantiles statistics keep: dense at the ends, where stretches begin. */
export const QUANTILE_SHARES = [
  0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.04, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85,
  0.9, 0.95, 0.96, 0.97, 0.98, 0.99, 0.995, 0.998, 0.999, 1,
] as const;

/** What is known of a band's distribution. */
export interface Distribution {
  readonly min: number;
  readonly max: number;
  readonly p2: number;
  readonly p98: number;
  /** At `QUANTILE_SHARES`; missing in projects made before they were kept. */
  readonly quantiles?: readonly number[] | undefined;
}

/** The value below which a share (0–1) of the values lies, linear between the shares that are known. */
export function quantile(known: Distribution, share: number): number {
  const { quantiles } = known;
  const isDetailed = quantiles?.length === QUANTILE_SHARES.length;
  const shares: readonly number[] = isDetailed ? QUANTILE_SHARES : [0, 0.02, 0.98, 1];
  const values = isDetailed ? quantiles : [known.min, known.p2, known.p98, known.max];
  const above = Math.max(
    1,
    shares.findIndex((each) => each >= share),
  );
  const [lowShare = 0, highShare = 1] = [shares[above - 1], shares[above]];
  const [low = 0, high = 0] = [values[above - 1], values[above]];
  return low + ((share - lowShare) / (highShare - lowShare)) * (high - low);
}
