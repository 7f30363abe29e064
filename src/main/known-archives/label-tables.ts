import type { LabelState } from "../../shared/domain/labels.ts";
import type { ClassInput } from "../../shared/domain/taxonomy.ts";
import type { ImportedRow, LabelTable } from "../importers/importer.ts";
import { TAXONOMY_PRESETS } from "../taxonomy/presets.ts";

/** An image with the names of the classes that it shows; null = the archive says nothing about it. */
export interface ImageClasses {
  readonly image: string;
  readonly present: readonly string[] | null;
  /** Line in the label file; 0 where it has no lines. */
  readonly line?: number;
}

/** Completely labelled images as a table: classes that are not named are absent. */
export function completeTable(classes: readonly string[], images: readonly ImageClasses[]): LabelTable {
  const rows = images.map(({ image, present, line = 0 }): ImportedRow => {
    const shown = present && new Set(present);
    const states = classes.map((name): LabelState | null => {
      if (!shown) return null;
      return shown.has(name) ? "present" : "absent";
    });
    return { image, x: null, y: null, line, states };
  });
  return { classes, rows };
}

/** Classes by name, with the colours, keys and descriptions of a preset where it knows them. */
export function classesLikePreset(names: readonly string[], presetId: string): ClassInput[] {
  const known = new Map(presetClasses(presetId).map((entry) => [entry.name, entry]));
  return names.map((name) => known.get(name) ?? { name });
}

export function presetClasses(presetId: string): ClassInput[] {
  return TAXONOMY_PRESETS.find(({ id }) => id === presetId)?.classes ?? [];
}
