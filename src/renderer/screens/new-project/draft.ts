import type { SourcePreview } from "../../../shared/contracts/app.ts";
import { DEFAULT_GRID, type Grid } from "../../../shared/domain/imagery.ts";
import type { ProjectKind } from "../../../shared/domain/learning.ts";
import { clashingKeys } from "../../labelling/class-keys.ts";
import { strings } from "../../strings.ts";
import type { DraftClass } from "../../taxonomy-editor/draft-class.ts";
import { problemOfClasses } from "../../taxonomy-editor/draft-class.ts";
import { problemOfKind, problemOfTakenClasses, problemOfTakenGrid } from "./known-archive.ts";

export const STEPS = ["imagery", "patches", "classes", "project"] as const;
export type Step = (typeof STEPS)[number];

/** A project as far as it was thought up. */
export interface Draft {
  readonly source: string;
  readonly preview: SourcePreview | null;
  /** Whether the labels and splits of the preview's known archive come along. */
  readonly takeOver: boolean;
  readonly grid: Grid;
  readonly classes: readonly DraftClass[];
  readonly kind: ProjectKind;
  /** Draws validation and test splits at once, unless the known archive brings its own. */
  readonly drawSplits: boolean;
  readonly name: string;
  readonly parent: string;
  /** What was filled in for the analyst; what still equals it gives way to another folder's suggestion. */
  readonly suggested: Suggested;
}

/** Changes the draft; by a function where the change depends on how it is by then. */
export type ChangeDraft = (changes: Partial<Draft> | ((draft: Draft) => Partial<Draft>)) => void;

export interface Suggested {
  readonly name: string;
  readonly parent: string;
  readonly classes: readonly DraftClass[] | null;
}

export const EMPTY_DRAFT: Draft = {
  source: "",
  preview: null,
  takeOver: false,
  grid: DEFAULT_GRID,
  classes: [],
  kind: "multi-label",
  drawSplits: false,
  name: "",
  parent: "",
  suggested: { name: "", parent: "", classes: null },
};

/** What keeps a step from being finished, in a sentence; null when nothing does. */
export function problemOfStep(draft: Draft, step: Step): string | null {
  switch (step) {
    case "imagery":
      return draft.preview && draft.preview.scenes > 0 ? null : strings.newProject.needsImagery;
    case "patches":
      return problemOfTakenGrid(draft);
    case "classes":
      if (draft.classes.length === 0) return strings.newProject.needsClasses;
      if (clashingKeys(draft.classes).size > 0) return strings.newProject.keysClash;
      return problemOfClasses(draft.classes) ?? problemOfTakenClasses(draft) ?? problemOfKind(draft);
    case "project":
      if (draft.name.trim() === "") return strings.newProject.needsName;
      if (/[\\/:*?"<>|]/.test(draft.name)) return strings.newProject.badName;
      return draft.parent.trim() === "" ? strings.newProject.needsParent : null;
  }
}
