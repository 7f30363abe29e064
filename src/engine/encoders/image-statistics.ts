import { bandForRole } from "../../archive/sensors/band-names.ts";

/** Quantiles of every band and index. */
const QUANTILES = [0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98] as const;
/** Pixels that quantiles are taken from, per image. */
const QUANTILE_PIXELS = 2048;
/** Side of the cells, as a share of the image, whose means show how uneven an image is. */
const CELLS = 4;

/** Two band positions whose normalised difference (a − b)/(|a| + |b|) is an index. */
export type BandPair = readonly [number, number];

/**
 * Indices worth computing: all pairs of up to four bands; of more bands, those with a known meaning
 * (NDVI, NDWI, moisture, built-up) where the names tell, and neighbours in order.
 */
export function indexPairs(bands: readonly string[]): BandPair[] {
  if (bands.length <= 4) {
    return bands.flatMap((_, a) => bands.slice(a + 1).map((_, b) => [a, a + 1 + b] as const));
  }
  const role = (name: Parameters<typeof bandForRole>[0]) => {
    const band = bandForRole(name, bands);
    return band === null ? null : bands.indexOf(band);
  };
  const known = (
    [
      ["nir", "red"],
      ["green", "nir"],
      ["nir", "swir"],
      ["swir", "red"],
      ["green", "red"],
      ["green", "swir"],
    ] as const
  ).flatMap(([left, right]) => {
    const a = role(left);
    const b = role(right);
    return a === null || b === null ? [] : [[a, b] as const];
  });
  const neighbours = bands.slice(1).map((_, band) => [band + 1, band] as const);
  const seen = new Set<string>();
  return [...known, ...neighbours].filter(([a, b]) => {
    const key = [Math.min(a, b), Math.max(a, b)].join();
    return !seen.has(key) && seen.add(key);
  });
}

/** Statistics of one plane: mean, deviation, quantiles, mean gradient, deviation of the means of 4 × 4 cells. */
export const PLANE_STATISTICS = 2 + QUANTILES.length + 2;

/**
 * Writes the statistics of one plane of `width` × `height` finite values to `out` from `offset` on.
 * @returns the offset after them
 */
export function planeStatistics(
  plane: Float32Array,
  width: number,
  height: number,
  out: Float32Array,
  offset: number,
): number {
  let at = offset;
  let sum = 0;
  for (const value of plane) sum += value;
  const mean = sum / plane.length;
  let squares = 0;
  for (const value of plane) squares += (value - mean) ** 2;
  out[at++] = mean;
  out[at++] = Math.sqrt(squares / plane.length);
  // Odd, so that the sample walks through all columns of images whose width is a power of two.
  const step = Math.floor(plane.length / QUANTILE_PIXELS) | 1;
  const sorted = Float32Array.from(
    { length: Math.ceil(plane.length / step) },
    (_, i) => plane[i * step]!,
  ).sort();
  for (const q of QUANTILES) out[at++] = sorted[Math.round(q * (sorted.length - 1))]!;
  out[at++] = meanGradient(plane, width, height);
  out[at++] = cellDeviation(plane, width, height);
  return at;
}

/** Mean absolute difference of neighbouring pixels, both ways: how rough an image is. */
function meanGradient(plane: Float32Array, width: number, height: number): number {
  let sum = 0;
  for (let y = 0; y < height - 1; y++) {
    for (let x = 0; x < width - 1; x++) {
      const i = y * width + x;
      sum += Math.abs(plane[i + 1]! - plane[i]!) + Math.abs(plane[i + width]! - plane[i]!);
    }
  }
  return sum / Math.max(1, (width - 1) * (height - 1) * 2);
}

/** Standard deviation of the means of CELLS × CELLS cells: large things against small ones. */
function cellDeviation(plane: Float32Array, width: number, height: number): number {
  const sums = new Float64Array(CELLS * CELLS);
  const counts = new Float64Array(CELLS * CELLS);
  for (let y = 0; y < height; y++) {
    const cellRow = Math.floor((y * CELLS) / height) * CELLS;
    for (let x = 0; x < width; x++) {
      const cell = cellRow + Math.floor((x * CELLS) / width);
      sums[cell]! += plane[y * width + x]!;
      counts[cell]!++;
    }
  }
  const means = sums.map((sum, cell) => (counts[cell]! > 0 ? sum / counts[cell]! : 0));
  const mean = means.reduce((total, value) => total + value, 0) / means.length;
  return Math.sqrt(means.reduce((total, value) => total + (value - mean) ** 2, 0) / means.length);
}

/** Dimensions of `imageStatistics`. */
export function statisticsLength(bands: number, pairs: number): number {
  return (bands + pairs) * PLANE_STATISTICS;
}

/**
 * Band and index statistics of one image.
 * @param standardised the image in band scaling, channels last
 * @param raw the same image's raw planes, for the indices; missing values are taken as equal bands (index 0)
 */
export function imageStatistics(
  standardised: Float32Array,
  raw: readonly Float32Array[],
  pairs: readonly BandPair[],
  width: number,
  height: number,
): Float32Array {
  const bands = raw.length;
  const out = new Float32Array(statisticsLength(bands, pairs.length));
  const plane = new Float32Array(width * height);
  let at = 0;
  for (let band = 0; band < bands; band++) {
    for (let i = 0; i < plane.length; i++) plane[i] = standardised[i * bands + band]!;
    at = planeStatistics(plane, width, height, out, at);
  }
  for (const [a, b] of pairs) {
    const left = raw[a]!;
    const right = raw[b]!;
    for (let i = 0; i < plane.length; i++) {
      const difference = (left[i]! - right[i]!) / (Math.abs(left[i]!) + Math.abs(right[i]!));
      plane[i] = Number.isFinite(difference) ? difference : 0;
    }
    at = planeStatistics(plane, width, height, out, at);
  }
  return out;
}
