import type { LabelState } from "../../shared/domain/labels.ts";
import type { PatchItem } from "../../shared/domain/project.ts";
import { presentError } from "../feedback/present-error.tsx";
import { useApp } from "../state/app-store.ts";
import type { PatchList } from "../state/patch-list.ts";
import { beginAction, settleAction, shownPatch, takePatches } from "../state/patches-store.ts";
import { call } from "../state/session.ts";
import { nextOpen } from "./grid-navigation.ts";
import type { LabelAction, LabelRules, LabelsFirst } from "./label-action.ts";
import { acceptSuggestions, copyLabels, noneOfThese, toggleClass } from "./label-choices.ts";

/** Shows an action at once, sends it, and takes over what the application made of it; a failure takes it back. */
export async function perform(action: LabelAction): Promise<void> {
  const number = beginAction(action, labelRules());
  try {
    const { patches, undoDepth, redoDepth } = await send(action);
    settleAction(number, patches);
    setDepths(undoDepth, redoDepth);
  } catch (error) {
    settleAction(number, []);
    presentError(error);
  }
}

function send(action: LabelAction) {
  switch (action.kind) {
    case "set":
      return call("labels.set", { changes: [...action.changes], origin: action.origin });
    case "confirm":
      return call("labels.confirm", {
        patchIds: [...action.patchIds],
        confirmed: action.confirmed,
        ...(action.first ? { first: { ...action.first, changes: [...action.first.changes] } } : {}),
      });
    case "skip":
      return call("labels.skip", { patchIds: [...action.patchIds], skipped: action.skipped });
    case "flag":
      return call("labels.flag", { patchIds: [...action.patchIds], flagged: action.flagged });
  }
}

function labelRules(): LabelRules {
  const { project } = useApp.getState();
  return {
    classIds: project?.classes.map((entry) => entry.id) ?? [],
    confirmImpliesAbsent: project?.settings.confirmImpliesAbsent ?? true,
  };
}

function setDepths(undoDepth: number, redoDepth: number): void {
  useApp.setState(({ project }) => (project ? { project: { ...project, undoDepth, redoDepth } } : {}));
}

function projectKind() {
  return useApp.getState().project?.kind ?? "multi-label";
}

function itemsOf(ids: readonly number[]): PatchItem[] {
  return ids.map(shownPatch).filter((item) => item !== undefined);
}

function setLabels(
  changes: Extract<LabelAction, { kind: "set" }>["changes"],
  origin: "manual" | "suggestion",
) {
  if (changes.length > 0) void perform({ kind: "set", changes, origin });
}

export function toggle(ids: readonly number[], classId: number, state: LabelState): void {
  setLabels(toggleClass(itemsOf(ids), classId, state, projectKind()), "manual");
}

export function setState(ids: readonly number[], classId: number, state: LabelState | null): void {
  setLabels(
    ids.map((patchId) => ({ patchId, classId, state })),
    "manual",
  );
}

export function accept(ids: readonly number[]): void {
  setLabels(acceptSuggestions(itemsOf(ids), projectKind()), "suggestion");
}

export function copyFrom(source: number, ids: readonly number[]): void {
  const item = shownPatch(source);
  if (item) setLabels(copyLabels(item, itemsOf(ids)), "manual");
}

export function confirm(ids: readonly number[], confirmed: boolean): void {
  const changing = itemsOf(ids).filter((item) => (item.status === "confirmed") !== confirmed);
  if (changing.length > 0)
    void perform({ kind: "confirm", patchIds: changing.map((item) => item.id), confirmed });
}

/** Sets labels and confirms, as one step of undo. */
function confirmWith(ids: readonly number[], first: LabelsFirst): void {
  const open = itemsOf(ids).some((item) => item.status !== "confirmed");
  if (!open) setLabels(first.changes, first.origin);
  else if (first.changes.length === 0) confirm(ids, true);
  else void perform({ kind: "confirm", patchIds: ids, confirmed: true, first });
}

/** Accepts the suggestions and confirms. */
export function acceptAndConfirm(ids: readonly number[]): void {
  confirmWith(ids, { changes: acceptSuggestions(itemsOf(ids), projectKind()), origin: "suggestion" });
}

/** Marks the patches as holding none of the classes, and as reviewed. */
export function markEmpty(ids: readonly number[]): void {
  confirmWith(ids, { changes: noneOfThese(itemsOf(ids), labelRules().classIds), origin: "manual" });
}

/** Flags all, or takes the flag back where all have it. */
export function toggleFlag(ids: readonly number[]): void {
  const items = itemsOf(ids);
  if (items.length === 0) return;
  void perform({
    kind: "flag",
    patchIds: items.map((item) => item.id),
    flagged: items.some((item) => !item.flagged),
  });
}

/** Puts the patches aside; returns whether they are skipped now. */
export function toggleSkip(ids: readonly number[]): boolean {
  const items = itemsOf(ids);
  if (items.length === 0) return false;
  const skipped = items.some((item) => item.status !== "skipped");
  void perform({ kind: "skip", patchIds: items.map((item) => item.id), skipped });
  return skipped;
}

/** Takes the last action back (or does it again) and shows where: the first patch that it changed. */
export async function travel(direction: "undo" | "redo", list: PatchList): Promise<void> {
  try {
    const result = await call(direction === "undo" ? "labels.undo" : "labels.redo");
    takePatches(result.patches);
    setDepths(result.undoDepth, result.redoDepth);
    const changed = result.patches[0]?.id;
    const index = changed === undefined ? -1 : list.store.getState().ids.indexOf(changed);
    if (index >= 0) list.focus(index);
  } catch (error) {
    presentError(error);
  }
}

/** Moves to the next patch that is neither confirmed nor skipped; stays when there is none. */
export function goToNextOpen(list: PatchList): void {
  const { focus, total, ids } = list.store.getState();
  const next = nextOpen(focus, total ?? 0, (index) => {
    const id = ids[index];
    const status = id === undefined ? undefined : shownPatch(id)?.status;
    return status !== "confirmed" && status !== "skipped";
  });
  list.focus(next ?? focus);
}
