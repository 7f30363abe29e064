import { promisify } from "node:util";
import { constants, inflate, inflateSync, zstdDecompress, zstdDecompressSync } from "node:zlib";
import { systemCode } from "../../../shared/errors.ts";
import { corrupt } from "../faults.ts";

/** The two formats that Node's zlib module decodes. */
export type InflationFormat = "deflate" | "zstd";

const NAMES = { deflate: "deflate", zstd: "Zstandard" } as const;

/** Options that both formats' decoders share. */
interface Limits {
  readonly chunkSize: number;
  readonly maxOutputLength: number;
}

// A zlib stream may lack its end, as some writers leave it; whether all pixels are there shows in their number.
const UNFINISHED = { finishFlush: constants.Z_SYNC_FLUSH };

const inPool = {
  deflate: promisify<Uint8Array, object, Buffer>(inflate),
  zstd: promisify<Uint8Array, object, Buffer>(zstdDecompress),
};

function atOnce(input: Uint8Array, format: InflationFormat, limits: Limits): Uint8Array {
  return format === "deflate"
    ? inflateSync(input, { ...UNFINISHED, ...limits })
    : zstdDecompressSync(input, limits);
}

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
    if (expected < POOL_BYTES) return atOnce(input, format, limits);
    return await inPool[format](input, format === "deflate" ? { ...UNFINISHED, ...limits } : limits);
  } catch (error) {
    if (systemCode(error) === "ERR_BUFFER_TOO_LARGE") {
      throw corrupt(
        `its ${NAMES[format]} data are far longer than the ${expected} bytes that belong there`,
        error,
      );
    }
    throw corrupt(`its ${NAMES[format]} data are damaged`, error);
  }
}
