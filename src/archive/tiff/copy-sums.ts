import type { SampleArray } from "../../shared/raster.ts";
import { asWords, type CopyPlan, fitsPairs } from "./copy.ts";

/**
 * Copies a rectangle of pixels that are stored as differences from their left neighbours (Predictor 2), summing them up
 * on the way: each pixel is then read and written once, not twice. Like copying pairs, it is for all of four 16-bit
 * bands.
 * @param before pixels of each row to the left of the rectangle, which count for the sums
 * @returns whether it could be done; otherwise nothing was
 */
export function copySums(
  source: SampleArray,
  bands: readonly number[],
  outputs: readonly SampleArray[],
  plan: CopyPlan,
  before: number,
): boolean {
  if (!fitsPairs(source, bands, outputs, plan)) return false;
  sumWords(asWords(source), outputs.map(asWords), plan, before);
  return true;
}

/** Sums are right in their low 16 bits; what is above is left over and cut off. */
function sumWords(source: Uint32Array, outputs: Uint32Array[], plan: CopyPlan, before: number): void {
  const [p, q, r, s] = outputs as [Uint32Array, Uint32Array, Uint32Array, Uint32Array];
  for (let row = 0; row < plan.rows; row++) {
    const start = (plan.from + row * plan.fromRow) >> 1;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    let from = start - 2 * before;
    for (; from < start; from += 2) {
      const low = source[from]!;
      const high = source[from + 1]!;
      a = (a + low) | 0;
      b = (b + (low >>> 16)) | 0;
      c = (c + high) | 0;
      d = (d + (high >>> 16)) | 0;
    }
    const to = (plan.to + row * plan.toRow) >> 1;
    const end = to + (plan.width >> 1);
    for (let at = to; at < end; at++, from += 4) {
      const low = source[from]!;
      const high = source[from + 1]!;
      const nextLow = source[from + 2]!;
      const nextHigh = source[from + 3]!;
      const first = (a + low) | 0;
      const second = (b + (low >>> 16)) | 0;
      const third = (c + high) | 0;
      const fourth = (d + (high >>> 16)) | 0;
      a = (first + nextLow) | 0;
      b = (second + (nextLow >>> 16)) | 0;
      c = (third + nextHigh) | 0;
      d = (fourth + (nextHigh >>> 16)) | 0;
      p[at] = (first & 0xffff) | (a << 16);
      q[at] = (second & 0xffff) | (b << 16);
      r[at] = (third & 0xffff) | (c << 16);
      s[at] = (fourth & 0xffff) | (d << 16);
    }
  }
}
