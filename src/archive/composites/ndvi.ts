import { bandForRole } from "../sensors/band-names.ts";
import { type CompositeKind, complete } from "./composite-kind.ts";

/** Normalised difference vegetation index, (NIR − red) / (NIR + red) (Rouse et al. 1974). */
export const ndvi = {
  id: "ndvi",
  name: "NDVI",
  description:
    "Vegetation index from near infrared and red: blue is water, sand bare ground, green vegetation.",
  paint: "index",
  choose: (bands) => complete([bandForRole("nir", bands), bandForRole("red", bands)]),
} as const satisfies CompositeKind;
