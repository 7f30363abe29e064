import type { BandStatistics, Stretch } from "../domain/imagery.ts";
import { assertNever } from "../errors.ts";
import { quantile } from "./quantiles.ts";

/** The values that become black and white, or the two ends of a colour map. */
export interface DisplayRange {
  readonly low: number;
  readonly high: number;
}

/**
 * The range that a stretch gives a band or an index.
 *
 * @param known statistics over the stretch's scope, null where there is not a single value; `deviation` is
 *   mean ± n·σ, not cut off at the least and greatest value
 * @param full what fixed limits are where the user set none, and all that is left without values
 */
export function stretchedRange(
  stretch: Stretch,
  known: BandStatistics | null,
  full: DisplayRange,
): DisplayRange {
  if (stretch.method === "fixed") {
    const [low, high] = stretch.limits ?? [full.low, full.high];
    return { low, high };
  }
  if (!known) return full;
  switch (stretch.method) {
    case "percentile":
      return { low: quantile(known, stretch.low / 100), high: quantile(known, stretch.high / 100) };
    case "min-max":
      return { low: known.min, high: known.max };
    case "deviation": {
      const reach = stretch.deviations * known.standardDeviation;
      return { low: known.mean - reach, high: known.mean + reach };
    }
    default:
      return assertNever(stretch.method);
  }
}

const FULL_RANGES: Readonly<Record<string, DisplayRange>> = {
  uint8: { low: 0, high: 255 },
  int8: { low: 0, high: 127 },
  uint16: { low: 0, high: 65535 },
  int16: { low: 0, high: 32767 },
  uint32: { low: 0, high: 4294967295 },
  int32: { low: 0, high: 2147483647 },
};
/** Floats are mostly reflectances. */
const UNIT_RANGE: DisplayRange = { low: 0, high: 1 };
/** Of a normalised difference. */
export const INDEX_RANGE: DisplayRange = { low: -1, high: 1 };

/** What a sample type can hold, from 0 on. */
export function fullRange(dtype: string): DisplayRange {
  return FULL_RANGES[dtype] ?? UNIT_RANGE;
}

/** One range that holds them all, so that the balance of colours stays as the camera made it. */
export function jointRange(ranges: readonly DisplayRange[]): DisplayRange {
  return {
    low: Math.min(...ranges.map(({ low }) => low)),
    high: Math.max(...ranges.map(({ high }) => high)),
  };
}

/** Brightness that an archive's mean is lifted to, and the most that it is lifted by. */
const TARGET_BRIGHTNESS = 0.35;
const STRONGEST_GAMMA = 2;

/**
 * The gamma that lifts the mean brightness where a few bright patches (snow, cloud, sand) leave the rest
 * dark; 1 where there is nothing to lift. One value for all painted bands keeps the colours.
 * @param known statistics of each range's band, null where only the patch itself is known
 */
export function liftingGamma(
  ranges: readonly DisplayRange[],
  known: readonly (BandStatistics | null)[],
): number {
  const levels = ranges.flatMap(({ low, high }, index) => {
    const mean = known[index]?.mean;
    return mean !== undefined && high > low ? [(mean - low) / (high - low)] : [];
  });
  if (levels.length === 0) return 1;
  const level = levels.reduce((sum, value) => sum + value, 0) / levels.length;
  if (level <= 0) return STRONGEST_GAMMA;
  return Math.min(STRONGEST_GAMMA, Math.max(1, Math.log(level) / Math.log(TARGET_BRIGHTNESS)));
}
