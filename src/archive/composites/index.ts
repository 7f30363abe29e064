import type { ColorMapId } from "../../shared/display/color-maps.ts";
import type { Composite, CompositeChoice, Paint } from "../../shared/domain/imagery.ts";
import { FieldmarkError } from "../../shared/errors.ts";
import { agriculture } from "./agriculture.ts";
import { colourInfrared } from "./colour-infrared.ts";
import type { CompositeKind } from "./composite-kind.ts";
import { firstBands } from "./first-bands.ts";
import { geology } from "./geology.ts";
import { nbr } from "./nbr.ts";
import { ndmi } from "./ndmi.ts";
import { ndvi } from "./ndvi.ts";
import { ndwi } from "./ndwi.ts";
import { shortWaveInfrared } from "./short-wave-infrared.ts";
import { singleBand } from "./single-band.ts";
import { trueColour } from "./true-colour.ts";

export type { CompositeKind } from "./composite-kind.ts";

/** Every composite, in the order in which they are offered. */
export const COMPOSITES: readonly CompositeKind[] = [
  trueColour,
  firstBands,
  colourInfrared,
  shortWaveInfrared,
  agriculture,
  geology,
  ndvi,
  ndwi,
  ndmi,
  nbr,
  singleBand,
];

/** The id of a composite whose bands the user chose. */
const CUSTOM_COMPOSITE = "custom";

/** The composites that can be made of these bands; the first one is the default. Never empty where there is a band. */
export function compositesFor(bandNames: readonly string[]): CompositeChoice[] {
  return COMPOSITES.flatMap(({ id, name, description, paint, colorMap = null, choose }) => {
    const bands = choose(bandNames);
    return bands ? [{ id, name, description, bands: [...bands], paint, colorMap }] : [];
  });
}

/** What is painted: a band by itself, or the normalised difference (a − b) / (a + b) of two. */
export interface Channel {
  readonly name: string;
  readonly bands: readonly [string] | readonly [string, string];
}

/** A composite with what it takes of a scene. */
export interface ResolvedComposite {
  readonly paint: Paint;
  /** Red, green and blue; else one. */
  readonly channels: readonly Channel[];
  /** Null for three bands. */
  readonly colorMap: ColorMapId | null;
}

function resolved(
  paint: Paint,
  bands: readonly string[],
  colorMap: ColorMapId | undefined,
): ResolvedComposite {
  if (paint === "rgb") return { paint, channels: bands.map(bandChannel), colorMap: null };
  const [first = "", second = ""] = bands;
  const channel: Channel =
    paint === "band"
      ? bandChannel(first)
      : { name: `(${first} − ${second}) / (${first} + ${second})`, bands: [first, second] };
  return { paint, channels: [channel], colorMap: colorMap ?? "grey" };
}

function bandChannel(name: string): Channel {
  return { name, bands: [name] };
}

/** @throws FieldmarkError `invalid-input` where the scene lacks a band, or there is no such composite */
export function resolveComposite(
  composite: Pick<Composite, "id" | "bands" | "colorMap">,
  bandNames: readonly string[],
): ResolvedComposite {
  const has = `The bands are ${bandNames.join(", ")}.`;
  const missing = (composite.bands ?? []).filter((band) => !bandNames.includes(band));
  if (missing.length > 0) {
    throw new FieldmarkError("invalid-input", `There is no band ${missing.join(", ")}. ${has}`);
  }
  if (composite.id === CUSTOM_COMPOSITE) {
    const bands = composite.bands ?? [];
    if (bands.length !== 1 && bands.length !== 3) {
      throw new FieldmarkError("invalid-input", `Choose one band or three (red, green, blue). ${has}`);
    }
    return resolved(bands.length === 1 ? "band" : "rgb", bands, composite.colorMap);
  }
  const kind = COMPOSITES.find(({ id }) => id === composite.id);
  if (!kind) throw new FieldmarkError("invalid-input", `There is no composite "${composite.id}".`);
  const bands = kind.choose(bandNames, composite.bands);
  if (!bands) {
    throw new FieldmarkError(
      "invalid-input",
      `"${kind.name}" needs bands that this scene doesn't have. ${has} Choose another composite.`,
    );
  }
  return resolved(kind.paint, bands, composite.colorMap ?? kind.colorMap);
}
