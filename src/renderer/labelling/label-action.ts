import type { LabelState, PatchLabels, PatchStatus } from "../../shared/domain/labels.ts";
import type { PatchItem } from "../../shared/domain/project.ts";

export interface LabelChange {
  readonly patchId: number;
  readonly classId: number;
  /** Null takes the label back to "not reviewed". */
  readonly state: LabelState | null;
}

export interface LabelsFirst {
  readonly changes: readonly LabelChange[];
  readonly origin: "manual" | "suggestion";
}

/** One user action, and one step of undo. */
export type LabelAction =
  | {
      readonly kind: "set";
      readonly changes: readonly LabelChange[];
      readonly origin: "manual" | "suggestion";
    }
  | {
      readonly kind: "confirm";
      readonly patchIds: readonly number[];
      readonly confirmed: boolean;
      /** Labels that are set before, in the same step. */
      readonly first?: LabelsFirst;
    }
  | { readonly kind: "skip"; readonly patchIds: readonly number[]; readonly skipped: boolean }
  | { readonly kind: "flag"; readonly patchIds: readonly number[]; readonly flagged: boolean };

/** What an action's effect depends on besides the patch. */
export interface LabelRules {
  readonly classIds: readonly number[];
  readonly confirmImpliesAbsent: boolean;
}

/** The patches that an action touches. */
export function touchedPatches(action: LabelAction): readonly number[] {
  return action.kind === "set"
    ? [...new Set(action.changes.map((change) => change.patchId))]
    : action.patchIds;
}

/** The patch as it will look once the application has carried the action out. */
export function applyLabelAction(item: PatchItem, action: LabelAction, rules: LabelRules): PatchItem {
  switch (action.kind) {
    case "set":
      return applyChanges(item, action.changes);
    case "confirm": {
      if (!action.patchIds.includes(item.id)) return item;
      const { labels } = applyChanges(item, action.first?.changes ?? []);
      return action.confirmed
        ? { ...item, status: "confirmed", labels: withImpliedAbsents(labels, rules) }
        : { ...item, status: reopenedStatus(labels), labels };
    }
    case "skip":
      if (!action.patchIds.includes(item.id)) return item;
      return { ...item, status: action.skipped ? "skipped" : reopenedStatus(item.labels) };
    case "flag":
      return action.patchIds.includes(item.id) ? { ...item, flagged: action.flagged } : item;
  }
}

function applyChanges(item: PatchItem, changes: readonly LabelChange[]): PatchItem {
  const own = changes.filter((change) => change.patchId === item.id);
  if (own.length === 0) return item;
  const labels: Record<string, LabelState> = { ...item.labels };
  for (const { classId, state } of own) {
    if (state === null) delete labels[classId];
    else labels[classId] = state;
  }
  return { ...item, labels, status: item.status === "unseen" ? "in-progress" : item.status };
}

function withImpliedAbsents(labels: PatchLabels, rules: LabelRules): PatchLabels {
  if (!rules.confirmImpliesAbsent) return labels;
  const untouched = rules.classIds.filter((classId) => labels[classId] === undefined);
  return { ...labels, ...Object.fromEntries(untouched.map((classId) => [classId, "absent" as const])) };
}

function reopenedStatus(labels: PatchLabels): PatchStatus {
  return Object.keys(labels).length > 0 ? "in-progress" : "unseen";
}
