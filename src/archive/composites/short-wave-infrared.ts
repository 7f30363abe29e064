import { bandForRole } from "../sensors/band-names.ts";
import { type CompositeKind, complete } from "./composite-kind.ts";

export const shortWaveInfrared = {
  id: "short-wave-infrared",
  name: "Short-wave infrared",
  description:
    "Short-wave infrared, near infrared and red: bare and burnt ground stands out from vegetation.",
  paint: "rgb",
  choose: (bands) =>
    complete([bandForRole("swir", bands), bandForRole("nir", bands), bandForRole("red", bands)]),
} as const satisfies CompositeKind;
