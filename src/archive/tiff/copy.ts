import type { SampleArray } from "../../shared/raster.ts";

/** A rectangle of pixels to be copied out of a block; all numbers count samples. */
export interface CopyPlan {
  /** The first pixel's first sample. */
  readonly from: number;
  /** From one pixel to the next in the source: its interleaved samples. */
  readonly stride: number;
  /** From one row to the next in the source. */
  readonly fromRow: number;
  readonly to: number;
  readonly toRow: number;
  readonly width: number;
  readonly rows: number;
}

/** So many bands are copied in one pass over the pixels. */
const TOGETHER = 4;

/**
 * Copies a rectangle's bands bit by bit: going through JavaScript numbers would alter the payloads of NaNs. Source and
 * outputs have the same sample type.
 * @param bands which sample of each pixel goes to which output
 */
export function copyBands(
  source: SampleArray,
  bands: readonly number[],
  outputs: readonly SampleArray[],
  plan: CopyPlan,
): void {
  if (source.BYTES_PER_ELEMENT === 8) {
    for (const [index, band] of bands.entries()) {
      copy64(asWords(source), asWords(outputs[index]!), { ...plan, from: plan.from + band });
    }
    return;
  }
  if (plan.stride === 1) {
    for (const output of outputs) copyRows(source, output, plan);
    return;
  }
  if (copyPairs(source, bands, outputs, plan)) return;
  for (let first = 0; first < bands.length; first += TOGETHER) {
    // Where fewer than four are left, the last is copied again: no slower than finding out.
    const last = bands.length - 1;
    const some = [0, 1, 2, 3].map((index) => Math.min(first + index, last));
    const samples = some.map((index) => bands[index]!);
    const planes = some.map((index) => outputs[index]!);
    if (source.BYTES_PER_ELEMENT === 1) copy8(asBytes(source), samples, planes.map(asBytes), plan);
    else if (source.BYTES_PER_ELEMENT === 2) copy16(asShorts(source), samples, planes.map(asShorts), plan);
    else copy32(asWords(source), samples, planes.map(asWords), plan);
  }
}

export const asBytes = (array: SampleArray) =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
const asShorts = (array: SampleArray) =>
  new Uint16Array(array.buffer, array.byteOffset, array.byteLength >> 1);
export const asWords = (array: SampleArray) =>
  new Uint32Array(array.buffer, array.byteOffset, array.byteLength >> 2);

/** Samples that are neighbours in a row of the source as well. */
function copyRows(source: SampleArray, output: SampleArray, plan: CopyPlan): void {
  const size = source.BYTES_PER_ELEMENT;
  const bytes = asBytes(source);
  const target = asBytes(output);
  for (let row = 0; row < plan.rows; row++) {
    const from = (plan.from + row * plan.fromRow) * size;
    target.set(bytes.subarray(from, from + plan.width * size), (plan.to + row * plan.toRow) * size);
  }
}

// One function per width keeps each loop specialised to one array type.

function copy8(source: Uint8Array, bands: number[], outputs: Uint8Array[], plan: CopyPlan): void {
  const { stride, width, rows } = plan;
  const [p, q, r, s] = outputs as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  const [i, j, k, l] = bands as [number, number, number, number];
  for (let row = 0; row < rows; row++) {
    let from = plan.from + row * plan.fromRow;
    const to = plan.to + row * plan.toRow;
    for (let at = to; at < to + width; at++, from += stride) {
      p[at] = source[from + i]!;
      q[at] = source[from + j]!;
      r[at] = source[from + k]!;
      s[at] = source[from + l]!;
    }
  }
}

function copy16(source: Uint16Array, bands: number[], outputs: Uint16Array[], plan: CopyPlan): void {
  const { stride, width, rows } = plan;
  const [p, q, r, s] = outputs as [Uint16Array, Uint16Array, Uint16Array, Uint16Array];
  const [i, j, k, l] = bands as [number, number, number, number];
  for (let row = 0; row < rows; row++) {
    let from = plan.from + row * plan.fromRow;
    const to = plan.to + row * plan.toRow;
    for (let at = to; at < to + width; at++, from += stride) {
      p[at] = source[from + i]!;
      q[at] = source[from + j]!;
      r[at] = source[from + k]!;
      s[at] = source[from + l]!;
    }
  }
}

function copy32(source: Uint32Array, bands: number[], outputs: Uint32Array[], plan: CopyPlan): void {
  const { stride, width, rows } = plan;
  const [p, q, r, s] = outputs as [Uint32Array, Uint32Array, Uint32Array, Uint32Array];
  const [i, j, k, l] = bands as [number, number, number, number];
  for (let row = 0; row < rows; row++) {
    let from = plan.from + row * plan.fromRow;
    const to = plan.to + row * plan.toRow;
    for (let at = to; at < to + width; at++, from += stride) {
      p[at] = source[from + i]!;
      q[at] = source[from + j]!;
      r[at] = source[from + k]!;
      s[at] = source[from + l]!;
    }
  }
}

function copy64(source: Uint32Array, output: Uint32Array, plan: CopyPlan): void {
  const { stride, width, rows } = plan;
  for (let row = 0; row < rows; row++) {
    let from = 2 * (plan.from + row * plan.fromRow);
    const to = 2 * (plan.to + row * plan.toRow);
    for (let at = to; at < to + 2 * width; at += 2, from += 2 * stride) {
      output[at] = source[from]!;
      output[at + 1] = source[from + 1]!;
    }
  }
}

/**
 * All of four 16-bit bands, two pixels at a time in 32-bit words: the usual form of aerial imagery, and faster by half
 * than sample by sample. Returns whether it could be done so.
 */
function copyPairs(
  source: SampleArray,
  bands: readonly number[],
  outputs: readonly SampleArray[],
  plan: CopyPlan,
): boolean {
  if (!fitsPairs(source, bands, outputs, plan)) return false;
  copyWords(asWords(source), outputs.map(asWords), plan);
  return true;
}

/** Whether a rectangle holds all of four 16-bit bands, and its pixels can be taken in pairs. */
export function fitsPairs(
  source: SampleArray,
  bands: readonly number[],
  outputs: readonly SampleArray[],
  plan: CopyPlan,
): boolean {
  const four = source.BYTES_PER_ELEMENT === 2 && plan.stride === 4 && bands.length === 4;
  if (!four || bands.some((band, index) => band !== index)) return false;
  const even = [plan.to, plan.toRow, plan.width].every((count) => count % 2 === 0);
  return even && [source, ...outputs].every((array) => array.byteOffset % 4 === 0);
}

function copyWords(source: Uint32Array, outputs: Uint32Array[], plan: CopyPlan): void {
  const [p, q, r, s] = outputs as [Uint32Array, Uint32Array, Uint32Array, Uint32Array];
  for (let row = 0; row < plan.rows; row++) {
    let from = (plan.from + row * plan.fromRow) >> 1;
    const to = (plan.to + row * plan.toRow) >> 1;
    for (let at = to; at < to + (plan.width >> 1); at++, from += 4) {
      const low = source[from]!;
      const high = source[from + 1]!;
      const nextLow = source[from + 2]!;
      const nextHigh = source[from + 3]!;
      p[at] = (low & 0xffff) | (nextLow << 16);
      q[at] = (low >>> 16) | (nextLow & 0xffff0000);
      r[at] = (high & 0xffff) | (nextHigh << 16);
      s[at] = (high >>> 16) | (nextHigh & 0xffff0000);
    }
  }
}
