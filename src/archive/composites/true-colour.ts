import { bandForRole } from "../sensors/band-names.ts";
import { type CompositeKind, complete } from "./composite-kind.ts";

/** Red, green, blue: B4, B3, B2 of Sentinel-2 (ESA, "Sentinel-2 User Handbook", band centres 665, 560, 490 nm). */
export const trueColour = {
  id: "true-colour",
  name: "True colour",
  description: "Red, green and blue, as the eye would see it.",
  paint: "rgb",
  choose: (bands) =>
    complete([bandForRole("red", bands), bandForRole("green", bands), bandForRole("blue", bands)]),
} as const satisfies CompositeKind;
