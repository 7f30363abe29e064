import { allNames, type BandFacts, isUnnamed, type Sensor } from "./sensor.ts";

const FOUR = ["Blue", "Green", "Red", "NIR"] as const;
const EIGHT = ["Coastal", "Blue", "Green I", "Green", "Yellow", "Red", "Red edge", "NIR"] as const;

/** Planet's own descriptions of the eight bands. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  coastal_blue: "Coastal",
  blue: "Blue",
  green_i: "Green I",
  green: "Green",
  yellow: "Yellow",
  red: "Red",
  rededge: "Red edge",
  nir: "NIR",
};

function canonical(name: string): string | null {
  return DESCRIPTIONS[name.trim().toLowerCase().replaceAll(" ", "_")] ?? null;
}

function recognise(facts: BandFacts): readonly string[] | null {
  const isEight = facts.names.length === EIGHT.length;
  if (isUnnamed(facts)) {
    if (facts.platform !== "planetscope") return null;
    return isEight ? EIGHT : facts.names.length === FOUR.length ? FOUR : null;
  }
  const names = allNames(facts, canonical);
  if (!names || new Set(names).size < names.length) return null;
  return isEight || (facts.platform === "planetscope" && names.length === FOUR.length) ? names : null;
}

/** SuperDove's eight bands by their descriptions, four or eight by the file's name. */
export const planetscope = {
  id: "planetscope",
  name: "PlanetScope",
  description: "Four bands from blue to near infrared, or SuperDove's eight.",
  patchSize: 128,
  recognise,
} as const satisfies Sensor;
