import { bandForRole } from "../sensors/band-names.ts";
import { type CompositeKind, complete } from "./composite-kind.ts";

export const trueColour = {
  id: "true-colour",
  name: "True colour",
  description: "Red, green and blue, as the eye would see it.",
  paint: "rgb",
  choose: (bands) =>
    complete([bandForRole("red", bands), bandForRole("green", bands), bandForRole("blue", bands)]),
} as const satisfies CompositeKind;
