import { promisify } from "node:util";
import { constants, inflate, inflateSync, zstdDecompress, zstdDecompressSync } from "node:zlib";
import { systemCode } from "../../../shared/errors.ts";
import { corrupt, RasterFault } from "../faults.ts";

/** The two formats that Node's zlib module decodes. */
export type InflationFormat = "deflate" | "zstd";

const NAMES = { deflate: "deflate", zstd: "Zstandard" } as const;

const atOnce = { deflate: inflateSync, zstd: zstdDecompressSync } as const;

const inPool = {
  deflate: promisify<Uint8Array, object, Buffer>(inflate),
  zstd: promisify<Uint8Array, object, Buffer>(zstdDecompress),
} as const;

/** Blocks from this size on are decoded in Node's thread pool; for smaller ones the way there takes longer. */
const POOL_BYTES = 1 << 16;

/** Streams may hold this much more than what belongs there; beyond it they are refused, not decoded and dropped. */
const SURPLUS_FACTOR = 4;
const SURPLUS_BYTES = 1 << 20;

/**
 * The first `byteLength` bytes of a zlib or Zstandard stream. Never allocates far beyond them.
 * @throws RasterFault `corrupt` for a damaged or too short stream, or a far too long one
 */
export async function expand(
  input: Uint8Array,
  format: InflationFormat,
  byteLength: number,
): Promise<Uint8Array> {
  const output = await expandAtMost(input, format, byteLength * SURPLUS_FACTOR + SURPLUS_BYTES, byteLength);
  if (output.length < byteLength) {
    throw corrupt(`its ${NAMES[format]} data hold ${output.length} of ${byteLength} bytes`);
  }
  return output.length === byteLength ? output : output.subarray(0, byteLength);
}

/**
 * The whole content of a stream.
 * @param maximum bytes that it may have
 * @param expected about how many there will be
 */
export async function expandAtMost(
  input: Uint8Array,
  format: InflationFormat,
  maximum: number,
  expected: number,
): Promise<Uint8Array> {
  const limits = { chunkSize: Math.max(64, expected + 64), maxOutputLength: maximum };
  try {
    return expected < POOL_BYTES ? atOnce[format](input, limits) : await inPool[format](input, limits);
  } catch (error) {
    const code = systemCode(error);
    if (code === "ERR_BUFFER_TOO_LARGE") {
      const reason = `its ${NAMES[format]} data are far longer than the ${expected} bytes that belong there`;
      throw corrupt(reason, error);
    }
    if (format === "deflate" && code === "Z_BUF_ERROR") return unfinished(input, limits, expected);
    throw corrupt(`its ${NAMES[format]} data are damaged`, error);
  }
}

/**
 * Some writers leave out the end of a zlib stream, checksum included. What there is counts if it is all that belongs
 * there, to the byte.
 */
function unfinished(input: Uint8Array, limits: object, expected: number): Uint8Array {
  try {
    const output = inflateSync(input, { ...limits, finishFlush: constants.Z_SYNC_FLUSH });
    if (output.length === expected) return output;
    throw corrupt(`its deflate data hold ${output.length} of ${expected} bytes`);
  } catch (error) {
    throw error instanceof RasterFault ? error : corrupt("its deflate data are damaged", error);
  }
}
