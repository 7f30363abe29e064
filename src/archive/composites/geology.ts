import { bandForRole } from "../sensors/band-names.ts";
import { type CompositeKind, complete } from "./composite-kind.ts";

/**
 * Both short-wave infrared bands and blue: B12, B11, B2 of Sentinel-2 (Sentinel Hub, "Geology"). Minerals
 * that hold water absorb at 2.2 µm, so rocks and soils differ in colour.
 */
export const geology = {
  id: "geology",
  name: "Geology",
  description: "Both short-wave infrared bands and blue: kinds of rock and soil differ in colour.",
  paint: "rgb",
  choose: (bands) =>
    complete([bandForRole("swir2", bands), bandForRole("swir1", bands), bandForRole("blue", bands)]),
} as const satisfies CompositeKind;
