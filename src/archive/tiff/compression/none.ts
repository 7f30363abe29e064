import { corrupt } from "../faults.ts";
import type { Decoder } from "./decoder.ts";

export const none = {
  codes: [1],
  name: "NONE",
  predicts: false,
  nativeOrder: false,
  bitOrder: true,
  maximumExpansion: 1,
  decode(input, { byteLength }) {
    if (input.length < byteLength) throw corrupt(`it holds ${input.length} of ${byteLength} bytes`);
    return input.length === byteLength ? input : input.subarray(0, byteLength);
  },
} as const satisfies Decoder;
