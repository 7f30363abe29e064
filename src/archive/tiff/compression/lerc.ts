import * as library from "lerc";
import { swapBytes } from "../byte-order.ts";
import { corrupt, unsupported } from "../faults.ts";
import type { Decoder } from "./decoder.ts";
import { expandAtMost } from "./inflation.ts";

/** Element types as the LERC library names them, from this reader's. */
const PIXEL_TYPES: Readonly<Record<string, string>> = {
  int8: "S8",
  uint8: "U8",
  int16: "S16",
  uint16: "U16",
  int32: "S32",
  uint32: "U32",
  float32: "F32",
  float64: "F64",
};

/**
 * Esri's LERC, bare or wrapped in deflate or Zstandard. Where a block has a mask of invalid pixels, floats become
 * NaN there, and the mask of 8-bit data with one band more than the blob is that last (alpha) band, as in libtiff.
 */
export const lerc = {
  codes: [34887],
  name: "LERC",
  predicts: false,
  nativeOrder: true,
  bitOrder: false,
  // A constant block has the same length whatever its size.
  maximumExpansion: 1 << 20,
  async decode(input, shape, layout) {
    if (!library.isLoaded()) await library.load();
    const { width, rows, samples, byteLength } = shape;
    const blob = await unwrap(input, (byteLength / rows) * layout.blockHeight, layout.lercWrapping);
    const header = attempt(() => library.getBlobInfo(blob));
    const height = layout.tiled ? layout.blockHeight : rows;
    if (header.width !== width || header.height !== height || header.bandCount !== 1) {
      throw corrupt(
        `its LERC data are ${header.width} × ${header.height} pixels instead of ${width} × ${height}`,
      );
    }
    const masked = header.depthCount === samples - 1 && layout.dtype === "uint8";
    if (header.depthCount !== samples && !masked) {
      throw corrupt(`its LERC data have ${header.depthCount} values a pixel instead of ${samples}`);
    }
    const { pixels, mask, pixelType } = attempt(() => library.decode(blob, { returnInterleaved: true }));
    const values = pixels[0];
    if (values === undefined || pixelType !== PIXEL_TYPES[layout.dtype]) {
      throw corrupt(`its LERC data are of type ${pixelType}, not ${layout.dtype}`);
    }
    if (masked) return withAlpha(values as Uint8Array, mask, header.depthCount).subarray(0, byteLength);
    if (mask !== null && (values instanceof Float32Array || values instanceof Float64Array)) {
      for (let at = 0; at < values.length; at++)
        if (mask[Math.floor(at / samples)] === 0) values[at] = Number.NaN;
    }
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    if (bytes.length < byteLength) throw corrupt(`its LERC data hold ${bytes.length} of ${byteLength} bytes`);
    // In big-endian files libtiff encodes samples with their bytes swapped, and swaps them again after decoding.
    if (!layout.littleEndian) swapBytes(bytes, layout.bitsPerSample);
    return bytes.subarray(0, byteLength);
  },
} as const satisfies Decoder;

/** LERC blobs are never much longer than the pixels. */
const HEADER_ROOM = 4096;

function unwrap(input: Uint8Array, byteLength: number, wrapping: number): Uint8Array | Promise<Uint8Array> {
  const maximum = byteLength * 2 + HEADER_ROOM;
  switch (wrapping) {
    case 0:
      return input;
    case 1:
      return expandAtMost(input, "deflate", maximum, byteLength);
    case 2:
      return expandAtMost(input, "zstd", maximum, byteLength);
    default:
      throw unsupported(`LERC data wrapped by method ${wrapping} are not supported`);
  }
}

function attempt<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw corrupt("its LERC data are damaged", error instanceof Error ? error : new Error(String(error)));
  }
}

function withAlpha(values: Uint8Array, mask: Uint8Array | null, depth: number): Uint8Array {
  const pixels = values.length / depth;
  const output = new Uint8Array(pixels * (depth + 1));
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let band = 0; band < depth; band++)
      output[pixel * (depth + 1) + band] = values[pixel * depth + band]!;
    output[pixel * (depth + 1) + depth] = mask === null || mask[pixel] !== 0 ? 255 : 0;
  }
  return output;
}
