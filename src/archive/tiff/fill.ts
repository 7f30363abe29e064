import type { SampleArray } from "../../shared/raster.ts";
import { asBytes, type CopyPlan } from "./copy.ts";

/** Fills a rectangle with what GDAL gives for blocks that were never written: nodata, rounded and clamped, or 0. */
export function fillNodata(output: SampleArray, nodata: number | null, plan: CopyPlan): void {
  const bytes = asBytes(output);
  const size = output.BYTES_PER_ELEMENT;
  for (let row = 0; row < plan.rows; row++) {
    const from = plan.to + row * plan.toRow;
    const end = from + plan.width;
    bytes.fill(0, from * size, end * size);
    if (nodata !== null) fillRow(output, nodata, from, end);
  }
}

function fillRow(output: SampleArray, nodata: number, from: number, to: number): void {
  if (output instanceof BigUint64Array || output instanceof BigInt64Array) {
    if (Number.isNaN(nodata)) return;
    const [lowest, highest] =
      output instanceof BigUint64Array ? [0n, (1n << 64n) - 1n] : [-(1n << 63n), (1n << 63n) - 1n];
    // Numbers cannot hold the highest values: beyond them is as good as at them.
    const finite = Math.min(2 ** 65, Math.max(-(2 ** 65), nodata));
    const value = BigInt(Math.round(finite));
    output.fill(value < lowest ? lowest : value > highest ? highest : value, from, to);
    return;
  }
  if (output instanceof Float32Array || output instanceof Float64Array) {
    output.fill(nodata, from, to);
    return;
  }
  const bits = output.BYTES_PER_ELEMENT * 8;
  const signed = output instanceof Int16Array || output instanceof Int32Array;
  // For GDAL, signed bytes are bytes: what they cannot hold is clamped to 0 and 255, which then counts as -1.
  const small = output instanceof Int8Array && nodata >= -128 && nodata < 0;
  const lowest = signed ? -(2 ** (bits - 1)) : small ? -128 : 0;
  const highest = signed ? 2 ** (bits - 1) - 1 : 2 ** bits - 1;
  output.fill(Number.isNaN(nodata) ? 0 : Math.min(highest, Math.max(lowest, Math.round(nodata))), from, to);
}
