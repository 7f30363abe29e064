import { unsupported } from "./faults.ts";
import { labConverter } from "./lab.ts";
import type { Layout } from "./layout.ts";
import { PHOTOMETRIC } from "./tags.ts";
import { unpackYCbCr, yCbCrConverter } from "./ycbcr.ts";

/**
 * A conversion that GDAL applies before it shows the pixels, because the stored colours are not RGB: 8-bit CMYK,
 * CIE L*a*b*, and YCbCr that is not JPEG (whose decoder converts it itself).
 */
export interface ColorConversion {
  /** Bands that come out: RGB, or RGB with an alpha band that is always 255. */
  readonly bands: 3 | 4;
  /** @param stored pixel-interleaved samples, `samples` each; returns pixel-interleaved bands */
  convert(stored: Uint8Array, pixels: number, samples: number): Uint8Array;
  /** For chroma-subsampled blocks: one Y, Cb, Cr triple per pixel from the packed groups. */
  unpack?(packed: Uint8Array, width: number, rows: number): Uint8Array;
}

/** The conversion that a layout needs, or null where samples are presented as they are stored. */
export function colorConversionOf(layout: Layout): ColorConversion | null {
  const { photometric, bitsPerSample, samplesPerPixel, compression, planar, subsampling, inkSet } = layout;
  if (bitsPerSample !== 8) {
    if (
      photometric === PHOTOMETRIC.yCbCr &&
      subsampling[0] * subsampling[1] > 1 &&
      !planar &&
      compression !== 7
    ) {
      throw unsupported(`subsampled YCbCr with ${bitsPerSample} bits is not supported`);
    }
    return null;
  }
  if (photometric === PHOTOMETRIC.separated && samplesPerPixel >= 4 && inkSet === 1) {
    return { bands: 4, convert: cmykToRgba };
  }
  if (photometric === PHOTOMETRIC.cieLab) {
    if (planar || samplesPerPixel !== 3)
      throw unsupported("CIE L*a*b* in separate planes or with alpha is not supported");
    return { bands: 4, convert: labConverter(layout.whitePoint) };
  }
  if (photometric !== PHOTOMETRIC.yCbCr || compression === 7) return null;
  if (samplesPerPixel !== 3) throw unsupported("YCbCr with an alpha band is not supported");
  const convert = yCbCrConverter(layout.coefficients, layout.referenceBlackWhite);
  if (planar) {
    if (subsampling[0] * subsampling[1] > 1)
      throw unsupported("planar YCbCr with subsampled chroma is not supported");
    return { bands: 3, convert };
  }
  const [across, down] = subsampling;
  return {
    bands: 3,
    convert,
    unpack: (packed, width, rows) => unpackYCbCr(packed, width, rows, across, down),
  };
}

/** Naive conversion without colour management, as libtiff's RGBA interface does it. */
function cmykToRgba(stored: Uint8Array, pixels: number, samples: number): Uint8Array {
  const output = new Uint8Array(pixels * 4);
  for (let pixel = 0, from = 0, to = 0; pixel < pixels; pixel++, from += samples, to += 4) {
    const light = 255 - stored[from + 3]!;
    output[to] = Math.trunc((light * (255 - stored[from]!)) / 255);
    output[to + 1] = Math.trunc((light * (255 - stored[from + 1]!)) / 255);
    output[to + 2] = Math.trunc((light * (255 - stored[from + 2]!)) / 255);
    output[to + 3] = 255;
  }
  return output;
}
