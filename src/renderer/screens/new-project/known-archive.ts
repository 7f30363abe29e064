import type { KnownArchiveFacts, SourcePreview } from "../../../shared/contracts/app.ts";
import { baseName, parentFolder } from "../../components/format.ts";
import { strings } from "../../strings.ts";
import { addClasses } from "../../taxonomy-editor/draft-class.ts";
import type { Draft, Suggested } from "./draft.ts";

/** The archive that the draft takes labels from; null when it takes none. */
export function takenArchive(draft: Draft): KnownArchiveFacts | null {
  const known = draft.preview?.knownArchive;
  return draft.takeOver && known && known.problem === null ? known : null;
}

/** Whether splits can be drawn: the archive that labels are taken from may bring its own. */
export function mayDrawSplits(draft: Draft): boolean {
  return (takenArchive(draft)?.splits ?? null) === null;
}

export function drawsSplits(draft: Draft): boolean {
  return draft.drawSplits && mayDrawSplits(draft);
}

/**
 * What a look into a folder changes: the grid, a name and a place where the analyst chose none, and the
 * classes and labels of an archive that is recognised, unless classes were typed already.
 *
 * @param asked the folder that was looked into; a known archive's imagery may be a part of it
 */
export function withPreview(draft: Draft, preview: SourcePreview, asked: string): Partial<Draft> {
  const known = preview.knownArchive ?? null;
  const own = draft.classes.length > 0 && draft.classes !== draft.suggested.classes;
  const suggested: Suggested = {
    name: known?.name ?? baseName(asked),
    // Beside the imagery is a good place for the project.
    parent: parentFolder(asked),
    classes: null,
  };
  const looked: Draft = {
    ...draft,
    source: preview.folder,
    preview,
    takeOver: false,
    grid: preview.suggestedGrid,
    classes: own ? draft.classes : [],
    name: draft.name === draft.suggested.name ? suggested.name : draft.name,
    parent: draft.parent === draft.suggested.parent ? suggested.parent : draft.parent,
    suggested,
  };
  return known?.problem === null && !own ? { ...looked, ...withTakeOver(looked, true) } : looked;
}

/** Taking the labels over brings the archive's kind, its classes and whole files; leaving them, the usual grid. */
export function withTakeOver(draft: Draft, takeOver: boolean): Partial<Draft> {
  const { preview } = draft;
  const known = preview?.knownArchive;
  if (!preview || !known || known.problem !== null) return { takeOver: false };
  if (!takeOver) return { takeOver, grid: preview.suggestedGrid };
  const classes = addClasses([], known.classes);
  return {
    takeOver,
    kind: known.kind,
    classes,
    grid: { ...preview.suggestedGrid, patchSize: "whole", stride: null },
    suggested: { ...draft.suggested, classes },
  };
}

/** An archive's labels are about whole images, not about windows of them. */
export function problemOfTakenGrid(draft: Draft): string | null {
  return takenArchive(draft) && draft.grid.patchSize !== "whole" ? strings.newProject.known.needsWhole : null;
}

/** Labels come by the names of their classes: each of those must be there. */
export function problemOfTakenClasses(draft: Draft): string | null {
  const missing = takenArchive(draft)?.classes.find(
    ({ name }) => !draft.classes.some((entry) => entry.name.trim() === name),
  );
  return missing ? strings.newProject.known.needsClass(missing.name) : null;
}

/** One class a patch can't hold what an archive with several says. */
export function problemOfKind(draft: Draft): string | null {
  return takenArchive(draft)?.kind === "multi-label" && draft.kind === "single-label"
    ? strings.newProject.known.needsSeveral
    : null;
}
