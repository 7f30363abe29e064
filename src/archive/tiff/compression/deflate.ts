import { constants, inflateSync } from "node:zlib";
import { systemCode } from "../../../shared/errors.ts";
import { corrupt } from "../faults.ts";
import type { Decoder } from "./decoder.ts";

/** A stream may lack its end, as some writers leave it: that all pixels are there is checked by their number. */
const OPTIONS = { finishFlush: constants.Z_SYNC_FLUSH };

/** zlib streams: Adobe's code 8 and the older 32946. */
export const deflate = {
  codes: [8, 32946],
  name: "DEFLATE",
  predicts: true,
  nativeOrder: false,
  bitOrder: true,
  // RFC 1951: a match of 258 bytes takes at least two bits.
  maximumExpansion: 1032,
  decode(input, { byteLength }) {
    const inflate = (maxOutputLength: number) => inflateSync(input, { ...OPTIONS, chunkSize: byteLength + 64, maxOutputLength });
    return expand("deflate", inflate, byteLength);
  },
} as const satisfies Decoder;

/** More than this factor of surplus data in a stream is refused rather than decoded and dropped. */
const SURPLUS = 4;
const SURPLUS_BYTES = 1 << 20;

/**
 * Runs one of node:zlib's decoders so that it gives `byteLength` bytes, and never allocates far beyond them.
 * A `byteLength` of 0 takes whatever comes.
 */
export function expand(what: string, decode: (maximum: number) => Uint8Array, byteLength: number): Uint8Array {
  let output: Uint8Array;
  try {
    output = decode(byteLength * SURPLUS + SURPLUS_BYTES);
  } catch (error) {
    if (systemCode(error) === "ERR_BUFFER_TOO_LARGE") {
      throw corrupt(`its ${what} data are far longer than the ${byteLength} bytes that belong there`, error);
    }
    throw corrupt(`its ${what} data are damaged`, error);
  }
  if (output.length < byteLength) throw corrupt(`its ${what} data hold ${output.length} of ${byteLength} bytes`);
  return byteLength === 0 || output.length === byteLength ? output : output.subarray(0, byteLength);
}
