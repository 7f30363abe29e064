import type { LabelState } from "../../shared/domain/labels.ts";
import type { ProjectKind } from "../../shared/domain/learning.ts";
import type { PatchItem } from "../../shared/domain/project.ts";
import type { LabelChange } from "./label-action.ts";

/**
 * From this probability on, a class of a multi-label project is suggested as present. One half, because
 * taking a wrong suggestion back and adding a missing class cost one key each.
 */
const SUGGESTION_THRESHOLD = 0.5;

export interface Suggestion {
  readonly classId: number;
  readonly probability: number;
}

/**
 * Predicted classes that the analyst has not decided yet, most probable first: those that are more
 * probable than not, or in single-label projects the most probable one, until a class is chosen.
 */
export function suggestions(item: PatchItem, kind: ProjectKind): Suggestion[] {
  if (!item.probabilities || item.status === "confirmed") return [];
  const undecided = Object.entries(item.probabilities)
    .map(([classId, probability]) => ({ classId: Number(classId), probability }))
    .filter(({ classId }) => item.labels[classId] === undefined)
    .sort((a, b) => b.probability - a.probability);
  if (kind === "single-label") return presentClasses(item).length > 0 ? [] : undecided.slice(0, 1);
  return undecided.filter(({ probability }) => probability >= SUGGESTION_THRESHOLD);
}

/**
 * The changes with which a class takes `state` on all the patches, or goes back to "not reviewed"
 * where all of them have that state already. In single-label projects a class that becomes present
 * takes the place of the one before it.
 */
export function toggleClass(
  items: readonly PatchItem[],
  classId: number,
  state: LabelState,
  kind: ProjectKind,
): LabelChange[] {
  const takeBack = items.every((item) => item.labels[classId] === state);
  return items.flatMap((item) => {
    if (takeBack) return [{ patchId: item.id, classId, state: null }];
    const change = item.labels[classId] === state ? [] : [{ patchId: item.id, classId, state }];
    if (kind !== "single-label" || state !== "present") return change;
    const replaced = presentClasses(item).filter((other) => other !== classId);
    return [...replaced.map((other) => ({ patchId: item.id, classId: other, state: null })), ...change];
  });
}

/** Suggested classes become present. */
export function acceptSuggestions(items: readonly PatchItem[], kind: ProjectKind): LabelChange[] {
  return items.flatMap((item) =>
    suggestions(item, kind).map(({ classId }) => ({ patchId: item.id, classId, state: "present" as const })),
  );
}

/** Every class that is not absent yet becomes absent. */
export function noneOfThese(items: readonly PatchItem[], classIds: readonly number[]): LabelChange[] {
  return items.flatMap((item) =>
    classIds
      .filter((classId) => item.labels[classId] !== "absent")
      .map((classId) => ({ patchId: item.id, classId, state: "absent" as const })),
  );
}

/** The labels of `from` on every other patch, in place of what was there. */
export function copyLabels(from: PatchItem, items: readonly PatchItem[]): LabelChange[] {
  return items.flatMap((item) => {
    if (item.id === from.id) return [];
    const classIds = new Set([...Object.keys(from.labels), ...Object.keys(item.labels)]);
    return [...classIds]
      .filter((classId) => from.labels[classId] !== item.labels[classId])
      .map((classId) => ({
        patchId: item.id,
        classId: Number(classId),
        state: from.labels[classId] ?? null,
      }));
  });
}

/** The next state when a class is clicked through: not reviewed → present → absent → unsure → not reviewed. */
export function nextState(state: LabelState | undefined): LabelState | null {
  switch (state) {
    case undefined:
      return "present";
    case "present":
      return "absent";
    case "absent":
      return "unsure";
    case "unsure":
      return null;
  }
}

export function presentClasses(item: PatchItem): number[] {
  return classesInState(item, "present");
}

export function classesInState(item: PatchItem, state: LabelState): number[] {
  return Object.entries(item.labels)
    .filter(([, value]) => value === state)
    .map(([classId]) => Number(classId));
}
