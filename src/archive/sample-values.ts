/** The value below which a share of the sorted values lies, by linear interpolation (as NumPy's default). */
export function percentile(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) return Number.NaN;
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN;
  return low + (high - low) * (position - below);
}

/** The finite values where there is data. */
export function validValues(plane: Float32Array, valid: Uint8Array | null): Float32Array {
  const values = new Float32Array(plane.length);
  let count = 0;
  for (let i = 0; i < plane.length; i++) {
    const value = plane[i]!;
    if ((valid === null || valid[i] === 1) && Number.isFinite(value)) values[count++] = value;
  }
  return values.subarray(0, count);
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * At most `count` of the values, spread evenly by the golden-ratio sequence: steps of equal length would
 * run down the columns of a picture. All of them, in a copy, when there are no more.
 */
export function spreadSample(values: Float32Array, count: number): Float32Array {
  if (values.length <= count) return values.slice();
  const kept = new Float32Array(count);
  for (let i = 0; i < count; i++) kept[i] = values[Math.floor(((i * GOLDEN) % 1) * values.length)]!;
  return kept;
}
