import { describe, expect, it } from "vitest";
import { applyLabelAction, touchedPatches } from "../../../src/renderer/labelling/label-action.ts";
import { patchItem } from "../patch-items.ts";

const RULES = { classIds: [1, 2, 3], confirmImpliesAbsent: true };

describe("what an action does to a patch", () => {
  it("sets and takes back labels, and begins the review", () => {
    const changes = [
      { patchId: 1, classId: 1, state: "present" as const },
      { patchId: 1, classId: 2, state: null },
      { patchId: 9, classId: 3, state: "absent" as const },
    ];
    const item = patchItem({ labels: { 2: "present" } });
    const after = applyLabelAction(item, { kind: "set", changes, origin: "manual" }, RULES);
    expect(after).toMatchObject({ status: "in-progress", labels: { 1: "present" } });
    expect(after.labels[2]).toBeUndefined();
    expect(after.labels[3]).toBeUndefined();
    expect(item.labels).toEqual({ 2: "present" });
  });

  it("leaves a confirmed patch confirmed when a label changes", () => {
    const item = patchItem({ status: "confirmed", labels: { 1: "absent" } });
    const changes = [{ patchId: 1, classId: 1, state: "present" as const }];
    expect(applyLabelAction(item, { kind: "set", changes, origin: "manual" }, RULES).status).toBe(
      "confirmed",
    );
  });

  it("confirming implies absent where the project says so, and never over a decision", () => {
    const item = patchItem({ labels: { 1: "present", 2: "unsure" } });
    const confirm = { kind: "confirm", patchIds: [1], confirmed: true } as const;
    expect(applyLabelAction(item, confirm, RULES).labels).toEqual({ 1: "present", 2: "unsure", 3: "absent" });
    const plain = applyLabelAction(item, confirm, { ...RULES, confirmImpliesAbsent: false });
    expect(plain).toMatchObject({ status: "confirmed", labels: { 1: "present", 2: "unsure" } });
    expect(plain.labels[3]).toBeUndefined();
  });

  it("confirming takes labels along that are set first, and only those of the patch", () => {
    const item = patchItem({ labels: { 1: "present", 2: "unsure" } });
    const changes = [
      { patchId: 1, classId: 1, state: "absent" as const },
      { patchId: 1, classId: 2, state: null },
      { patchId: 2, classId: 3, state: "present" as const },
    ];
    const first = { changes, origin: "manual" as const };
    const confirm = { kind: "confirm", patchIds: [1], confirmed: true, first } as const;
    expect(applyLabelAction(item, confirm, { ...RULES, confirmImpliesAbsent: false })).toMatchObject({
      status: "confirmed",
      labels: { 1: "absent" },
    });
    expect(applyLabelAction(item, confirm, RULES).labels).toEqual({ 1: "absent", 2: "absent", 3: "absent" });
  });

  it("reopens to what was there, skips, flags", () => {
    const labelled = patchItem({ status: "confirmed", labels: { 1: "present" } });
    const reopen = { kind: "confirm", patchIds: [1], confirmed: false } as const;
    expect(applyLabelAction(labelled, reopen, RULES).status).toBe("in-progress");
    expect(applyLabelAction(patchItem({ status: "confirmed" }), reopen, RULES).status).toBe("unseen");
    const skip = { kind: "skip", patchIds: [1], skipped: true } as const;
    expect(applyLabelAction(patchItem(), skip, RULES).status).toBe("skipped");
    const flag = { kind: "flag", patchIds: [1], flagged: true } as const;
    expect(applyLabelAction(patchItem(), flag, RULES).flagged).toBe(true);
  });

  it("does not touch other patches", () => {
    const item = patchItem({ id: 2 });
    for (const action of [
      { kind: "confirm", patchIds: [1], confirmed: true },
      { kind: "skip", patchIds: [1], skipped: true },
      { kind: "flag", patchIds: [1], flagged: true },
    ] as const) {
      expect(applyLabelAction(item, action, RULES)).toBe(item);
      expect(touchedPatches(action)).toEqual([1]);
    }
  });
});
