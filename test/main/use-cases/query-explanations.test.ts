import { afterAll, expect, it } from "vitest";
import { createEngineHost } from "../../../src/main/engine-host/engine-host.ts";
import { spawnEngineChild } from "../../../src/main/engine-host/spawn-child.ts";
import { runRound } from "../../../src/main/use-cases/rounds.ts";
import { QUIET } from "../../../src/main/work.ts";
import type { ProjectStore } from "../../../src/store/project-store.ts";
import { tinyProject, tinyTruth } from "../fixture.ts";

const engine = createEngineHost(spawnEngineChild);
afterAll(() => engine.close());

const REVIEWER = { annotator: "ana", round: null };

function label(store: ProjectStore, patchIds: readonly number[]): void {
  const changes = patchIds.flatMap((patchId) => {
    const truth = tinyTruth(Number(store.placeOf(patchId).scene.name.slice(-3)));
    const present = store.classes().filter((_, position) => truth[position]);
    return present.map(({ id }) => ({ patchId, classId: id, state: "present" as const }));
  });
  store.changeLabels(changes, { ...REVIEWER, origin: "manual" });
  store.confirm(patchIds, true, REVIEWER);
}

it("trains what each round's function needs, compares it with the round before, and keeps the facts", async () => {
  const { store } = await tinyProject(64);
  store.saveSettings({ warmStart: true });
  const round = async (id: string) => {
    const request = { function: id, options: {}, budget: 12, encoder: "stats" };
    const { items } = await runRound(store, engine, request, QUIET);
    const ids = items.map(({ patchId }) => patchId);
    label(store, ids);
    return store.items(ids).map(({ query }) => query);
  };
  const first = await round("tpd+clustering");
  expect(first.every((query) => query?.control || query?.explanation !== undefined)).toBe(true);

  // The first model has no earlier one to be compared with.
  const second = (await round("tpd+clustering")).filter((query) => !query?.control);
  expect(second.every((query) => query?.reason.includes("random"))).toBe(true);
  expect(second.every((query) => query?.explanation?.change === null)).toBe(true);

  const third = await round("tpd+clustering");
  for (const query of third) {
    if (query?.control) expect(query.explanation).toBeNull();
    else {
      expect(query?.explanation?.change?.distance).toBeCloseTo(query?.score ?? -1, 5);
      expect(query?.explanation?.nearest).toHaveLength(3);
      expect(query?.explanation?.cluster?.size).toBeGreaterThanOrEqual(1);
    }
  }

  const fourth = (await round("ll+clustering")).filter((query) => !query?.control);
  expect(fourth[0]?.reason).toMatch(/^Predicted loss rank/);
  expect(fourth[0]?.explanation?.torn).toHaveLength(store.classes().length);
});
