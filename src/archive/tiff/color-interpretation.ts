import type { Layout } from "./layout.ts";
import { PHOTOMETRIC } from "./tags.ts";

/**
 * GDAL's colour interpretation of each presented band (before any GDAL metadata that says otherwise).
 * @param bands as presented; differs from the stored samples where colours are converted
 */
export function colorInterpretationOf(layout: Layout, converted: boolean, bands: number): string[] {
  if (converted) return ["Red", "Green", "Blue", "Alpha"].slice(0, bands);
  return Array.from({ length: bands }, (_, band) => ofBand(layout, band));
}

function ofBand(layout: Layout, band: number): string {
  const color = colorOf(layout, band);
  if (color !== undefined) return color;
  const extra = layout.extraSamples[band - (layout.samplesPerPixel - layout.extraSamples.length)];
  return extra === 1 || extra === 2 ? "Alpha" : "Undefined";
}

function colorOf({ photometric, bitsPerSample, samplesPerPixel }: Layout, band: number): string | undefined {
  switch (photometric) {
    case PHOTOMETRIC.rgb:
    case PHOTOMETRIC.yCbCr:
      return ["Red", "Green", "Blue"][band];
    case PHOTOMETRIC.separated:
      return ["Cyan", "Magenta", "Yellow", "Black"][band];
    case PHOTOMETRIC.palette:
      return band === 0 ? "Palette" : undefined;
    case PHOTOMETRIC.minIsWhite:
      return band === 0 && bitsPerSample <= 16 ? "Palette" : undefined;
    case PHOTOMETRIC.minIsBlack:
      return band === 0 ? (bitsPerSample === 1 && samplesPerPixel === 1 ? "Palette" : "Gray") : undefined;
    default:
      return undefined;
  }
}
