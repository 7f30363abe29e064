import type { SampleArray } from "../../shared/raster.ts";
import type { CopyPlan } from "./copy.ts";

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
