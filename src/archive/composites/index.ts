import type { Composite, CompositeChoice } from "../../shared/domain/imagery.ts";
import { FieldmarkError } from "../../shared/errors.ts";
import { colourInfrared } from "./colour-infrared.ts";
import type { CompositeKind } from "./composite-kind.ts";
import { ndvi } from "./ndvi.ts";
import { firstBands, grey } from "./plain-bands.ts";
import { shortWaveInfrared } from "./short-wave-infrared.ts";
import { trueColour } from "./true-colour.ts";

export type { CompositeKind } from "./composite-kind.ts";

/** Every composite, in the order in which they are offered. */
export const COMPOSITES: readonly CompositeKind[] = [
  trueColour,
  firstBands,
  grey,
  colourInfrared,
  shortWaveInfrared,
  ndvi,
];

/** The id of a composite whose bands the user chose. */
const CUSTOM_COMPOSITE = "custom";

/** The composites that can be made of these bands; the first one is the default. Never empty. */
export function compositesFor(bandNames: readonly string[]): CompositeChoice[] {
  return COMPOSITES.flatMap(({ id, name, description, choose }) => {
    const bands = choose(bandNames);
    return bands ? [{ id, name, description, bands: [...bands] }] : [];
  });
}

/** A composite with the bands that it takes of a scene. */
export interface ResolvedComposite {
  readonly paint: CompositeKind["paint"];
  readonly bands: readonly string[];
}

/** @throws FieldmarkError `invalid-input` where the scene lacks a band, or there is no such composite */
export function resolveComposite(
  composite: Pick<Composite, "id" | "bands">,
  bandNames: readonly string[],
): ResolvedComposite {
  const has = `The bands are ${bandNames.join(", ")}.`;
  if (composite.id === CUSTOM_COMPOSITE) {
    const bands = composite.bands ?? [];
    const missing = bands.filter((band) => !bandNames.includes(band));
    if (missing.length > 0) {
      throw new FieldmarkError("invalid-input", `There is no band ${missing.join(", ")}. ${has}`);
    }
    if (bands.length !== 1 && bands.length !== 3) {
      throw new FieldmarkError("invalid-input", `Choose one band (grey) or three (red, green, blue). ${has}`);
    }
    return { paint: bands.length === 1 ? "grey" : "rgb", bands };
  }
  const kind = COMPOSITES.find(({ id }) => id === composite.id);
  if (!kind) throw new FieldmarkError("invalid-input", `There is no composite "${composite.id}".`);
  const bands = kind.choose(bandNames);
  if (!bands) {
    throw new FieldmarkError(
      "invalid-input",
      `"${kind.name}" needs bands that this scene doesn't have. ${has} Choose another composite.`,
    );
  }
  return { paint: kind.paint, bands };
}
