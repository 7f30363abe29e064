import { unsupported } from "../faults.ts";
import { CCITT_DECODERS } from "./ccitt/index.ts";
import type { Decoder } from "./decoder.ts";
import { deflate } from "./deflate.ts";
import { jpeg } from "./jpeg.ts";
import { lerc } from "./lerc.ts";
import { lzma } from "./lzma/index.ts";
import { lzw } from "./lzw.ts";
import { none } from "./none.ts";
import { packbits } from "./packbits.ts";
import { sgilog } from "./sgilog.ts";
import { webp } from "./webp.ts";
import { zstd } from "./zstd.ts";

export const DECODERS: readonly Decoder[] = [
  none,
  packbits,
  lzw,
  deflate,
  zstd,
  lzma,
  jpeg,
  lerc,
  webp,
  sgilog,
  ...CCITT_DECODERS,
];

/** Schemes that are known by name only. */
const OTHER_NAMES: Readonly<Record<number, string>> = {
  6: "OJPEG",
  9: "JBIG",
  32766: "NEXT",
  32809: "THUNDERSCAN",
  32908: "PIXARFILM",
  32909: "PIXARLOG",
  34661: "JBIG",
  34677: "SGILOG24",
  34712: "JP2000",
  50002: "JXL",
};

/** Every scheme that is known, by its first code. */
export const COMPRESSIONS: readonly {
  readonly codes: readonly number[];
  readonly name: string;
  readonly isRead: boolean;
}[] = [
  ...DECODERS.map(({ codes, name }) => ({ codes, name, isRead: true })),
  ...Object.entries(OTHER_NAMES).map(([code, name]) => ({ codes: [Number(code)], name, isRead: false })),
].sort((a, b) => a.codes[0]! - b.codes[0]!);

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
