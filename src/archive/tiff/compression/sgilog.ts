import { corrupt, unsupported } from "../faults.ts";
import { PHOTOMETRIC } from "../tags.ts";
import type { Decoder } from "./decoder.ts";

/** One step of the 8-bit chromaticities (CIE u' and v'). */
const CHROMATICITY_STEP = 1 / 410;

/** Chromaticities are presented as fixed-point numbers with so many units to 1. */
const CHROMATICITY_UNITS = 1 << 15;

/**
 * SGI's LogLuv encoding of luminances of high dynamic range (G. W. Larson, "The LogLuv encoding for full gamut, high
 * dynamic range images", Journal of Graphics Tools 3(1), 1998), presented as libtiff's 16-bit integers: the logarithmic
 * luminance, and for colours u' and v'. Rows are split into byte planes, the most significant first, each
 * with run lengths of its own.
 */
export const sgilog = {
  codes: [34676],
  name: "SGILOG",
  predicts: false,
  nativeOrder: true,
  bitOrder: false,
  maximumExpansion: 130,
  decode(input, { width, rows, samples, byteLength }, { photometric, bitsPerSample, dtype }) {
    const grey = photometric === PHOTOMETRIC.logL && samples === 1;
    const colored = photometric === PHOTOMETRIC.logLuv && samples === 3;
    if (!(grey || colored) || bitsPerSample !== 16 || dtype === "float32") {
      throw unsupported("LogLuv data in other forms than 16-bit integers are not supported");
    }
    const output = new Int16Array(byteLength / 2);
    const row = new Uint32Array(width);
    let from = 0;
    for (let y = 0; y < rows; y++) {
      row.fill(0);
      for (let shift = grey ? 8 : 24; shift >= 0; shift -= 8) from = readPlane(input, from, row, shift);
      if (grey) output.set(row, y * width);
      else toThree(row, output, y * width * 3);
    }
    return new Uint8Array(output.buffer);
  },
} as const satisfies Decoder;

/** Adds one byte of each pixel. Control bytes from 128 on announce a run, lower ones count the bytes that follow. */
function readPlane(input: Uint8Array, start: number, row: Uint32Array, shift: number): number {
  let from = start;
  for (let to = 0; to < row.length; ) {
    if (from >= input.length)
      throw corrupt(`its LogLuv data end after ${to} of ${row.length} pixels of a row`);
    const control = input[from++]!;
    const run = control >= 128;
    const end = Math.min(row.length, to + (run ? control - 126 : control));
    if (from + (run ? 1 : end - to) > input.length) throw corrupt("its LogLuv data end early");
    while (to < end) row[to++]! |= input[run ? from : from++]! << shift;
    if (run) from++;
  }
  return from;
}

function toThree(row: Uint32Array, output: Int16Array, start: number): void {
  const chromaticity = (code: number) => Math.trunc((code + 0.5) * CHROMATICITY_STEP * CHROMATICITY_UNITS);
  for (let x = 0, to = start; x < row.length; x++, to += 3) {
    output[to] = row[x]! >> 16;
    output[to + 1] = chromaticity((row[x]! >> 8) & 255);
    output[to + 2] = chromaticity(row[x]! & 255);
  }
}
