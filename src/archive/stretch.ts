import type { BandStatistics, Composite } from "../shared/domain/imagery.ts";
import { percentile, spreadSample, validValues } from "./sample-values.ts";

/** The sample values that become black and white. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

const FULL_RANGES: Readonly<Record<string, Range>> = {
  uint8: { low: 0, high: 255 },
  int8: { low: 0, high: 127 },
  uint16: { low: 0, high: 65535 },
  int16: { low: 0, high: 32767 },
  uint32: { low: 0, high: 4294967295 },
  int32: { low: 0, high: 2147483647 },
};
/** Floats are mostly reflectances. */
const UNIT_RANGE: Range = { low: 0, high: 1 };

/** A patch's percentiles come from at most this many of its values: enough for the eye. */
const PATCH_SAMPLE = 8192;

/**
 * The display range of each painted band: the project's or the patch's 2nd and 98th percentile, or the
 * type's full range. Without the project's statistics of a band, the patch's are taken.
 *
 * @param joint one range for all bands, so that the balance of colours stays as the camera made it
 */
export function displayRanges(
  planes: readonly Float32Array[],
  valid: Uint8Array | null,
  bandNames: readonly string[],
  dtype: string,
  stretch: Composite["stretch"],
  statistics: readonly BandStatistics[],
  joint: boolean,
): Range[] {
  if (stretch === "none") return planes.map(() => FULL_RANGES[dtype] ?? UNIT_RANGE);
  const ranges = planes.map((plane, position) => {
    const known = statistics.find(({ name }) => name === bandNames[position]);
    if (stretch === "project" && known) return { low: known.p2, high: known.p98 };
    const sorted = spreadSample(validValues(plane, valid), PATCH_SAMPLE).sort();
    return sorted.length === 0
      ? UNIT_RANGE
      : { low: percentile(sorted, 0.02), high: percentile(sorted, 0.98) };
  });
  if (!joint) return ranges;
  const shared = {
    low: Math.min(...ranges.map(({ low }) => low)),
    high: Math.max(...ranges.map(({ high }) => high)),
  };
  return ranges.map(() => shared);
}

/** Brightness that an archive's mean is lifted to, and the most that it is lifted by. */
const TARGET_BRIGHTNESS = 0.35;
const STRONGEST_GAMMA = 2;

/**
 * The gamma that lifts the project's mean brightness where a few bright patches (snow, cloud, sand) leave
 * the rest dark; 1 where there is nothing to lift. One value for all painted bands keeps the colours.
 */
export function liftingGamma(
  bandNames: readonly string[],
  ranges: readonly Range[],
  statistics: readonly BandStatistics[],
): number {
  const levels = bandNames.flatMap((name, position) => {
    const known = statistics.find((band) => band.name === name);
    const range = ranges[position];
    return known && range && range.high > range.low
      ? [(known.mean - range.low) / (range.high - range.low)]
      : [];
  });
  if (levels.length === 0) return 1;
  const level = levels.reduce((sum, value) => sum + value, 0) / levels.length;
  if (level <= 0) return STRONGEST_GAMMA;
  return Math.min(STRONGEST_GAMMA, Math.max(1, Math.log(level) / Math.log(TARGET_BRIGHTNESS)));
}

const CURVE_STEPS = 4096;

/** Brightness (0–255) over the stretched range in 4,096 steps; gamma above 1 brightens. */
export function gammaCurve(gamma: number): Uint8Array {
  return Uint8Array.from({ length: CURVE_STEPS }, (_, step) =>
    Math.round(255 * (step / (CURVE_STEPS - 1)) ** (1 / gamma)),
  );
}

/** Stretches a plane into one channel of an RGBA picture. A band of one value is mid-grey. */
export function paintChannel(
  plane: Float32Array,
  { low, high }: Range,
  curve: Uint8Array,
  rgba: Uint8Array,
  channel: number,
): void {
  const scale = high > low ? (CURVE_STEPS - 1) / (high - low) : 0;
  const flat = (CURVE_STEPS - 1) / 2;
  for (let i = 0, to = channel; i < plane.length; i++, to += 4) {
    const step = scale === 0 ? flat : (plane[i]! - low) * scale;
    // NaN fails both comparisons and lands on 0; such pixels are transparent anyway.
    rgba[to] = curve[step >= CURVE_STEPS - 1 ? CURVE_STEPS - 1 : step > 0 ? (step + 0.5) | 0 : 0]!;
  }
}
