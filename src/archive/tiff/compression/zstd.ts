import type { Decoder } from "./decoder.ts";
import { expand } from "./inflation.ts";

export const zstd = {
  codes: [50000],
  name: "ZSTD",
  predicts: true,
  nativeOrder: false,
  bitOrder: true,
  // RFC 8878: a run-length block of 128 KiB takes four bytes.
  maximumExpansion: 32768,
  decode: (input, shape, _, memory) => expand(input, "zstd", shape, memory),
} as const satisfies Decoder;
