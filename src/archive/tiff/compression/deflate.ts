import type { Decoder } from "./decoder.ts";
import { expand } from "./inflation.ts";

/** zlib streams: Adobe's code 8 and the older 32946. */
export const deflate = {
  codes: [8, 32946],
  name: "DEFLATE",
  predicts: true,
  nativeOrder: false,
  bitOrder: true,
  // RFC 1951: a match of 258 bytes takes at least two bits.
  maximumExpansion: 1032,
  decode: (input, shape, _, memory) => expand(input, "deflate", shape, memory),
} as const satisfies Decoder;
