import { bandForRole } from "../sensors/band-names.ts";
import { type CompositeKind, complete } from "./composite-kind.ts";

/**
 * Normalised difference moisture index, (NIR − SWIR) / (NIR + SWIR) with SWIR at 1.6 µm (Gao 1996, "NDWI, a
 * normalized difference water index for remote sensing of vegetation liquid water from space", Remote Sensing
 * of Environment 58), of the sample values as they are stored. Sentinel-2's narrow B8A has the pixel size of B11.
 */
export const ndmi = {
  id: "ndmi",
  name: "NDMI, moisture",
  description:
    "(NIR − SWIR) / (NIR + SWIR) at 1.6 µm: blue is vegetation full of water, brown is dry or bare.",
  paint: "index",
  colorMap: "moisture",
  choose: (bands) => complete([bandForRole("narrow-nir", bands), bandForRole("swir1", bands)]),
} as const satisfies CompositeKind;
