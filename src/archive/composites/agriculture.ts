import { bandForRole } from "../sensors/band-names.ts";
import { type CompositeKind, complete } from "./composite-kind.ts";

/** Short-wave infrared at 1.6 µm, near infrared and blue: B11, B8, B2 of Sentinel-2 (Sentinel Hub, "Agriculture"). */
export const agriculture = {
  id: "agriculture",
  name: "Agriculture",
  description:
    "Short-wave infrared, near infrared and blue: dense crops are bright green, bare fields magenta and brown.",
  paint: "rgb",
  choose: (bands) =>
    complete([bandForRole("swir1", bands), bandForRole("nir", bands), bandForRole("blue", bands)]),
} as const satisfies CompositeKind;
