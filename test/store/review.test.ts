import { describe, expect, test } from "vitest";
import { ana, makeProject, reviewer } from "./fixture.ts";

describe("confirming", () => {
  test("sets untouched classes to absent with origin implied, and keeps what was said", () => {
    const { store, patches, classIds } = makeProject();
    const [patch] = patches as [number];
    const [a, b, c] = classIds as [number, number, number];
    store.changeLabels(
      [
        { patchId: patch, classId: a, state: "present" },
        { patchId: patch, classId: b, state: "unsure" },
      ],
      ana,
    );
    store.confirm([patch], true, reviewer);
    expect(store.labelsOf([patch]).get(patch)).toEqual({ [a]: "present", [b]: "unsure", [c]: "absent" });
    expect(store.history(patch).at(-1)).toMatchObject({ classId: c, state: "absent", origin: "implied" });
    expect(store.items([patch])[0]?.status).toBe("confirmed");
  });

  test("leaves untouched classes alone when the project says so", () => {
    const { store, patches } = makeProject(2, { confirmImpliesAbsent: false });
    store.confirm([patches[0]!], true, reviewer);
    expect(store.labelsOf(patches).get(patches[0]!)).toEqual({});
    expect(store.items([patches[0]!])[0]?.status).toBe("confirmed");
  });

  test("of several patches is one step: undo takes back all of it, redo brings it again", () => {
    const { store, patches } = makeProject();
    store.confirm(patches, true, reviewer);
    expect(store.undoDepth("Ana")).toBe(1);
    expect(store.undo("Ana").sort()).toEqual([...patches].sort());
    expect(store.counts().confirmed).toBe(0);
    expect([...store.labelsOf(patches).values()]).toEqual(patches.map(() => ({})));
    store.redo("Ana");
    expect(store.counts().confirmed).toBe(patches.length);
    expect(Array.from(store.labelMatrix(patches)).every((value) => value === 0)).toBe(true);
  });

  test("takes labels along: one step, after which undo shows what was there before", () => {
    const { store, patches, classIds } = makeProject();
    const [patch] = patches as [number];
    const [a, b, c] = classIds as [number, number, number];
    store.changeLabels([{ patchId: patch, classId: a, state: "present" }], ana);
    const changes = [
      { patchId: patch, classId: a, state: "absent" as const },
      { patchId: patch, classId: b, state: "present" as const },
    ];
    store.confirm([patch], true, reviewer, { changes, origin: "suggestion" });
    const confirmed = { [a]: "absent", [b]: "present", [c]: "absent" };
    expect(store.labelsOf([patch]).get(patch)).toEqual(confirmed);
    expect(store.history(patch).map((entry) => entry.origin)).toEqual([
      "manual",
      "suggestion",
      "suggestion",
      "implied",
    ]);
    expect(store.undoDepth("Ana")).toBe(2);

    store.undo("Ana");
    expect(store.labelsOf([patch]).get(patch)).toEqual({ [a]: "present" });
    expect(store.items([patch])[0]?.status).toBe("in-progress");
    store.redo("Ana");
    expect(store.labelsOf([patch]).get(patch)).toEqual(confirmed);
    expect(store.items([patch])[0]?.status).toBe("confirmed");
  });

  test("keeps one class a patch in single-label projects, and changes nothing when a label is refused", () => {
    const { store, patches, classIds } = makeProject(2, { kind: "single-label" });
    const [patch] = patches as [number];
    const [a, b, c] = classIds as [number, number, number];
    store.changeLabels([{ patchId: patch, classId: a, state: "present" }], ana);
    const first = (classId: number) => ({
      changes: [{ patchId: patch, classId, state: "present" as const }],
      origin: "manual" as const,
    });
    expect(() => store.confirm([patch], true, reviewer, first(99))).toThrow();
    expect(store.items([patch])[0]?.status).toBe("in-progress");
    store.confirm([patch], true, reviewer, first(b));
    expect(store.labelsOf([patch]).get(patch)).toEqual({ [a]: "absent", [b]: "present", [c]: "absent" });
  });

  test("can be taken back, and the labels stay", () => {
    const { store, patches } = makeProject();
    store.confirm([patches[0]!], true, reviewer);
    store.confirm([patches[0]!], false, reviewer);
    expect(store.items([patches[0]!])[0]).toMatchObject({ status: "in-progress" });
    expect(Object.values(store.labelsOf(patches).get(patches[0]!) ?? {})).toEqual([
      "absent",
      "absent",
      "absent",
    ]);
  });
});

describe("skipping and flagging", () => {
  test("a skip ends a confirmation and a confirmation ends a skip", () => {
    const { store, patches } = makeProject();
    const status = () => store.items([patches[0]!])[0]?.status;
    store.skip([patches[0]!], true, reviewer);
    expect(status()).toBe("skipped");
    store.confirm([patches[0]!], true, reviewer);
    expect(status()).toBe("confirmed");
    store.skip([patches[0]!], true, reviewer);
    expect(status()).toBe("skipped");
    store.skip([patches[0]!], false, reviewer);
    expect(status()).toBe("in-progress");
  });

  test("taking back a state that the patch is not in changes nothing", () => {
    const { store, patches } = makeProject();
    store.skip([patches[0]!], true, reviewer);
    store.confirm([patches[0]!], false, reviewer);
    expect(store.items([patches[0]!])[0]?.status).toBe("skipped");
    expect(store.undoDepth("Ana")).toBe(1);
  });

  test("a flag is apart from the status and can be undone", () => {
    const { store, patches } = makeProject();
    store.confirm([patches[0]!], true, reviewer);
    store.flag([patches[0]!], true, reviewer);
    expect(store.items([patches[0]!])[0]).toMatchObject({ status: "confirmed", flagged: true });
    store.undo("Ana");
    expect(store.items([patches[0]!])[0]).toMatchObject({ status: "confirmed", flagged: false });
  });
});
