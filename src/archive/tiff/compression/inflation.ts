import { promisify } from "node:util";
import { constants, inflate, inflateSync, zstdDecompress, zstdDecompressSync } from "node:zlib";
import { systemCode } from "../../../shared/errors.ts";
import type { BufferPool } from "../buffer-pool.ts";
import { corrupt, RasterFault } from "../faults.ts";
import type { BlockShape } from "./decoder.ts";
import { type ReusedStream, reusedStream } from "./reused-stream.ts";

/** The two formats that Node's zlib module decodes. */
export type InflationFormat = "deflate" | "zstd";

const NAMES = { deflate: "deflate", zstd: "Zstandard" } as const;

const atOnce = { deflate: inflateSync, zstd: zstdDecompressSync } as const;

const inPool = {
  deflate: promisify<Uint8Array, object, Buffer>(inflate),
  zstd: promisify<Uint8Array, object, Buffer>(zstdDecompress),
} as const;

/**
 * Blocks from this size on are decoded in Node's thread pool, so that everything else in this thread goes on. Smaller
 * ones take a few milliseconds, of which the way there and back would be a good part.
 */
const POOL_BYTES = 4 << 20;

/** Streams may hold this much more than what belongs there; beyond it they are refused, not decoded and dropped. */
const SURPLUS_FACTOR = 4;
const SURPLUS_BYTES = 1 << 20;

/** Room behind the output, for finding out that there is nothing more. */
const SPARE_BYTES = 64;

const reused = new Map<InflationFormat, ReusedStream | null>();

/** Made when the first stream of its format comes. */
function streamFor(format: InflationFormat): ReusedStream | null {
  const known = reused.get(format);
  if (known !== undefined) return known;
  const stream = reusedStream(format);
  reused.set(format, stream);
  return stream;
}

/**
 * The first `byteLength` bytes of a zlib or Zstandard stream. Never allocates far beyond them.
 * @param memory where room for the result is taken from
 * @throws RasterFault `corrupt` for a damaged or too short stream, or a far too long one
 */
export async function expand(
  input: Uint8Array,
  format: InflationFormat,
  { byteLength, storedLength }: BlockShape,
  memory: BufferPool,
): Promise<Uint8Array> {
  if (storedLength < POOL_BYTES) {
    const output = memory.take(storedLength + SPARE_BYTES);
    const decoded = streamFor(format)?.decode(input, output) ?? -1;
    if (decoded >= byteLength && decoded <= storedLength) return output.subarray(0, byteLength);
    // It is damaged, or shorter or longer than it should be: what to make of that is decided below.
    memory.give(output.buffer);
  }
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
