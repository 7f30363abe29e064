import { describe, expect, test } from "vitest";
import type { ProjectStore } from "../../src/store/project-store.ts";
import { errorOf, makeProject, reviewer } from "./fixture.ts";

function query(store: ProjectStore, patchIds: readonly number[], control: readonly number[]): void {
  store.createRound({
    function: "random",
    options: {},
    budget: patchIds.length,
    modelId: null,
    items: patchIds.map((patchId, rank) => ({
      patchId,
      rank,
      score: 0,
      reason: "",
      control: control.includes(patchId),
    })),
  });
}

describe("without splits", () => {
  test("the control stream validates and never trains, whatever happens to it", () => {
    const { store, patches } = makeProject(8);
    const [p0, p1, p2, p3, p4] = patches as [number, number, number, number, number];
    expect(store.validationSource()).toBe("none");
    query(store, [p0, p1, p2, p3], [p2, p3]);
    store.confirm([p0, p2, p4], true, reviewer);
    store.skip([p1], true, reviewer);
    expect(Array.from(store.trainingIds())).toEqual([p0, p4]);
    expect(Array.from(store.validationIds())).toEqual([p2]);
    expect(store.validationSource()).toBe("control");
    expect(Array.from(store.candidateIds())).toEqual(patches.slice(5));
    expect(Array.from(store.controlIds())).toEqual([p2, p3]);
    expect(store.counts()).toEqual({
      patches: 8,
      confirmed: 3,
      skipped: 1,
      training: 2,
      validation: 1,
      splits: { pool: 0, val: 0, test: 0, none: 8 },
    });
  });
});

describe("with splits", () => {
  test("only the pool trains and is queried, and the val split validates", () => {
    const { store, patches } = makeProject(8);
    const [p0, p1, p2, p3, p4, p5] = patches as [number, number, number, number, number, number];
    store.setSplits([
      { patchId: p0, split: "pool" },
      { patchId: p1, split: "pool" },
      { patchId: p2, split: "pool" },
      { patchId: p3, split: "val" },
      { patchId: p4, split: "val" },
      { patchId: p5, split: "test" },
    ]);
    expect(store.project().hasSplits).toBe(true);
    store.confirm([p0, p3, p5, patches[7]!], true, reviewer);
    expect(Array.from(store.trainingIds())).toEqual([p0]);
    expect(Array.from(store.validationIds())).toEqual([p3]);
    expect(store.validationSource()).toBe("val");
    expect(Array.from(store.candidateIds())).toEqual([p1, p2]);
    expect(store.splitCounts()).toEqual({ pool: 3, val: 2, test: 1, none: 2 });
    expect(Array.from(store.patchIds({ split: "val", status: "confirmed" }))).toEqual([p3]);
    expect(Array.from(store.patchIds({ split: null }))).toEqual(patches.slice(6));
    expect(Array.from(store.patchIds({ sourceId: 99 }))).toEqual([]);
    expect(Array.from(store.patchIds())).toEqual([...patches]);
  });

  test("without a val split the control stream of the pool validates", () => {
    const { store, patches } = makeProject(4);
    store.setSplits(patches.slice(0, 3).map((patchId) => ({ patchId, split: "pool" })));
    query(store, patches, [patches[0]!, patches[3]!]);
    store.confirm(patches, true, reviewer);
    expect(Array.from(store.validationIds())).toEqual([patches[0]]);
    expect(Array.from(store.trainingIds())).toEqual([patches[1], patches[2]]);
  });

  test("new splits replace the old ones, none take them away, an unknown patch changes nothing", () => {
    const { store, patches } = makeProject(4);
    store.setSplits([{ patchId: patches[0]!, split: "test" }]);
    const unknown = () =>
      store.setSplits([
        { patchId: patches[1]!, split: "pool" },
        { patchId: 99, split: "pool" },
      ]);
    expect(errorOf(unknown).code).toBe("not-found");
    expect(store.splitCounts()).toMatchObject({ pool: 0, test: 1 });
    store.setSplits([{ patchId: patches[1]!, split: "pool" }]);
    expect(store.splitCounts()).toEqual({ pool: 1, val: 0, test: 0, none: 3 });
    store.setSplits([]);
    expect(store.project().hasSplits).toBe(false);
    expect(store.candidateIds()).toHaveLength(4);
  });
});
