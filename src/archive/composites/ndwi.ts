import { bandForRole } from "../sensors/band-names.ts";
import { type CompositeKind, complete } from "./composite-kind.ts";

/**
 * Normalised difference water index, (green − NIR) / (green + NIR) (McFeeters 1996, "The use of the
 * Normalized Difference Water Index (NDWI) in the delineation of open water features", IJRS 17(7)), of the
 * sample values as they are stored. Open water is above 0. Gao's index of the same name is our NDMI.
 */
export const ndwi = {
  id: "ndwi",
  name: "NDWI, water",
  description: "(green − NIR) / (green + NIR) after McFeeters: blue is open water, brown dry land.",
  paint: "index",
  colorMap: "moisture",
  choose: (bands) => complete([bandForRole("green", bands), bandForRole("nir", bands)]),
} as const satisfies CompositeKind;
