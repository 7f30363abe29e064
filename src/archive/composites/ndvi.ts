import { bandForRole } from "../sensors/band-names.ts";
import { type CompositeKind, complete } from "./composite-kind.ts";

/**
 * Normalised difference vegetation index, (NIR − red) / (NIR + red) (Rouse et al. 1974, "Monitoring
 * vegetation systems in the Great Plains with ERTS"), of the sample values as they are stored.
 */
export const ndvi = {
  id: "ndvi",
  name: "NDVI, vegetation",
  description: "(NIR − red) / (NIR + red): blue is water, sand bare ground, green vegetation.",
  paint: "index",
  colorMap: "vegetation",
  choose: (bands) => complete([bandForRole("nir", bands), bandForRole("red", bands)]),
} as const satisfies CompositeKind;
