import { corrupt } from "../faults.ts";
import type { Decoder } from "./decoder.ts";

/** TIFF 6.0, section 9. */
export const packbits = {
  codes: [32773],
  name: "PACKBITS",
  predicts: false,
  nativeOrder: false,
  bitOrder: true,
  maximumExpansion: 64,
  decode(input, { byteLength }) {
    const output = new Uint8Array(byteLength);
    let from = 0;
    let to = 0;
    while (to < byteLength) {
      if (from + 1 >= input.length) throw corrupt(`its PackBits data end after ${to} of ${byteLength} bytes`);
      const control = input[from++]!;
      if (control === 128) continue;
      if (control > 128) {
        const end = Math.min(byteLength, to + 257 - control);
        output.fill(input[from++]!, to, end);
        to = end;
        continue;
      }
      const count = Math.min(control + 1, byteLength - to);
      if (from + count > input.length)
        throw corrupt(`its PackBits data end after ${to} of ${byteLength} bytes`);
      output.set(input.subarray(from, from + count), to);
      from += control + 1;
      to += count;
    }
    return output;
  },
} as const satisfies Decoder;
