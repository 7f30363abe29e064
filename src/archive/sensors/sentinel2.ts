import type { SensorId } from "../../shared/domain/imagery.ts";
import { canonicalSentinel2Band, isSurelySentinel2, SENTINEL2_BANDS } from "./band-names.ts";
import { allNames, type BandFacts, isUnnamed, type Sensor, sameNames } from "./sensor.ts";

/** Ground sizes that a four-band raster without names may have to pass for Sentinel-2's 10 m bands. */
const TEN_METRE_RANGE = [5, 25] as const;

function withoutNames(facts: BandFacts, bands: readonly string[]): boolean {
  if (facts.names.length !== bands.length || !isUnnamed(facts)) return false;
  if (bands.length === SENTINEL2_BANDS.length) return true;
  if (facts.dtype === "uint8" || facts.dtype === "int8") return false;
  if (bands.length > 4) return true;
  const meters = facts.pixelMeters;
  return meters !== null && meters >= TEN_METRE_RANGE[0] && meters <= TEN_METRE_RANGE[1];
}

function sentinel2(id: SensorId, bands: readonly string[], description: string): Sensor {
  return {
    id,
    name: `Sentinel-2, ${bands.length} bands`,
    description,
    patchSize: 64,
    recognise(facts) {
      const names = allNames(facts, canonicalSentinel2Band);
      if (names) return sameNames(names, bands) ? names : null;
      return withoutNames(facts, bands) ? bands : null;
    },
  };
}

const without = (...left: string[]) => SENTINEL2_BANDS.filter((band) => !left.includes(band));

export const sentinel2With13Bands = sentinel2(
  "sentinel2-13",
  SENTINEL2_BANDS,
  "All bands, as in Level-1C products.",
);
export const sentinel2With12Bands = sentinel2(
  "sentinel2-12",
  without("B10"),
  "All bands but the cirrus band B10, as in Level-2A products and BigEarthNet.",
);
export const sentinel2With10Bands = sentinel2(
  "sentinel2-10",
  without("B01", "B09", "B10"),
  "The 10 m and 20 m bands.",
);
export const sentinel2With4Bands = sentinel2(
  "sentinel2-4",
  ["B02", "B03", "B04", "B08"],
  "The 10 m bands: blue, green, red, near infrared.",
);

/** Any other selection of bands; the names alone tell, and only where they can't be Landsat's. */
export const sentinel2Selection = {
  id: "sentinel2",
  name: "Sentinel-2",
  description: "A selection of Sentinel-2's bands.",
  patchSize: 64,
  recognise(facts) {
    const names = allNames(facts, canonicalSentinel2Band);
    if (!names || names.length < 2 || new Set(names).size < names.length) return null;
    return facts.names.some((name) => name !== null && isSurelySentinel2(name)) ? names : null;
  },
} as const satisfies Sensor;
