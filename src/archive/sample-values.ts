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

/** Every `step`-th value, in a copy. */
export function everyNth(values: Float32Array, step: number): Float32Array {
  const kept = new Float32Array(Math.ceil(values.length / step));
  for (let i = 0; i < kept.length; i++) kept[i] = values[i * step]!;
  return kept;
}
