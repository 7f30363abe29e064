import { create } from "zustand";
import type { PatchItem } from "../../shared/domain/project.ts";
import {
  applyLabelAction,
  type LabelAction,
  type LabelRules,
  touchedPatches,
} from "../labelling/label-action.ts";

interface PatchesState {
  /**
   * Patches as they are shown: what the application last said, with the actions applied that it has
   * not answered yet. One map, changed in place (a project may have 100,000 patches); a patch's object
   * is replaced when the patch changes, so selecting `shown.get(id)` notices each change.
   */
  readonly shown: Map<number, PatchItem>;
}

interface PendingAction {
  readonly action: LabelAction;
  readonly rules: LabelRules;
}

export const usePatches = create<PatchesState>()(() => ({ shown: new Map() }));

/** What the application last said of each patch. */
const known = new Map<number, PatchItem>();
/** Actions under way, in order. */
const pending = new Map<number, PendingAction>();
let nextAction = 1;

export function shownPatch(id: number): PatchItem | undefined {
  return usePatches.getState().shown.get(id);
}

/** Takes over what the application says of these patches. */
export function takePatches(items: readonly PatchItem[]): void {
  for (const item of items) known.set(item.id, item);
  show(items.map((item) => item.id));
}

/** Shows an action at once; `settleAction` with the returned number ends it, whether it was carried out or not. */
export function beginAction(action: LabelAction, rules: LabelRules): number {
  const number = nextAction++;
  pending.set(number, { action, rules });
  show(touchedPatches(action));
  return number;
}

export function settleAction(number: number, result: readonly PatchItem[]): void {
  const action = pending.get(number)?.action;
  pending.delete(number);
  for (const item of result) known.set(item.id, item);
  show([...(action ? touchedPatches(action) : []), ...result.map((item) => item.id)]);
}

/** True while an action on this patch waits for its answer. */
export function isPending(id: number): boolean {
  for (const { action } of pending.values()) if (touchedPatches(action).includes(id)) return true;
  return false;
}

/** True while any action waits for its answer. */
export function hasPendingActions(): boolean {
  return pending.size > 0;
}

export function forgetPatches(): void {
  known.clear();
  pending.clear();
  usePatches.setState({ shown: new Map() });
}

function show(ids: readonly number[]): void {
  const { shown } = usePatches.getState();
  for (const id of ids) {
    const base = known.get(id);
    if (!base) continue;
    let item = base;
    for (const { action, rules } of pending.values()) item = applyLabelAction(item, action, rules);
    shown.set(id, item);
  }
  usePatches.setState({ shown });
}
