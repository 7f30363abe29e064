import { canonicalColorBand } from "./band-names.ts";
import { allNames, type BandFacts, isUnnamed, type Sensor, sameNames } from "./sensor.ts";

const RGB = ["Red", "Green", "Blue"] as const;
const RGBN = ["Red", "Green", "Blue", "NIR"] as const;

function looksLikeRgb(facts: BandFacts): boolean {
  const colors = facts.colorInterpretation.slice(0, 3);
  return sameNames(colors, RGB) && colors.every((color, band) => color === RGB[band]);
}

/** Camera samples are unsigned; RGB in floats may be anything. */
function isCameraType(facts: BandFacts): boolean {
  return facts.dtype === "uint8" || facts.dtype === "uint16";
}

function recogniseColors(facts: BandFacts, bands: readonly string[]): readonly string[] | null {
  if (facts.names.length !== bands.length) return null;
  const names = allNames(facts, canonicalColorBand);
  if (names) return sameNames(names, bands) ? names : null;
  if (!isUnnamed(facts)) return null;
  return looksLikeRgb(facts) || isCameraType(facts) ? bands : null;
}

export const aerialRgb = {
  id: "aerial-rgb",
  name: "Aerial, RGB",
  description: "Red, green and blue, as from a camera.",
  patchSize: 256,
  recognise: (facts) => recogniseColors(facts, RGB),
} as const satisfies Sensor;

export const aerialRgbn = {
  id: "aerial-rgbn",
  name: "Aerial, RGB and near infrared",
  description: "Red, green, blue and near infrared, as in NAIP.",
  patchSize: 256,
  recognise: (facts) => recogniseColors(facts, RGBN),
} as const satisfies Sensor;
