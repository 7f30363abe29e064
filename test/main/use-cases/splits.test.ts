import { expect, it } from "vitest";
import { checkSplits, makeSplits } from "../../../src/main/use-cases/splits.ts";
import { tinyProject } from "../fixture.ts";

const REQUEST = { by: "blocks", seed: 1, val: 0.25, test: 0.25, blockSize: null, gap: false } as const;

it("writes splits by blocks on the ground, the same for the same seed", async () => {
  // Files of 160 m in a row.
  const { store } = await tinyProject(24);
  const made = makeSplits(store, { ...REQUEST, blockSize: 640 });
  const fromWestToEast = (a: { name: string }, b: { name: string }) =>
    a.name.slice(-3) < b.name.slice(-3) ? -1 : 1;
  const splits = () =>
    store
      .items(store.patchIds())
      .sort(fromWestToEast)
      .map(({ split }) => split);
  const first = splits();
  expect(made).toMatchObject({ blockSize: 640, replaced: null, unplaced: 0, leftOut: 0 });
  expect(made.blocks).toBeGreaterThanOrEqual(6);
  expect(made.blocks).toBeLessThanOrEqual(7);
  // Four files a block, so neighbours are of one split but for the blocks' borders.
  const borders = first.filter((split, index) => index > 0 && split !== first[index - 1]).length;
  expect(made.leakage.pairs).toBe(borders);
  expect(made.splits).toEqual(store.splitCounts());
  expect(made.splits.val + made.splits.test + made.splits.pool).toBe(24);

  makeSplits(store, { ...REQUEST, blockSize: 640, seed: 2 });
  const again = makeSplits(store, { ...REQUEST, blockSize: 640 });
  expect(splits()).toEqual(first);
  expect(again.replaced).not.toBeNull();
  expect(checkSplits(store)).toMatchObject({ splits: made.splits, leakage: { pairs: borders } });
});

it("leaves a gap between the splits when asked to", async () => {
  const { store } = await tinyProject(24);
  const made = makeSplits(store, { ...REQUEST, by: "random", gap: true });
  expect(made.leakage.pairs).toBe(0);
  expect(made.leftOut).toBeGreaterThan(0);
  expect(made.splits.none).toBe(made.leftOut);
  expect(checkSplits(store)?.leakage.pairs).toBe(0);
});

it("refuses shares that leave nothing for the pool, and changes nothing", async () => {
  const { store } = await tinyProject(2);
  expect(() => makeSplits(store, { ...REQUEST, val: 0.5, test: 0.5 })).toThrow(/less than 1/);
  expect(store.project().hasSplits).toBe(false);
  expect(checkSplits(store)).toBeNull();
});
