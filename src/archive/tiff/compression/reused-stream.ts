import { constants, createInflate, createZstdDecompress } from "node:zlib";

/** Decodes one whole stream after another with the same state. */
export interface ReusedStream {
  /**
   * @returns how many bytes of `output` were filled, or -1 where anything is not as it should be: a damaged or
   *   unfinished stream, or more bytes than fit
   */
  decode(input: Uint8Array, output: Uint8Array): number;
}

/** Those members of zlib streams that their synchronous functions are made of in every version of Node so far. */
interface Internals {
  readonly _handle: {
    reset(): void;
    writeSync(
      flush: number,
      input: Uint8Array,
      inputAt: number,
      inputLength: number,
      output: Uint8Array,
      outputAt: number,
      outputLength: number,
    ): void;
    onerror: unknown;
  };
  /** Bytes of output and input that are left. */
  readonly _writeState: Uint32Array;
}

/**
 * Node's own functions make a decoder and memory for its output anew for each stream, which costs a tenth of the time
 * that decoding a tile takes. This uses what they use. Null where Node's internals don't look as expected.
 */
export function reusedStream(format: "deflate" | "zstd"): ReusedStream | null {
  const finish = format === "deflate" ? constants.Z_FINISH : constants.ZSTD_e_end;
  let stream = openStream(format);
  if (stream === null) return null;
  return {
    decode(input, output) {
      // Node's decoder of Zstandard does not forget its errors.
      if (stream === null || stream.failed) stream = openStream(format);
      if (stream === null) return -1;
      const { _handle: handle, _writeState: left } = stream.internals;
      left.fill(UNTOUCHED);
      handle.reset();
      handle.writeSync(finish, input, 0, input.length, output, 0, output.length);
      const free = left[0]!;
      // Without room left it is not known whether the stream had ended.
      return stream.failed || free === 0 || free > output.length ? -1 : output.length - free;
    },
  };
}

interface OpenStream {
  readonly internals: Internals;
  failed: boolean;
}

function openStream(format: "deflate" | "zstd"): OpenStream | null {
  const internals: unknown = format === "deflate" ? createInflate() : createZstdDecompress();
  if (!hasInternals(internals)) return null;
  const stream = { internals, failed: false };
  internals._handle.onerror = () => {
    stream.failed = true;
  };
  return stream;
}

const UNTOUCHED = 0xffffffff;

function hasInternals(stream: unknown): stream is Internals {
  if (typeof stream !== "object" || stream === null) return false;
  if (!("_handle" in stream && "_writeState" in stream)) return false;
  const { _handle: handle, _writeState: left } = stream;
  if (!(left instanceof Uint32Array) || left.length !== 2) return false;
  if (typeof handle !== "object" || handle === null || !("reset" in handle && "writeSync" in handle))
    return false;
  return typeof handle.reset === "function" && typeof handle.writeSync === "function";
}
