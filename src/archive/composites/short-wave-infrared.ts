import { bandForRole } from "../sensors/band-names.ts";
import { type CompositeKind, complete } from "./composite-kind.ts";

/**
 * Short-wave infrared, near infrared, red: B12, B8, B4 of Sentinel-2 (Sentinel Hub, "SWIR"). Water in leaves and soil
 * absorbs at 2.2 µm; where there is none (burnt, bare), red prevails.
 */
export const shortWaveInfrared = {
  id: "short-wave-infrared",
  name: "Short-wave infrared",
  description:
    "Short-wave infrared, near infrared and red: bare and burnt ground stands out from vegetation.",
  paint: "rgb",
  choose: (bands) =>
    complete([bandForRole("swir", bands), bandForRole("nir", bands), bandForRole("red", bands)]),
} as const satisfies CompositeKind;
