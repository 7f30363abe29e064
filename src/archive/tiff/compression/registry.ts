import { unsupported } from "../faults.ts";
import type { Decoder } from "./decoder.ts";
import { deflate } from "./deflate.ts";
import { jpeg } from "./jpeg.ts";
import { lerc } from "./lerc.ts";
import { lzw } from "./lzw.ts";
import { none } from "./none.ts";
import { packbits } from "./packbits.ts";
import { webp } from "./webp.ts";
import { zstd } from "./zstd.ts";

export const DECODERS: readonly Decoder[] = [none, packbits, lzw, deflate, zstd, jpeg, lerc, webp];

/** Schemes that are known by name only. */
const OTHER_NAMES: Readonly<Record<number, string>> = {
  2: "CCITTRLE",
  3: "CCITTFAX3",
  4: "CCITTFAX4",
  6: "OJPEG",
  9: "JBIG",
  32766: "NEXT",
  32771: "CCITTRLEW",
  32809: "THUNDERSCAN",
  32908: "PIXARFILM",
  32909: "PIXARLOG",
  34661: "JBIG",
  34676: "SGILOG",
  34677: "SGILOG24",
  34712: "JP2000",
  34925: "LZMA",
  50002: "JXL",
};

export function compressionName(code: number): string {
  const decoder = DECODERS.find((candidate) => candidate.codes.includes(code));
  return decoder?.name ?? OTHER_NAMES[code] ?? `unknown (${code})`;
}

/** The decoder of a Compression value, or an `unsupported` fault that names the scheme. */
export function decoderFor(code: number): Decoder {
  const decoder = DECODERS.find((candidate) => candidate.codes.includes(code));
  if (decoder === undefined) throw unsupported(`its compression, ${compressionName(code)}, is not supported`);
  return decoder;
}
