import type { Random } from "../../../shared/random.ts";
import type { EngineMath } from "../../backends/index.ts";
import type { Work } from "../../work.ts";
import type { Bank } from "./banks.ts";
import { whitenRows } from "./whitening.ts";

/** Patches that the whitening of a bank is fitted to. */
const FITTING_PATCHES = 8000;
/** Added to a patch's deviation: flat patches stay flat instead of becoming amplified noise. */
const CONTRAST_FLOOR = 1e-2;

/** An image in band scaling, channels last. */
export interface ScaledImage {
  readonly values: Float32Array;
  readonly side: number;
  readonly bands: number;
}

/**
 * Filters of a bank: patches cut at random places of random images, centred and scaled to unit deviation
 * (contrast normalisation), ZCA-whitened, scaled to unit length (Coates and Ng 2012, §3; Rolf et al. 2021,
 * Methods).
 * @param images already shrunken to the bank's scale
 * @returns kernel × kernel × bands × filters, row-major, as convolutions want them
 */
export async function drawFilters(
  tf: EngineMath,
  images: readonly ScaledImage[],
  bank: Bank,
  random: Random,
  work: Work,
): Promise<Float32Array> {
  const { kernel, filters } = bank;
  const bands = images[0]?.bands ?? 1;
  const length = kernel * kernel * bands;
  // Covariances of long patches need more of them, short ones fewer; the filters are the first ones.
  const count = Math.max(filters, Math.min(FITTING_PATCHES, length * 20));
  const rows = new Float32Array(count * length);
  for (let row = 0; row < count; row++) {
    const image = images[random.integer(images.length)]!;
    const patch = rows.subarray(row * length, (row + 1) * length);
    cutPatch(image, kernel, random, patch);
    normaliseContrast(patch);
  }
  const whitened = await whitenRows(tf, rows, length, filters, work);
  const output = new Float32Array(length * filters);
  for (let filter = 0; filter < filters; filter++) {
    const patch = whitened.subarray(filter * length, (filter + 1) * length);
    const norm = Math.sqrt(patch.reduce((sum, value) => sum + value * value, 0));
    for (let i = 0; i < length; i++) output[i * filters + filter] = norm > 0 ? patch[i]! / norm : 0;
  }
  return output;
}

function cutPatch(image: ScaledImage, kernel: number, random: Random, out: Float32Array): void {
  const { values, side, bands } = image;
  const x = random.integer(side - kernel + 1);
  const y = random.integer(side - kernel + 1);
  const rowLength = kernel * bands;
  for (let row = 0; row < kernel; row++) {
    const start = ((y + row) * side + x) * bands;
    out.set(values.subarray(start, start + rowLength), row * rowLength);
  }
}

function normaliseContrast(patch: Float32Array): void {
  const mean = patch.reduce((sum, value) => sum + value, 0) / patch.length;
  const squares = patch.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / patch.length) + CONTRAST_FLOOR;
  for (let i = 0; i < patch.length; i++) patch[i] = (patch[i]! - mean) / deviation;
}
