import { bandForRole } from "../sensors/band-names.ts";
import { type CompositeKind, complete } from "./composite-kind.ts";

export const colourInfrared = {
  id: "colour-infrared",
  name: "Colour infrared",
  description: "Near infrared, red and green: vigorous vegetation is red, water dark.",
  paint: "rgb",
  choose: (bands) =>
    complete([bandForRole("nir", bands), bandForRole("red", bands), bandForRole("green", bands)]),
} as const satisfies CompositeKind;
