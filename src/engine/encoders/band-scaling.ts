import { z } from "zod";
import type { PatchPixels } from "../../archive/patch-reader.ts";

/** Per band: values are clipped to [low, high], then centred and scaled: y = (clip(x) − center)·scale. */
export const bandScalingSchema = z.array(
  z.object({ low: z.number(), high: z.number(), center: z.number(), scale: z.number() }),
);
export type BandScaling = z.infer<typeof bandScalingSchema>;

/** Values a patch and band that the scaling is fitted to. */
const VALUES_PER_PATCH = 2048;
/** Tails beyond this share are clipped, as far again as they are from the median: clouds, glint, dead detectors. */
const TAIL = 0.005;

/**
 * Robust standardisation of each band over the sample: the tails are clipped, so that a few saturated
 * pixels of a 16-bit or float band do not squeeze all the others together. A constant band scales to zero.
 */
export function fitBandScaling(sample: readonly PatchPixels[]): BandScaling {
  const bands = sample[0]?.planes.length ?? 0;
  return Array.from({ length: bands }, (_, band) => {
    const values = Float32Array.from(sample.flatMap((image) => thinned(image, band))).sort();
    if (values.length === 0) return { low: 0, high: 0, center: 0, scale: 0 };
    const quantile = (q: number) => values[Math.round(q * (values.length - 1))]!;
    const median = quantile(0.5);
    const low = median - 2 * (median - quantile(TAIL));
    const high = median + 2 * (quantile(1 - TAIL) - median);
    let sum = 0;
    let squares = 0;
    for (const value of values) {
      const clipped = Math.min(high, Math.max(low, value)) - median;
      sum += clipped;
      squares += clipped * clipped;
    }
    const mean = sum / values.length;
    const deviation = Math.sqrt(Math.max(0, squares / values.length - mean * mean));
    const constant = deviation <= 1e-7 * Math.max(1, Math.abs(median));
    return { low, high, center: median + mean, scale: constant ? 0 : 1 / deviation };
  });
}

function thinned({ planes, valid }: PatchPixels, band: number): number[] {
  const plane = planes[band]!;
  const step = Math.max(1, Math.floor(plane.length / VALUES_PER_PATCH));
  const values: number[] = [];
  for (let i = 0; i < plane.length; i += step) {
    if (valid && valid[i] === 0) continue;
    if (Number.isFinite(plane[i]!)) values.push(plane[i]!);
  }
  return values;
}

/**
 * Standardised samples, channels last (side × side × bands). Pixels without data take the patch's own mean
 * of the band, so that they add no edge contrast; a band without any data becomes zero.
 */
export function standardise(image: PatchPixels, scaling: BandScaling): Float32Array {
  const bands = scaling.length;
  const pixels = image.width * image.height;
  const output = new Float32Array(pixels * bands);
  for (let band = 0; band < bands; band++) {
    const plane = image.planes[band]!;
    const { low, high, center, scale } = scaling[band]!;
    let sum = 0;
    let count = 0;
    for (let i = 0; i < pixels; i++) {
      const value = plane[i]!;
      if ((image.valid && image.valid[i] === 0) || !Number.isFinite(value)) continue;
      const scaled = (Math.min(high, Math.max(low, value)) - center) * scale;
      output[i * bands + band] = scaled;
      sum += scaled;
      count++;
    }
    if (count === pixels || count === 0) continue;
    const mean = sum / count;
    for (let i = 0; i < pixels; i++) {
      const missing = (image.valid && image.valid[i] === 0) || !Number.isFinite(plane[i]!);
      if (missing) output[i * bands + band] = mean;
    }
  }
  return output;
}
