import { describe, expect, test } from "vitest";
import type { PatchFilter } from "../../src/shared/contracts/app.ts";
import { ana, makeProject, reviewer } from "./fixture.ts";

function mixed() {
  const fixture = makeProject(12);
  const { store, patches, classIds } = fixture;
  const p = (index: number) => patches[index]!;
  store.changeLabels(
    [
      { patchId: p(1), classId: classIds[0]!, state: "present" },
      { patchId: p(2), classId: classIds[0]!, state: "absent" },
      { patchId: p(3), classId: classIds[0]!, state: "present" },
    ],
    ana,
  );
  store.confirm([p(3), p(4)], true, reviewer);
  store.skip([p(5)], true, reviewer);
  store.flag([p(3), p(6)], true, reviewer);
  const item = (index: number, rank: number) => ({
    patchId: p(index),
    rank,
    score: Number.NaN,
    reason: "why",
    control: index === 7,
  });
  const round = { function: "random", options: {}, budget: 2, modelId: null };
  store.createRound({ ...round, items: [item(3, 0), item(1, 1)] });
  store.createRound({ ...round, items: [item(9, 0), item(7, 1), item(8, 2)] });
  const names = (filter: PatchFilter, offset = 0, limit = 100) => {
    const page = store.page(filter, offset, limit);
    return { total: page.total, names: page.items.map((one) => one.name.replace("image", "")).join(" ") };
  };
  return { ...fixture, names };
}

describe("a page", () => {
  test.each<[string, PatchFilter, string]>([
    ["all", { view: "all" }, "0 1 2 3 4 5 6 7 8 9 10 11"],
    ["confirmed", { view: "confirmed" }, "3 4"],
    ["skipped", { view: "skipped" }, "5"],
    ["flagged", { view: "flagged" }, "3 6"],
    ["unseen", { view: "unseen" }, "0 6 7 8 9 10 11"],
    ["the newest query in its order", { view: "queue" }, "9 7 8"],
    ["an earlier query", { view: "queue", round: 0 }, "3 1"],
    ["a round's patches by id", { view: "all", round: 1 }, "7 8 9"],
    ["a class where it is present", { view: "all", classId: 1 }, "1 3"],
    ["a class among the confirmed", { view: "confirmed", classId: 1 }, "3"],
    ["a name", { view: "all", search: " IMAGE1 " }, "1 10 11"],
    ["a name with a wildcard as a letter", { view: "all", search: "image%" }, ""],
    ["all conditions at once", { view: "flagged", round: 0, classId: 1, search: "3" }, "3"],
    ["a round that is not", { view: "queue", round: 9 }, ""],
  ])("shows %s", (_, filter, expected) => {
    const { names } = mixed();
    const all = names(filter);
    expect(all.names).toBe(expected);
    expect(all.total).toBe(expected === "" ? 0 : expected.split(" ").length);
  });

  test("is cut by offset and limit, and the total stays", () => {
    const { names } = mixed();
    expect(names({ view: "all" }, 5, 3)).toEqual({ total: 12, names: "5 6 7" });
    expect(names({ view: "queue" }, 1, 1)).toEqual({ total: 3, names: "7" });
    expect(names({ view: "all" }, 50, 3)).toEqual({ total: 12, names: "" });
  });

  test("the queue is empty before the first query", () => {
    const { store } = makeProject();
    expect(store.page({ view: "queue" }, 0, 10)).toEqual({ total: 0, items: [] });
  });

  test("holds all of a patch but the probabilities", () => {
    const { store, patches, classIds } = mixed();
    store.setSplits([{ patchId: patches[3]!, split: "test" }]);
    expect(store.items([patches[7]!, 999, patches[3]!])).toEqual([
      {
        id: patches[7],
        name: "image7",
        width: 64,
        height: 64,
        split: null,
        status: "unseen",
        flagged: false,
        labels: {},
        query: { round: 1, rank: 1, score: 0, reason: "why", explanation: null, control: true },
      },
      {
        id: patches[3],
        name: "image3",
        width: 64,
        height: 64,
        split: "test",
        status: "confirmed",
        flagged: true,
        labels: { [classIds[0]!]: "present", [classIds[1]!]: "absent", [classIds[2]!]: "absent" },
        query: { round: 0, rank: 0, score: 0, reason: "why", explanation: null, control: false },
      },
    ]);
  });
});
