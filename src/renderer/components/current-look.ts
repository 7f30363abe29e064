import {
  type Composite,
  type CompositeChoice,
  defaultStretch,
  type Paint,
  type Stretch,
} from "../../shared/domain/imagery.ts";
import {
  CUSTOM,
  type LookSettings,
  type ProjectLook,
  SINGLE_BAND,
  USUAL_LOOK,
} from "../state/project-look.ts";

/** What the pictures show now, and how. */
export interface CurrentLook {
  /** As addresses of pictures have it. */
  readonly composite: Composite;
  /** Null for the user's own three bands, which have no name. */
  readonly name: string | null;
  readonly paint: Paint;
  readonly bands: readonly string[];
  readonly stretch: Stretch;
  readonly colorMap: CompositeChoice["colorMap"];
  /** Whether anything differs from the composite's own way. */
  readonly isAdjusted: boolean;
}

/** Three bands for the user's own composite: those chosen before, else those of the first one offered. */
export function customBands(
  offered: readonly CompositeChoice[],
  bandNames: readonly string[],
  chosen: readonly string[] | undefined,
): readonly string[] {
  if (chosen?.length === 3 && chosen.every((name) => bandNames.includes(name))) return chosen;
  const first = offered.find(({ paint }) => paint === "rgb")?.bands ?? bandNames;
  return [0, 1, 2].map((at) => first[at] ?? bandNames[0] ?? "");
}

/**
 * The composite in use: the chosen one where the project has it, else the project's first.
 * @param bandNames of the project: bands that were chosen in another one may be missing
 */
export function currentLook(
  offered: readonly CompositeChoice[],
  bandNames: readonly string[],
  look: ProjectLook,
): CurrentLook {
  const choice = chosenComposite(offered, bandNames, look);
  const { id, bands, paint } = choice;
  const settings: LookSettings = look.settings[id] ?? USUAL_LOOK;
  const stretch = settings.stretch ?? defaultStretch(paint);
  const colorMap = paint === "rgb" ? null : (settings.colorMap ?? choice.colorMap ?? "grey");
  return {
    composite: {
      id,
      gamma: settings.gamma,
      ...(id === CUSTOM || id === SINGLE_BAND ? { bands: [...bands] } : {}),
      ...(settings.stretch ? { stretch: settings.stretch } : {}),
      ...(colorMap !== null && settings.colorMap !== null ? { colorMap } : {}),
    },
    name: id === CUSTOM ? null : choice.name,
    paint,
    bands,
    stretch,
    colorMap,
    isAdjusted: settings.stretch !== null || settings.gamma !== 1 || settings.colorMap !== null,
  };
}

function chosenComposite(
  offered: readonly CompositeChoice[],
  bandNames: readonly string[],
  look: ProjectLook,
): CompositeChoice {
  if (look.composite === CUSTOM && bandNames.length > 0) {
    const bands = customBands(offered, bandNames, look.bands[CUSTOM]);
    return { id: CUSTOM, name: "", description: "", bands: [...bands], paint: "rgb", colorMap: null };
  }
  const choice = offered.find(({ id }) => id === look.composite) ?? offered[0];
  if (!choice) {
    // Before the bands are known there is nothing to choose from.
    return { id: "true-colour", name: "", description: "", bands: [], paint: "rgb", colorMap: null };
  }
  const [band] = look.bands[choice.id] ?? [];
  const isOwnBand = choice.id === SINGLE_BAND && band !== undefined && bandNames.includes(band);
  return isOwnBand ? { ...choice, bands: [band] } : choice;
}
