import { bandForRole } from "../sensors/band-names.ts";
import { type CompositeKind, complete } from "./composite-kind.ts";

/**
 * Normalised burn ratio, (NIR − SWIR) / (NIR + SWIR) with SWIR at 2.2 µm (Key and Benson 2006, "Landscape
 * Assessment", FIREMON, USDA RMRS-GTR-164), of the sample values as they are stored.
 */
export const nbr = {
  id: "nbr",
  name: "NBR, burnt ground",
  description: "(NIR − SWIR) / (NIR + SWIR) at 2.2 µm: dark red is burnt or bare, green is healthy.",
  paint: "index",
  colorMap: "burn",
  choose: (bands) => complete([bandForRole("narrow-nir", bands), bandForRole("swir2", bands)]),
} as const satisfies CompositeKind;
