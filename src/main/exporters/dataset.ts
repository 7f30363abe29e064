import type { Split } from "../../shared/domain/imagery.ts";
import type { LabelState } from "../../shared/domain/labels.ts";
import type { ProjectKind } from "../../shared/domain/learning.ts";
import type { TaxonomyClass } from "../../shared/domain/taxonomy.ts";

export interface ExportedPatch {
  readonly id: number;
  readonly name: string;
  /** The scene's name: the path relative to the source, without extension. */
  readonly image: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly split: Split | null;
  readonly control: boolean;
  /** The round whose query the patch came from; null for imported labels. */
  readonly round: number | null;
  readonly confirmed: boolean;
  /** One entry a class; null = not reviewed. */
  readonly states: readonly (LabelState | null)[];
  /**
   * Closed ring of WGS 84 longitudes and latitudes, counter-clockwise, without jumps at ±180° (see `geometryOf`); null
   * without georeferencing.
   */
  readonly footprint: readonly (readonly [number, number])[] | null;
  readonly center: readonly [number, number] | null;
}

export interface ExportedRound {
  readonly number: number;
  readonly function: string;
  readonly budget: number;
  readonly labeled: number;
  readonly control: number;
  readonly createdAt: string;
}

/** How a patch came to be labelled: proposed by a query, drawn for the control stream, or outside of rounds. */
export function samplingOf(patch: ExportedPatch): "query" | "control" | "other" {
  if (patch.control) return "control";
  return patch.round === null ? "other" : "query";
}

/** Everything that an exporter may write: what is labelled, and how it came to be. */
export interface ExportDataset {
  readonly name: string;
  readonly kind: ProjectKind;
  readonly classes: readonly TaxonomyClass[];
  readonly patches: readonly ExportedPatch[];
  readonly rounds: readonly ExportedRound[];
  /** All patches of the project, labelled or not. */
  readonly archivePatches: number;
  readonly encoder: string;
  readonly seed: number;
  readonly createdAt: string;
  readonly version: string;
}
