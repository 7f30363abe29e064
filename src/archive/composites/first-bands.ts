import type { CompositeKind } from "./composite-kind.ts";
import { trueColour } from "./true-colour.ts";

/** The first three bands as red, green and blue, for imagery whose colours aren't known. */
export const firstBands = {
  id: "first-bands",
  name: "First three bands",
  description: "The first three bands as red, green and blue.",
  paint: "rgb",
  choose: (bands) => (bands.length >= 3 && !trueColour.choose(bands) ? bands.slice(0, 3) : null),
} as const satisfies CompositeKind;
