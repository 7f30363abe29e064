import type { SampleArray } from "../../shared/raster.ts";

/** A rectangle of samples to be copied; all numbers count samples. */
export interface CopyPlan {
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

/**
 * Copies one band's rectangle bit by bit: going through JavaScript numbers would alter the payloads of NaNs.
 * Source and output have the same sample type.
 */
export function copySamples(source: SampleArray, output: SampleArray, plan: CopyPlan): void {
  switch (output.BYTES_PER_ELEMENT) {
    case 1:
      copy8(asBytes(source), asBytes(output), plan);
      break;
    case 2:
      copy16(asShorts(source), asShorts(output), plan);
      break;
    case 4:
      copy32(asWords(source), asWords(output), plan);
      break;
    default:
      copy64(asWords(source), asWords(output), plan);
  }
}

const asBytes = (array: SampleArray) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
const asShorts = (array: SampleArray) =>
  new Uint16Array(array.buffer, array.byteOffset, array.byteLength >> 1);
const asWords = (array: SampleArray) =>
  new Uint32Array(array.buffer, array.byteOffset, array.byteLength >> 2);

// One function per width keeps each loop specialised to one array type.

function copy8(source: Uint8Array, output: Uint8Array, plan: CopyPlan): void {
  const { stride, width, rows } = plan;
  for (let row = 0; row < rows; row++) {
    let from = plan.from + row * plan.fromRow;
    const to = plan.to + row * plan.toRow;
    if (stride === 1) output.set(source.subarray(from, from + width), to);
    else for (let at = to; at < to + width; at++, from += stride) output[at] = source[from]!;
  }
}

function copy16(source: Uint16Array, output: Uint16Array, plan: CopyPlan): void {
  const { stride, width, rows } = plan;
  for (let row = 0; row < rows; row++) {
    let from = plan.from + row * plan.fromRow;
    const to = plan.to + row * plan.toRow;
    if (stride === 1) output.set(source.subarray(from, from + width), to);
    else for (let at = to; at < to + width; at++, from += stride) output[at] = source[from]!;
  }
}

function copy32(source: Uint32Array, output: Uint32Array, plan: CopyPlan): void {
  const { stride, width, rows } = plan;
  for (let row = 0; row < rows; row++) {
    let from = plan.from + row * plan.fromRow;
    const to = plan.to + row * plan.toRow;
    if (stride === 1) output.set(source.subarray(from, from + width), to);
    else for (let at = to; at < to + width; at++, from += stride) output[at] = source[from]!;
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

/** Fills a rectangle with what GDAL gives for blocks that were never written: nodata, rounded and clamped, or 0. */
export function fillNodata(output: SampleArray, nodata: number | null, plan: CopyPlan): void {
  if (nodata === null) return;
  for (let row = 0; row < plan.rows; row++) {
    const from = plan.to + row * plan.toRow;
    fillRow(output, nodata, from, from + plan.width);
  }
}

function fillRow(output: SampleArray, nodata: number, from: number, to: number): void {
  if (output instanceof BigUint64Array || output instanceof BigInt64Array) {
    if (Number.isFinite(nodata)) output.fill(BigInt(Math.round(nodata)), from, to);
    return;
  }
  if (output instanceof Float32Array || output instanceof Float64Array) {
    output.fill(nodata, from, to);
    return;
  }
  const bits = output.BYTES_PER_ELEMENT * 8;
  const signed = output instanceof Int8Array || output instanceof Int16Array || output instanceof Int32Array;
  const lowest = signed ? -(2 ** (bits - 1)) : 0;
  const highest = lowest + 2 ** bits - 1;
  output.fill(Number.isNaN(nodata) ? 0 : Math.min(highest, Math.max(lowest, Math.round(nodata))), from, to);
}
