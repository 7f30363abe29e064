import { expect, it } from "vitest";
import { effectsOf, requireUnderstood } from "../../../src/main/use-cases/split-effects.ts";
import {
  checkSplits,
  currentSplits,
  makeSplits,
  planSplits,
  readPlaces,
} from "../../../src/main/use-cases/splits.ts";
import { QUIET } from "../../../src/main/work.ts";
import { tinyProject } from "../fixture.ts";

const REQUEST = { method: "blocks", seed: 1, val: 0.25, test: 0.25, blockSize: null, gap: false } as const;

it("writes splits by blocks on the ground, the same for the same seed", async () => {
  // Files of 160 m in a row.
  const { store } = await tinyProject(24);
  const made = await makeSplits(store, { ...REQUEST, blockSize: 640 }, QUIET);
  const fromWestToEast = (a: { name: string }, b: { name: string }) =>
    a.name.slice(-3) < b.name.slice(-3) ? -1 : 1;
  const splits = () =>
    store
      .items(store.patchIds())
      .sort(fromWestToEast)
      .map(({ split }) => split);
  const first = splits();
  expect(made).toMatchObject({ blockSize: 640, replaced: null, unplaced: 0, leftOut: 0 });
  expect(made.groups).toBeGreaterThanOrEqual(6);
  expect(made.groups).toBeLessThanOrEqual(7);
  // Four files a block, so neighbours are of one split but for the blocks' borders.
  const borders = first.filter((split, index) => index > 0 && split !== first[index - 1]).length;
  expect(made.leakage.pairs).toBe(borders);
  expect(made.splits).toEqual(store.splitCounts());
  expect(made.splits.val + made.splits.test + made.splits.pool).toBe(24);

  await makeSplits(store, { ...REQUEST, blockSize: 640, seed: 2 }, QUIET);
  const again = await makeSplits(store, { ...REQUEST, blockSize: 640 }, QUIET);
  expect(splits()).toEqual(first);
  expect(again.replaced).not.toBeNull();
  expect(await checkSplits(store, QUIET)).toMatchObject({ splits: made.splits, leakage: { pairs: borders } });
  const places = await readPlaces(store, QUIET);
  expect(currentSplits(store, places)).toEqual(planSplits(places, { ...REQUEST, blockSize: 640 }).column);
});

it("leaves a gap between the splits when asked to", async () => {
  const { store } = await tinyProject(24);
  const made = await makeSplits(store, { ...REQUEST, method: "random", gap: true }, QUIET);
  expect(made.leakage.pairs).toBe(0);
  expect(made.leftOut).toBeGreaterThan(0);
  expect(made.splits.none).toBe(made.leftOut);
  expect((await checkSplits(store, QUIET))?.leakage.pairs).toBe(0);
});

it("refuses shares that leave nothing for the pool, and changes nothing", async () => {
  const { store } = await tinyProject(2);
  await expect(makeSplits(store, { ...REQUEST, val: 0.5, test: 0.5 }, QUIET)).rejects.toThrow(/less than 1/);
  expect(store.project().hasSplits).toBe(false);
  expect(await checkSplits(store, QUIET)).toBeNull();
});

it("says what splits mean for labels and rounds that are there", async () => {
  const { store } = await tinyProject(8);
  const places = await readPlaces(store, QUIET);
  const ids = [...store.patchIds()];
  const column = Uint8Array.from([1, 1, 1, 1, 2, 2, 3, 3]);
  expect(effectsOf(store, places.patches, column)).toBeNull();
  requireUnderstood(store, false);

  // A round of the patches 0, 2, 4 and 6, of which 2 and 4 are of the control stream; all but 6 get labelled.
  const items = [0, 2, 4, 6].map((at, rank) => ({
    patchId: ids[at] ?? 0,
    rank,
    score: 0,
    reason: "",
    control: at === 2 || at === 4,
  }));
  store.createRound({ function: "random", options: {}, budget: 4, modelId: null, items });
  const confirm = [0, 2, 4, 5].map((at) => ids[at] ?? 0);
  store.confirm(confirm, true, { annotator: "Ana", round: 0 });

  expect(() => requireUnderstood(store, false)).toThrow(/labels, rounds or splits/);
  requireUnderstood(store, true);
  expect(effectsOf(store, places.patches, column)).toEqual({
    replaced: null,
    rounds: 1,
    models: 0,
    confirmed: { pool: 2, val: 2, test: 0, none: 0 },
    // Patch 5 was labelled outside the round and goes to val.
    trainNoMore: 1,
    chosenInVal: 0,
    // Patch 2 stays in the pool and is of the control stream; patch 4 measures on in val.
    controlUnused: 1,
  });
  // Without a val split the control stream goes on measuring, as far as it stays in the pool.
  const withoutVal = Uint8Array.from([1, 1, 1, 1, 3, 3, 3, 3]);
  expect(effectsOf(store, places.patches, withoutVal)).toMatchObject({ controlUnused: 1, trainNoMore: 1 });
  expect(effectsOf(store, places.patches, Uint8Array.from([2, 1, 1, 1, 1, 1, 1, 1]))).toMatchObject({
    chosenInVal: 1,
    controlUnused: 2,
  });
});
