import type { Random } from "../../../shared/random.ts";
import type { EngineMath } from "../../backends/index.ts";
import { kmeans } from "../../neighbours/kmeans.ts";
import type { Work } from "../../work.ts";
import { type Bank, TURNS } from "./banks.ts";
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
 * Filters of a bank. Patches are cut at random places of random images, centred and scaled to unit deviation
 * (contrast normalisation), ZCA-whitened and scaled to unit length; k-means makes a dictionary of them
 * (Coates and Ng 2012, §3), and every entry is turned by 0, 90, 180 and 270 degrees: nadir imagery has no up.
 * @param images already shrunken to the bank's scale
 * @returns kernel × kernel × bands × filters, row-major, as convolutions want them; filter t·(filters/4) + p
 *   is dictionary entry p in turn t
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
  const entries = filters / TURNS;
  // Covariances of long patches need more of them, short ones fewer.
  const count = Math.max(20 * entries, Math.min(FITTING_PATCHES, length * 20));
  const rows = new Float32Array(count * length);
  for (let row = 0; row < count; row++) {
    const image = images[random.integer(images.length)]!;
    const patch = rows.subarray(row * length, (row + 1) * length);
    cutPatch(image, kernel, random, patch);
    normaliseContrast(patch);
  }
  const values = await whitenRows(tf, rows, length, work);
  for (let row = 0; row < count; row++) scaleToUnit(values.subarray(row * length, (row + 1) * length));
  const { centers } = await kmeans(tf, { values, count, dimensions: length }, entries, random, work);
  const output = new Float32Array(length * filters);
  for (let entry = 0; entry < entries; entry++) {
    const patch = centers.values.slice(entry * length, (entry + 1) * length);
    scaleToUnit(patch);
    for (let turn = 0; turn < TURNS; turn++) {
      for (let i = 0; i < length; i++) {
        output[turnedIndex(i, kernel, bands, turn) * filters + turn * entries + entry] = patch[i]!;
      }
    }
  }
  return output;
}

/** Where value i of a kernel × kernel × bands patch lies after so many quarter turns. */
function turnedIndex(i: number, kernel: number, bands: number, turns: number): number {
  const band = i % bands;
  let y = Math.floor(i / (kernel * bands));
  let x = Math.floor(i / bands) % kernel;
  for (let turn = 0; turn < turns; turn++) [y, x] = [x, kernel - 1 - y];
  return (y * kernel + x) * bands + band;
}

function scaleToUnit(patch: Float32Array): void {
  const norm = Math.sqrt(patch.reduce((sum, value) => sum + value * value, 0));
  if (norm > 0) for (let i = 0; i < patch.length; i++) patch[i]! /= norm;
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
