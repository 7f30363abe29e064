import { describe, expect, test } from "vitest";
import { ana, errorOf, makeProject, reviewer } from "./fixture.ts";

describe("changing labels", () => {
  test("sets, changes and takes back, and keeps every step in the history", () => {
    const { store, patches, classIds } = makeProject();
    const [patch] = patches as [number];
    const [a, b] = classIds as [number, number];
    store.changeLabels(
      [
        { patchId: patch, classId: a, state: "present" },
        { patchId: patch, classId: b, state: "unsure" },
      ],
      { ...ana, round: 3, time: 1_800_000_000_000 },
    );
    store.changeLabels([{ patchId: patch, classId: a, state: null }], ana);

    expect(store.labelsOf([patch]).get(patch)).toEqual({ [b]: "unsure" });
    expect(store.history(patch).map(({ classId, state, round }) => [classId, state, round])).toEqual([
      [a, "present", 3],
      [b, "unsure", 3],
      [a, "cleared", null],
    ]);
    expect(store.history(patch)[0]).toMatchObject({
      annotator: "Ana",
      origin: "manual",
      time: "2027-01-15T08:00:00.000Z",
    });
  });

  test("a change that changes nothing is not journalled and not a step of undo", () => {
    const { store, patches, classIds } = makeProject();
    const change = { patchId: patches[0]!, classId: classIds[0]!, state: "present" } as const;
    store.changeLabels([change], ana);
    store.changeLabels([change], ana);
    store.changeLabels([{ ...change, classId: classIds[1]!, state: null }], ana);
    expect(store.journalPosition()).toBe(1);
    expect(store.undoDepth("Ana")).toBe(1);
  });

  test("an unknown patch or class is refused and nothing of the change is kept", () => {
    const { store, patches, classIds } = makeProject();
    const good = { patchId: patches[0]!, classId: classIds[0]!, state: "present" } as const;
    expect(errorOf(() => store.changeLabels([good, { ...good, patchId: 999 }], ana)).code).toBe("not-found");
    expect(errorOf(() => store.changeLabels([good, { ...good, classId: 999 }], ana)).code).toBe(
      "unknown-class",
    );
    expect(store.journalPosition()).toBe(0);
    expect(store.labelsOf(patches).get(patches[0]!)).toEqual({});
    expect(store.verifyJournal().problems).toEqual([]);
  });

  test("in a single-label project a present class makes the one before it absent", () => {
    const { store, patches, classIds } = makeProject(2, { kind: "single-label" });
    const [patch] = patches as [number];
    const [a, b] = classIds as [number, number];
    store.changeLabels([{ patchId: patch, classId: a, state: "present" }], ana);
    store.changeLabels([{ patchId: patch, classId: b, state: "present" }], ana);
    expect(store.labelsOf([patch]).get(patch)).toEqual({ [a]: "absent", [b]: "present" });
    store.undo("Ana");
    expect(store.labelsOf([patch]).get(patch)).toEqual({ [a]: "present" });
  });
});

describe("reading labels", () => {
  test("the matrix has 1, 0 and −1, rows as asked for and columns in the taxonomy's order", () => {
    const { store, patches, classIds } = makeProject();
    const [p0, p1, p2] = patches as [number, number, number];
    const [a, b, c] = classIds as [number, number, number];
    store.saveClasses([
      { id: c, name: "C" },
      { id: a, name: "A" },
      { id: b, name: "B" },
    ]);
    store.changeLabels(
      [
        { patchId: p0, classId: a, state: "present" },
        { patchId: p0, classId: b, state: "absent" },
        { patchId: p2, classId: c, state: "unsure" },
        { patchId: p2, classId: b, state: "present" },
      ],
      ana,
    );
    expect(Array.from(store.labelMatrix([p2, p1, p0]))).toEqual([-1, -1, 1, -1, -1, -1, -1, 1, 0]);
    expect(store.labelMatrix([])).toHaveLength(0);
    expect(Array.from(store.presentCounts())).toEqual([
      [c, 0],
      [a, 1],
      [b, 1],
    ]);
  });
});

describe("importing labels", () => {
  test("writes the labels with origin import, confirms the patches and is not a step of undo", () => {
    const { store, patches, classIds } = makeProject();
    const [a, b] = classIds as [number, number];
    const written = store.importLabels(
      patches.slice(0, 2).map((patchId) => ({
        patchId,
        states: [
          { classId: a, state: "present" },
          { classId: b, state: "absent" },
        ],
      })),
      { annotator: "labels.csv" },
    );
    expect(written).toBe(6);
    expect(store.undoDepth("labels.csv")).toBe(0);
    expect(store.history(patches[0]!).map((entry) => entry.origin)).toEqual(["import", "import"]);
    expect(store.counts()).toMatchObject({ patches: 6, confirmed: 2, training: 2 });
    expect(store.labelsOf([patches[1]!]).get(patches[1]!)).toEqual({ [a]: "present", [b]: "absent" });
  });

  test("can leave the patches unconfirmed", () => {
    const { store, patches, classIds } = makeProject();
    store.importLabels([{ patchId: patches[0]!, states: [{ classId: classIds[0]!, state: "present" }] }], {
      annotator: "labels.csv",
      confirm: false,
    });
    expect(store.items([patches[0]!])[0]?.status).toBe("in-progress");
  });

  test("a fault in the middle imports nothing", () => {
    const { store, patches, classIds } = makeProject();
    const states = [{ classId: classIds[0]!, state: "present" as const }];
    const error = errorOf(() =>
      store.importLabels(
        [
          { patchId: patches[0]!, states },
          { patchId: 999, states },
        ],
        { annotator: "labels.csv" },
      ),
    );
    expect(error.code).toBe("not-found");
    expect(store.journalPosition()).toBe(0);
    expect(store.counts().confirmed).toBe(0);
  });

  test("several present classes are refused in a single-label project, naming the patch", () => {
    const { store, patches, classIds } = makeProject(2, { kind: "single-label" });
    const error = errorOf(() =>
      store.importLabels(
        [
          {
            patchId: patches[1]!,
            states: classIds.slice(0, 2).map((classId) => ({ classId, state: "present" as const })),
          },
        ],
        { annotator: "labels.csv" },
      ),
    );
    expect(error.code).toBe("invalid-input");
    expect(error.message).toContain("image1");
    expect(store.undoDepth(reviewer.annotator)).toBe(0);
  });
});
