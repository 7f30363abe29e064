import { bandForRole } from "../sensors/band-names.ts";
import { type CompositeKind, complete } from "./composite-kind.ts";

/**
 * Near infrared, red, green: B8, B4, B3 of Sentinel-2; the "false colour" of colour-infrared film, where the strong
 * reflection of leaf cells beyond 700 nm is red (Lillesand, Kiefer and Chipman, "Remote Sensing and Image Interpretation").
 */
export const colourInfrared = {
  id: "colour-infrared",
  name: "Colour infrared",
  description: "Near infrared, red and green: vigorous vegetation is red, water dark.",
  paint: "rgb",
  choose: (bands) =>
    complete([bandForRole("nir", bands), bandForRole("red", bands), bandForRole("green", bands)]),
} as const satisfies CompositeKind;
