import { afterAll, expect, it } from "vitest";
import { createEngineHost } from "../../../src/main/engine-host/engine-host.ts";
import { spawnEngineChild } from "../../../src/main/engine-host/spawn-child.ts";
import { runRound } from "../../../src/main/use-cases/rounds.ts";
import { makeSplits } from "../../../src/main/use-cases/splits.ts";
import { QUIET } from "../../../src/main/work.ts";
import { tinyProject } from "../fixture.ts";

const engine = createEngineHost(spawnEngineChild);
afterAll(() => engine.close());

it("draws the control stream from the val split until all of that is labelled", async () => {
  const { store } = await tinyProject(24);
  const splits = { method: "random", val: 0.25, test: 0.25, seed: 3, blockSize: null, gap: false } as const;
  await makeSplits(store, splits, QUIET);
  const val = new Set(store.patchIds({ split: "val" }));
  const pool = new Set(store.patchIds({ split: "pool" }));
  expect(val.size).toBe(6);

  // A share of one half: 4 of 8, then the 2 that are left, then none.
  store.saveSettings({ controlShareEarly: 0.5 });
  for (const drawn of [4, 2, 0]) {
    const request = { function: "random", options: {}, budget: 8, encoder: "stats" };
    const { items } = await runRound(store, engine, request, QUIET);
    const controls = items.filter(({ control }) => control).map(({ patchId }) => patchId);
    expect(controls).toHaveLength(drawn);
    for (const id of controls) expect(val.delete(id)).toBe(true);
    for (const { patchId, control } of items) if (!control) expect(pool.has(patchId)).toBe(true);
    store.confirm(controls, true, { annotator: "ana", round: null });
    expect(store.validationIds()).toHaveLength(6 - val.size);
  }
});
