import type { Layout } from "./layout.ts";
import { PHOTOMETRIC } from "./tags.ts";

const COMPRESSION_JPEG = 7;

/** Beyond this depth GDAL makes no colour table of its own for "min is white". */
const DEEPEST_TABLE = 16;

/**
 * GDAL's colour interpretation of each presented band (before any GDAL metadata that says otherwise).
 * @param bands as presented; differs from the stored samples where colours are converted
 */
export function colorInterpretationOf(layout: Layout, converted: boolean, bands: number): string[] {
  if (converted) return ["Red", "Green", "Blue", "Alpha"].slice(0, bands);
  return Array.from({ length: bands }, (_, band) => ofBand(layout, band));
}

/** A single band of one bit has a colour table whatever the file says. */
export function isBitmap({ bitsPerSample, samplesPerPixel }: Layout): boolean {
  return bitsPerSample === 1 && samplesPerPixel === 1;
}

function ofBand(layout: Layout, band: number): string {
  if (band === 0 && hasColorTable(layout)) return "Palette";
  const color = colorOf(layout, band);
  if (color !== undefined) return color;
  const extra = layout.extraSamples[band - (layout.samplesPerPixel - layout.extraSamples.length)];
  return extra === 1 || extra === 2 ? "Alpha" : "Undefined";
}

function hasColorTable(layout: Layout): boolean {
  const inverted = layout.photometric === PHOTOMETRIC.minIsWhite && layout.bitsPerSample <= DEEPEST_TABLE;
  return layout.hasColorMap || inverted || isBitmap(layout);
}

function colorOf({ photometric, compression }: Layout, band: number): string | undefined {
  switch (photometric) {
    case PHOTOMETRIC.rgb:
      return ["Red", "Green", "Blue"][band];
    case PHOTOMETRIC.yCbCr:
      return (
        compression === COMPRESSION_JPEG ? ["Red", "Green", "Blue"] : ["YCbCr_Y", "YCbCr_Cb", "YCbCr_Cr"]
      )[band];
    case PHOTOMETRIC.separated:
      return ["Cyan", "Magenta", "Yellow", "Black"][band];
    case PHOTOMETRIC.minIsBlack:
      return band === 0 ? "Gray" : undefined;
    default:
      return undefined;
  }
}
