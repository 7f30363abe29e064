import type { DirectoryReader } from "./directory-reader.ts";
import type { Layout } from "./layout.ts";
import { TAG } from "./tags.ts";

/** Colours by number: red, green and blue of 8 bits, one table after the other. */
export interface Palette {
  readonly colors: number;
  /** `3 * colors` values: all reds, all greens, all blues. */
  readonly table: Uint8Array;
}

/**
 * The colour table of an image of numbered colours (TIFF 6.0, section 5), or null. Its 16-bit values become 8-bit ones
 * as GDAL 3.6 makes them: divided by 257; tables that were written with 8-bit values are taken as they are.
 */
export async function readPalette(reader: DirectoryReader, layout: Layout): Promise<Palette | null> {
  if (!layout.hasColorMap) return null;
  const values = await reader.optionalNumbers(TAG.colorMap, 3);
  const colors = 2 ** layout.bitsPerSample;
  if (values?.length !== 3 * colors) return null;
  const isNarrow = values.every((value) => value < 256);
  return { colors, table: Uint8Array.from(values, (value) => (isNarrow ? value : Math.trunc(value / 257))) };
}

/** Whether a palette has colours, or only greys. */
export function paletteKind(palette: Palette | null): "color" | "grey" | null {
  if (palette === null) return null;
  const { colors, table } = palette;
  for (let color = 0; color < colors; color++) {
    if (table[color] !== table[colors + color] || table[color] !== table[2 * colors + color]) return "color";
  }
  return "grey";
}
