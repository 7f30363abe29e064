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

const COMPRESSION_JPEG = 7;

/** Horizontal times vertical chroma subsampling that libtiff knows how to display, as two digits. */
const DISPLAYED_SUBSAMPLING: ReadonlySet<number> = new Set([11, 12, 21, 22, 41, 42, 44]);

/** The conversion that a layout needs, or null where samples are presented as they are stored. */
export function colorConversionOf(layout: Layout): ColorConversion | null {
  switch (layout.photometric) {
    case PHOTOMETRIC.separated:
      return fromSeparated(layout);
    case PHOTOMETRIC.cieLab:
      return fromLab(layout);
    case PHOTOMETRIC.yCbCr:
      return layout.compression === COMPRESSION_JPEG ? null : fromYCbCr(layout);
    default:
      return null;
  }
}

/** More than 8 bits, inks other than CMYK, and bitmaps stay as they are. */
function fromSeparated({ bitsPerSample, samplesPerPixel, inkSet, planar }: Layout): ColorConversion | null {
  if (bitsPerSample > 8 || samplesPerPixel < 4 || inkSet !== 1) return null;
  if (bitsPerSample < 8) throw unsupported(`CMYK of ${bitsPerSample} bits is not supported`);
  if (planar && samplesPerPixel > 4)
    throw unsupported("CMYK with extra samples in separate planes is not supported");
  return { bands: 4, convert: cmykToRgba };
}

/** With extra samples, and at other depths, L*a*b* stays as it is. */
function fromLab(layout: Layout): ColorConversion | null {
  const { bitsPerSample, samplesPerPixel, extraSamples, planar } = layout;
  if (bitsPerSample !== 8 || samplesPerPixel !== 3 || extraSamples.length > 0) return null;
  if (planar) throw unsupported("CIE L*a*b* in separate planes is not supported");
  return { bands: 4, convert: labConverter(layout.whitePoint) };
}

function fromYCbCr(layout: Layout): ColorConversion | null {
  const { bitsPerSample, samplesPerPixel, planar, subsampling, tiled } = layout;
  const [across, down] = subsampling;
  const subsampled = across * down > 1;
  if (bitsPerSample > 8) {
    if (subsampled && !planar)
      throw unsupported(`subsampled YCbCr with ${bitsPerSample} bits is not supported`);
    return null;
  }
  if (bitsPerSample < 8 || samplesPerPixel !== 3)
    throw unsupported("YCbCr of other than three 8-bit samples is not supported");
  const convert = yCbCrConverter(layout.coefficients, layout.referenceBlackWhite);
  if (planar) {
    if (subsampled) throw unsupported("planar YCbCr with subsampled chroma is not supported");
    return { bands: 3, convert };
  }
  if (!DISPLAYED_SUBSAMPLING.has(across * 10 + down))
    throw unsupported(`YCbCr with chroma subsampled ${across} × ${down} is not supported`);
  return {
    bands: 3,
    convert,
    unpack: (packed, width, rows) => unpackYCbCr(packed, width, rows, across, down, !tiled),
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
