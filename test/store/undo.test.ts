import { describe, expect, test } from "vitest";
import { openProject } from "../../src/store/project-store.ts";
import { ana, closing, makeProject } from "./fixture.ts";

const set = (patchId: number, classId: number, state: "present" | "absent" | "unsure" | null) => ({
  patchId,
  classId,
  state,
});

describe("undo and redo", () => {
  test("walk back and forth through states, by appending", () => {
    const { store, patches, classIds } = makeProject();
    const [patch] = patches as [number];
    const [a] = classIds as [number];
    const state = () => store.labelsOf([patch]).get(patch)?.[a] ?? null;
    const states = ["present", "absent", "unsure", null, "present"] as const;
    for (const next of states) store.changeLabels([set(patch, a, next)], ana);

    for (const expected of [null, "unsure", "absent", "present", null]) {
      expect(store.undo("Ana")).toEqual([patch]);
      expect(state()).toBe(expected);
    }
    expect(store.undo("Ana")).toEqual([]);
    expect([store.undoDepth("Ana"), store.redoDepth("Ana")]).toEqual([0, 5]);
    for (const expected of states) {
      expect(store.redo("Ana")).toEqual([patch]);
      expect(state()).toBe(expected);
    }
    expect(store.redo("Ana")).toEqual([]);
    expect(store.journalPosition()).toBe(15);
    expect(
      new Set(
        store
          .history(patch)
          .slice(5)
          .map((entry) => entry.origin),
      ),
    ).toEqual(new Set(["undo"]));
  });

  test("survive closing and opening the project", () => {
    const { store, folder, patches, classIds } = makeProject();
    const [a, b] = classIds as [number, number];
    store.changeLabels([set(patches[0]!, a, "present")], ana);
    store.changeLabels([set(patches[0]!, b, "present")], ana);
    store.undo("Ana");
    store.close();

    const again = closing(openProject(folder));
    expect([again.undoDepth("Ana"), again.redoDepth("Ana")]).toEqual([1, 1]);
    again.redo("Ana");
    expect(again.labelsOf(patches).get(patches[0]!)).toEqual({ [a]: "present", [b]: "present" });
    again.undo("Ana");
    again.undo("Ana");
    expect(again.labelsOf(patches).get(patches[0]!)).toEqual({});
  });

  test("a new action ends what could be redone", () => {
    const { store, patches, classIds } = makeProject();
    store.changeLabels([set(patches[0]!, classIds[0]!, "present")], ana);
    store.undo("Ana");
    store.changeLabels([set(patches[0]!, classIds[1]!, "present")], ana);
    expect([store.undoDepth("Ana"), store.redoDepth("Ana")]).toEqual([1, 0]);
  });

  test("two changes of one class in one step are taken back to before the first", () => {
    const { store, patches, classIds } = makeProject();
    const [patch] = patches as [number];
    const [a] = classIds as [number];
    store.changeLabels([set(patch, a, "unsure")], ana);
    store.changeLabels([set(patch, a, "present"), set(patch, a, "absent")], ana);
    store.undo("Ana");
    expect(store.labelsOf([patch]).get(patch)).toEqual({ [a]: "unsure" });
    store.redo("Ana");
    expect(store.labelsOf([patch]).get(patch)).toEqual({ [a]: "absent" });
  });

  test("each annotator has their own steps, and another's later decision stands", () => {
    const { store, patches, classIds } = makeProject();
    const [patch] = patches as [number];
    const [a, b] = classIds as [number, number];
    const ben = { ...ana, annotator: "Ben" };
    store.changeLabels([set(patch, b, "present")], ana);
    store.changeLabels([set(patch, a, "present")], ana);
    store.changeLabels([set(patch, a, "absent")], ben);
    expect([store.undoDepth("Ana"), store.undoDepth("Ben")]).toEqual([2, 1]);

    // Ana's newest step has nothing left to take back, so the one before it is.
    expect(store.undo("Ana")).toEqual([patch]);
    expect(store.labelsOf([patch]).get(patch)).toEqual({ [a]: "absent" });
    expect(store.undoDepth("Ana")).toBe(0);
    store.undo("Ben");
    expect(store.labelsOf([patch]).get(patch)).toEqual({ [a]: "present" });
  });

  test("an import of one's own stands, even where it says again what one had said before", () => {
    const { store, patches, classIds } = makeProject();
    const [patch] = patches as [number];
    const [a] = classIds as [number];
    store.changeLabels([set(patch, a, "present")], ana);
    store.changeLabels([set(patch, a, "absent")], ana);
    store.importLabels([{ patchId: patch, states: [{ classId: a, state: "present" }] }], {
      annotator: "Ana",
    });
    expect(store.undo("Ana")).toEqual([]);
    expect(store.labelsOf([patch]).get(patch)).toEqual({ [a]: "present" });
    expect([store.undoDepth("Ana"), store.redoDepth("Ana")]).toEqual([0, 0]);
  });

  test("a class that was left out meanwhile is passed over", () => {
    const { store, patches, classIds } = makeProject();
    const [patch] = patches as [number];
    const [a, b, c] = classIds as [number, number, number];
    store.changeLabels([set(patch, a, "present"), set(patch, c, "present")], ana);
    store.changeLabels([set(patch, a, null), set(patch, c, null)], ana);
    store.saveClasses([
      { id: a, name: "A" },
      { id: b, name: "B" },
    ]);
    store.undo("Ana");
    expect(store.labelsOf([patch]).get(patch)).toEqual({ [a]: "present" });
    expect(store.verifyJournal().problems).toEqual([]);
  });
});
