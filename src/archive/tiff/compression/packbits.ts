import { corrupt } from "../faults.ts";
import type { Decoder } from "./decoder.ts";
import { withPadding } from "./padded.ts";

/**
 * Bytes are written in steps of this many, and what is too much is overwritten: there are at most 128 of a kind, for
 * which views and calls would take longer than the bytes do.
 */
const STEP = 4;

/** TIFF 6.0, section 9. */
export const packbits = {
  codes: [32773],
  name: "PACKBITS",
  predicts: false,
  nativeOrder: false,
  bitOrder: true,
  maximumExpansion: 64,
  decode(input, { byteLength }, _, memory) {
    const output = memory.take(byteLength + STEP);
    const done = unpack(input, withPadding(input), output, byteLength);
    if (done < byteLength) throw corrupt(`its PackBits data end after ${done} of ${byteLength} bytes`);
    return output.subarray(0, byteLength);
  },
} as const satisfies Decoder;

/** @returns the number of bytes that the data hold, up to `byteLength` */
function unpack(input: Uint8Array, padded: DataView, output: Uint8Array, byteLength: number): number {
  const target = new DataView(output.buffer, output.byteOffset, output.length);
  let from = 0;
  let to = 0;
  while (to < byteLength && from + 1 < input.length) {
    const control = input[from++]!;
    if (control === 128) continue;
    if (control > 128) {
      const end = Math.min(byteLength, to + 257 - control);
      const repeated = Math.imul(input[from++]!, 0x01010101);
      for (; to < end; to += STEP) target.setInt32(to, repeated);
      to = end;
      continue;
    }
    const count = Math.min(control + 1, byteLength - to);
    if (from + count > input.length) return to;
    for (let at = 0; at < count; at += STEP) target.setInt32(to + at, padded.getInt32(from + at));
    from += control + 1;
    to += count;
  }
  return to;
}
