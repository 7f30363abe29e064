import { decode } from "@cwasm/webp";
import { corrupt } from "../faults.ts";
import type { Decoder } from "./decoder.ts";

/**
 * WebP, lossy and lossless, through libwebp itself (compiled to WebAssembly). Three samples a pixel, or four
 * with alpha. The size stands in the stream's own header and is compared with the block's before anything is decoded.
 */
export const webp = {
  codes: [50001],
  name: "WEBP",
  predicts: false,
  nativeOrder: true,
  bitOrder: false,
  // A block of one colour takes some dozen bytes whatever its size.
  maximumExpansion: 1 << 20,
  decode(input, shape, layout) {
    const { width, rows, samples, byteLength } = shape;
    if (layout.dtype !== "uint8" || (samples !== 3 && samples !== 4)) {
      throw corrupt(`its WebP data would need 3 or 4 bytes a pixel, not ${samples} of ${layout.dtype}`);
    }
    const height = layout.tiled ? layout.blockHeight : rows;
    const size = streamSize(input);
    if (size === null || size.width !== width || size.height < rows || size.height > height) {
      const found = size === null ? "damaged" : `${size.width} × ${size.height} pixels`;
      throw corrupt(`its WebP data are ${found} instead of ${width} × ${height} pixels`);
    }
    const rgba = decoded(input);
    if (samples === 4) return rgba.subarray(0, byteLength);
    const rgb = new Uint8Array(byteLength);
    for (let from = 0, to = 0; to < byteLength; from += 4, to += 3) {
      rgb[to] = rgba[from]!;
      rgb[to + 1] = rgba[from + 1]!;
      rgb[to + 2] = rgba[from + 2]!;
    }
    return rgb;
  },
} as const satisfies Decoder;

function decoded(input: Uint8Array): Uint8Array {
  try {
    const { data } = decode(input);
    return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  } catch (error) {
    throw corrupt(`its WebP data are damaged (${error instanceof Error ? error.message : String(error)})`);
  }
}

/** Width and height from the first chunk: VP8 (lossy), VP8L (lossless) or VP8X (extended). WebP container specification. */
function streamSize(input: Uint8Array): { width: number; height: number } | null {
  if (input.length < 30) return null;
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  const text = (at: number) => String.fromCharCode(...input.subarray(at, at + 4));
  if (text(0) !== "RIFF" || text(8) !== "WEBP") return null;
  switch (text(12)) {
    case "VP8 ":
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    case "VP8L": {
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case "VP8X":
      return {
        width: (view.getUint32(24, true) & 0xffffff) + 1,
        height: (view.getUint32(26, true) >>> 8) + 1,
      };
    default:
      return null;
  }
}
