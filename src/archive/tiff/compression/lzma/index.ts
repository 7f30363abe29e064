import type { Decoder } from "../decoder.ts";
import { decodeXz } from "./xz.ts";

/** LZMA2 in .xz streams, as libtiff writes it. */
export const lzma = {
  codes: [34925],
  name: "LZMA",
  predicts: true,
  nativeOrder: false,
  bitOrder: true,
  // A match of 273 bytes takes a fraction of a bit once it is expected.
  maximumExpansion: 1 << 14,
  decode: (input, { byteLength }) => decodeXz(input, byteLength),
} as const satisfies Decoder;
