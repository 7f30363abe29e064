import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createPatchList, PAGE, type PatchList } from "../../../src/renderer/state/patch-list.ts";
import { forgetPatches, shownPatch } from "../../../src/renderer/state/patches-store.ts";
import { startSession } from "../../../src/renderer/state/session.ts";
import type { AppContract, PatchFilter } from "../../../src/shared/contracts/app.ts";
import type { Client } from "../../../src/shared/rpc/contract.ts";
import { patchItem } from "../patch-items.ts";

const TOTAL = 950;
const asked: { offset: number; view: PatchFilter["view"] }[] = [];
let list: PatchList;

/** Answers pages of a list in which the patch at index i has the id i + 1. */
async function call(name: string, input: { filter: PatchFilter; offset: number; limit: number }) {
  expect(name).toBe("patches.page");
  asked.push({ offset: input.offset, view: input.filter.view });
  const total = input.filter.view === "flagged" ? 3 : TOTAL;
  const length = Math.max(0, Math.min(input.limit, total - input.offset));
  return { total, items: Array.from({ length }, (_, at) => patchItem({ id: input.offset + at + 1 })) };
}

beforeEach(async () => {
  asked.length = 0;
  forgetPatches();
  // Only `call` is used here, with one call's input and output.
  const client = { call, on: () => () => {} } as unknown as Client<AppContract>;
  startSession({ ...client, state: () => "open", onState: () => () => {}, close: () => {} });
  list = createPatchList({ view: "all" });
  await list.load({ view: "all" });
});
afterEach(() => list.clear());

describe("a list of patches", () => {
  it("loads one page and knows the total", () => {
    const { total, ids } = list.store.getState();
    expect([total, ids.length, ids[0], ids[PAGE - 1], ids[PAGE]]).toEqual([TOTAL, TOTAL, 1, PAGE, undefined]);
    expect(shownPatch(PAGE)?.id).toBe(PAGE);
  });

  it("loads the pages that come into view, each once", async () => {
    list.ensure(450, 620);
    list.ensure(500, 610);
    await vi.waitFor(() => expect(list.store.getState().ids[600]).toBe(601));
    expect(asked.map(({ offset }) => offset)).toEqual([0, 400, 600]);
  });

  it("keeps the focus inside, and drops the selection when the focus moves", () => {
    list.focus(9999);
    expect(list.store.getState().focus).toBe(TOTAL - 1);
    list.focus(3);
    list.extendTo(6);
    expect(list.targets()).toEqual([4, 5, 6, 7]);
    list.focus(4);
    expect(list.targets()).toEqual([5]);
  });

  it("selects ranges from where it started, in both directions", () => {
    list.focus(10);
    list.extendTo(12);
    list.extendTo(9);
    expect(list.targets()).toEqual([10, 11]);
  });

  it("adds single patches to the focused one, and takes them out again", () => {
    list.focus(0);
    list.toggleSelected(5);
    expect(list.targets()).toEqual([1, 6]);
    list.toggleSelected(0);
    expect(list.targets()).toEqual([6]);
  });

  it("starts anew with another filter, and an answer that comes late does no harm", async () => {
    const slow = list.load({ view: "all" });
    await list.load({ view: "flagged" });
    await slow;
    expect(list.store.getState()).toMatchObject({ total: 3, filter: { view: "flagged" }, focus: 0 });
  });
});
