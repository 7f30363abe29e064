import { beforeEach, describe, expect, it } from "vitest";
import {
  beginAction,
  forgetPatches,
  isPending,
  settleAction,
  shownPatch,
  takePatches,
  usePatches,
} from "../../../src/renderer/state/patches-store.ts";
import { patchItem } from "../patch-items.ts";

const RULES = { classIds: [1, 2], confirmImpliesAbsent: true };
const setPresent = (classId: number) =>
  ({ kind: "set", changes: [{ patchId: 1, classId, state: "present" }], origin: "manual" }) as const;

beforeEach(() => {
  forgetPatches();
  takePatches([patchItem({ id: 1 }), patchItem({ id: 2 })]);
});

describe("patches as they are shown", () => {
  it("show an action at once and keep what the application made of it", () => {
    const action = beginAction(setPresent(1), RULES);
    expect(shownPatch(1)?.labels).toEqual({ 1: "present" });
    expect(isPending(1)).toBe(true);
    settleAction(action, [
      patchItem({ id: 1, labels: { 1: "present" }, status: "in-progress", flagged: true }),
    ]);
    expect(shownPatch(1)).toMatchObject({ labels: { 1: "present" }, flagged: true });
    expect(isPending(1)).toBe(false);
  });

  it("take an action back that failed, and only that one", () => {
    const first = beginAction(setPresent(1), RULES);
    const second = beginAction(setPresent(2), RULES);
    settleAction(first, []);
    expect(shownPatch(1)?.labels).toEqual({ 2: "present" });
    settleAction(second, []);
    expect(shownPatch(1)).toMatchObject({ labels: {}, status: "unseen" });
  });

  it("keep a later action over the answer to an earlier one", () => {
    const first = beginAction(setPresent(1), RULES);
    const confirm = beginAction({ kind: "confirm", patchIds: [1], confirmed: true }, RULES);
    settleAction(first, [patchItem({ id: 1, labels: { 1: "present" }, status: "in-progress" })]);
    expect(shownPatch(1)).toMatchObject({ status: "confirmed", labels: { 1: "present", 2: "absent" } });
    settleAction(confirm, [patchItem({ id: 1, labels: { 1: "present", 2: "absent" }, status: "confirmed" })]);
    expect(shownPatch(1)?.status).toBe("confirmed");
  });

  it("leave the object of an untouched patch as it is, so that its tile is not drawn again", () => {
    const before = usePatches.getState().shown.get(2);
    beginAction(setPresent(1), RULES);
    expect(usePatches.getState().shown.get(2)).toBe(before);
  });
});
