import type { SensorId } from "../../shared/domain/imagery.ts";
import type { SampleType } from "../../shared/raster.ts";
import type { Platform } from "./platform.ts";

/** What is known of a raster's bands before any pixel is read. Arrays have one entry a band. */
export interface BandFacts {
  readonly dtype: SampleType;
  /** From file names or band descriptions; null where a band has none. */
  readonly names: readonly (string | null)[];
  /** GDAL's words: `Red`, `Green`, `Blue`, `Gray`, `Undefined` …; alpha bands were left out before. */
  readonly colorInterpretation: readonly string[];
  /** Ground size of a pixel in metres, roughly; null without georeferencing. */
  readonly pixelMeters: number | null;
  /** As far as the file's name tells. */
  readonly platform?: Platform | null;
}

/** A kind of imagery that Fieldmark knows the bands of. */
export interface Sensor {
  readonly id: SensorId;
  readonly name: string;
  readonly description: string;
  /** Patch size in pixels that suits the sensor, for scenes that are to be cut. */
  readonly patchSize: number;
  /** Names of the bands in the raster's order when this is such imagery, else null. */
  recognise(facts: BandFacts): readonly string[] | null;
}

/** Whether two lists hold the same names, in any order. */
export function sameNames(left: readonly string[], right: readonly string[]): boolean {
  return (
    left.length === right.length &&
    new Set(left).size === left.length &&
    left.every((name) => right.includes(name))
  );
}

/** The names when every band has one that `canonical` knows, else null. */
export function allNames(
  facts: BandFacts,
  canonical: (name: string) => string | null,
): readonly string[] | null {
  const names = facts.names.map((name) => (name === null ? null : canonical(name)));
  return names.every((name) => name !== null) ? names : null;
}

/** Whether no band says its name. */
export function isUnnamed(facts: BandFacts): boolean {
  return facts.names.every((name) => name === null);
}
