import type { SensorId } from "../../shared/domain/imagery.ts";
import type { Platform } from "./platform.ts";
import { type BandFacts, isUnnamed, type Sensor } from "./sensor.ts";

/** Numbers on the satellite to what they see; panchromatic and thermal bands are left as they are. */
type BandNames = Readonly<Record<string, string>>;

/** Operational Land Imager and Thermal Infrared Sensor, Landsat 8 and 9 (USGS, Landsat 8–9 Data Users Handbook). */
const OLI: BandNames = {
  1: "Coastal",
  2: "Blue",
  3: "Green",
  4: "Red",
  5: "NIR",
  6: "SWIR1",
  7: "SWIR2",
  8: "Pan",
  9: "Cirrus",
  10: "TIR1",
  11: "TIR2",
};
/** Thematic Mapper and its successor, Landsat 4, 5 and 7 (USGS, Landsat 7 Data Users Handbook). */
const TM: BandNames = {
  1: "Blue",
  2: "Green",
  3: "Red",
  4: "NIR",
  5: "SWIR1",
  6: "TIR",
  "6_VCID_1": "TIR",
  "6_VCID_2": "TIR high gain",
  7: "SWIR2",
  8: "Pan",
};

const BAND = /^(?<product>SR_|ST_)?B(?:and ?)?0?(?<number>\d{1,2}(?:_VCID_[12])?)$/i;

/** Stacks without names hold the bands in order, with or without the thermal one. */
const UNNAMED: Readonly<Record<Exclude<Platform, "planetscope">, readonly (readonly string[])[]>> = {
  "landsat-oli": [
    ["1", "2", "3", "4", "5", "6", "7"],
    ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"],
  ],
  "landsat-tm": [
    ["1", "2", "3", "4", "5", "7"],
    ["1", "2", "3", "4", "5", "6", "7"],
  ],
};

/** Earth Engine's names of surface reflectance tell the instrument: only OLI's has a sixth band. */
function instrumentOf(facts: BandFacts): Platform | null {
  if (facts.platform) return facts.platform;
  const names = facts.names.map((name) => name?.toUpperCase() ?? "");
  if (!names.some((name) => name.startsWith("SR_B"))) return null;
  if (names.includes("SR_B6")) return "landsat-oli";
  return names.includes("SR_B7") ? "landsat-tm" : null;
}

function landsat(
  id: SensorId & Exclude<Platform, "planetscope">,
  bands: BandNames,
  name: string,
  description: string,
): Sensor {
  return {
    id,
    name,
    description,
    patchSize: 64,
    recognise(facts) {
      if (instrumentOf(facts) !== id) return null;
      const unnamed = UNNAMED[id].find(({ length }) => length === facts.names.length);
      const numbers = isUnnamed(facts)
        ? unnamed
        : facts.names.map((own) => BAND.exec(own ?? "")?.groups?.number?.toUpperCase() ?? "");
      const names = numbers?.map((number) => bands[number] ?? "") ?? [""];
      return names.includes("") || new Set(names).size < names.length ? null : names;
    },
  };
}

export const landsatOli = landsat(
  "landsat-oli",
  OLI,
  "Landsat 8 and 9",
  "Operational Land Imager, with the thermal bands where there are any.",
);
export const landsatTm = landsat(
  "landsat-tm",
  TM,
  "Landsat 4, 5 and 7",
  "Thematic Mapper and its successor ETM+.",
);
