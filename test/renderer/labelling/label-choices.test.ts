import { describe, expect, it } from "vitest";
import {
  acceptSuggestions,
  copyLabels,
  noneOfThese,
  suggestions,
  toggleClass,
} from "../../../src/renderer/labelling/label-choices.ts";
import type { PatchItem } from "../../../src/shared/domain/project.ts";
import { patchItem } from "../patch-items.ts";

describe("toggling a class", () => {
  it("sets it, and takes it back where it is set", () => {
    const open = patchItem({ id: 1 });
    const set = patchItem({ id: 2, labels: { 5: "present" } });
    expect(toggleClass([open], 5, "present", "multi-label")).toEqual([
      { patchId: 1, classId: 5, state: "present" },
    ]);
    expect(toggleClass([set], 5, "present", "multi-label")).toEqual([
      { patchId: 2, classId: 5, state: null },
    ]);
  });

  it("brings a selection to one state before it takes it back", () => {
    const items = [patchItem({ id: 1 }), patchItem({ id: 2, labels: { 5: "present" } })];
    expect(toggleClass(items, 5, "present", "multi-label")).toEqual([
      { patchId: 1, classId: 5, state: "present" },
    ]);
  });

  it("replaces one state by another", () => {
    const absent = patchItem({ labels: { 5: "absent" } });
    expect(toggleClass([absent], 5, "unsure", "multi-label")).toEqual([
      { patchId: 1, classId: 5, state: "unsure" },
    ]);
  });

  it("keeps one class in single-label projects, and touches nothing else for absent", () => {
    const item = patchItem({ labels: { 4: "present", 7: "absent" } });
    expect(toggleClass([item], 5, "present", "single-label")).toEqual([
      { patchId: 1, classId: 4, state: null },
      { patchId: 1, classId: 5, state: "present" },
    ]);
    expect(toggleClass([item], 5, "absent", "single-label")).toEqual([
      { patchId: 1, classId: 5, state: "absent" },
    ]);
  });
});

describe("suggestions", () => {
  const probabilities = { 1: 0.4, 2: 0.61, 3: 0.93, 4: 0.5, 5: 0.99 };

  it("are the undecided classes from one half on, most probable first", () => {
    const item = patchItem({ probabilities, labels: { 5: "absent" } });
    expect(suggestions(item, "multi-label").map(({ classId }) => classId)).toEqual([3, 2, 4]);
  });

  it("end with the confirmation, and without a model there are none", () => {
    expect(suggestions(patchItem({ probabilities, status: "confirmed" }), "multi-label")).toEqual([]);
    expect(suggestions(patchItem(), "multi-label")).toEqual([]);
  });

  it("are in single-label projects the most probable class, however probable, until one is chosen", () => {
    const shares = { 1: 0.2, 2: 0.31, 3: 0.28, 4: 0.21 };
    const best = (labels: PatchItem["labels"]) =>
      suggestions(patchItem({ probabilities: shares, labels }), "single-label").map(({ classId }) => classId);
    expect(best({})).toEqual([2]);
    expect(best({ 2: "absent" })).toEqual([3]);
    expect(best({ 4: "present" })).toEqual([]);
  });

  it("are accepted all, or in single-label projects the best one where none is chosen", () => {
    const item = patchItem({ probabilities });
    expect(acceptSuggestions([item], "multi-label").map(({ classId }) => classId)).toEqual([5, 3, 2, 4]);
    expect(acceptSuggestions([item], "single-label").map(({ classId }) => classId)).toEqual([5]);
    const chosen = patchItem({ probabilities, labels: { 1: "present" } });
    expect(acceptSuggestions([chosen], "single-label")).toEqual([]);
  });
});

describe("labels for whole patches", () => {
  it("none of these makes every class absent that is not", () => {
    const item = patchItem({ labels: { 1: "present", 2: "absent" } });
    expect(noneOfThese([item], [1, 2, 3])).toEqual([
      { patchId: 1, classId: 1, state: "absent" },
      { patchId: 1, classId: 3, state: "absent" },
    ]);
  });

  it("copying makes the other patch equal, and leaves the source alone", () => {
    const from = patchItem({ id: 1, labels: { 1: "present", 2: "unsure" } });
    const to = patchItem({ id: 2, labels: { 2: "present", 3: "absent" } });
    expect(copyLabels(from, [from, to])).toEqual([
      { patchId: 2, classId: 1, state: "present" },
      { patchId: 2, classId: 2, state: "unsure" },
      { patchId: 2, classId: 3, state: null },
    ]);
  });
});
