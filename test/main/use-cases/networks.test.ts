import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { hasNativeBinding } from "../../../src/engine/backends/tensorflow.ts";
import { createEngineHost, type EngineHost } from "../../../src/main/engine-host/engine-host.ts";
import type { EngineProcess } from "../../../src/main/engine-host/engine-process.ts";
import { spawnEngineChild } from "../../../src/main/engine-host/spawn-child.ts";
import { loadPredictions } from "../../../src/main/predictions.ts";
import { unfinishedTraining } from "../../../src/main/use-cases/project-folder.ts";
import { runRound } from "../../../src/main/use-cases/rounds.ts";
import { QUIET } from "../../../src/main/work.ts";
import { openProject, type ProjectStore } from "../../../src/store/project-store.ts";
import { closing, tinyProject, tinyTruth } from "../fixture.ts";

const NETWORK = {
  id: "resnet18",
  options: { side: 32, epochs: 3, batchSize: 4, learningRate: 0.002, augment: false },
};
const ROUND = { function: "tpd", options: {}, budget: 8, encoder: "stats" };
const REVIEWER = { annotator: "ana", round: null };

/** Labels patches as they truly are. */
function label(store: ProjectStore, patchIds: readonly number[]): void {
  const classes = store.classes();
  const changes = patchIds.flatMap((patchId) => {
    const truth = tinyTruth(Number(store.placeOf(patchId).scene.name.slice(-3)));
    return classes.flatMap(({ id }, i) =>
      truth[i] ? [{ patchId, classId: id, state: "present" as const }] : [],
    );
  });
  store.changeLabels(changes, { ...REVIEWER, origin: "manual" });
  store.confirm(patchIds, true, REVIEWER);
}

/** A host whose newest engine process can be killed. */
function killableHost(): { engine: EngineHost; kill: () => void } {
  let newest: EngineProcess | null = null;
  const engine = createEngineHost(() => {
    newest = spawnEngineChild();
    return newest;
  });
  onTestFinished(() => engine.close());
  return { engine, kill: () => newest?.kill() };
}

describe.skipIf(!hasNativeBinding())("a project with a network (no native backend was built)", () => {
  it("goes from round to round, also when the engine dies in one", async () => {
    const { store } = await tinyProject(40);
    const { engine, kill } = killableHost();
    store.saveSettings({ network: NETWORK });
    const first = await runRound(store, engine, ROUND, QUIET);
    expect(first).toMatchObject({ function: "random", model: null });
    label(
      store,
      first.items.map(({ patchId }) => patchId),
    );

    // Killed twice, the call fails; the project opens again, and the same round is gone on with.
    const dying = runRound(store, engine, ROUND, {
      progress: ({ message }) => void (/epoch [23] of/.test(message) && kill()),
    });
    await expect(dying).rejects.toMatchObject({ code: "engine-lost" });
    const { folder } = store.paths;
    store.close();
    const again = closing(openProject(folder));
    expect(again.newestRound()).toMatchObject({ number: 0 });
    expect(again.models()).toHaveLength(0);
    const second = await runRound(again, engine, ROUND, QUIET);
    expect(second.model).toMatchObject({ encoder: "resnet-18", head: "network", metricSource: "control" });
    expect(second.predictions?.probabilities.every(Number.isFinite)).toBe(true);
    // Nothing to compare with yet: TPD draws at random.
    expect(second.items.find(({ control }) => !control)?.reason).toContain("at random");
    expect(existsSync(unfinishedTraining(folder))).toBe(false);

    label(
      again,
      second.items.map(({ patchId }) => patchId),
    );
    // Killed once, while it looks at the patches, the engine is started anew and nobody notices.
    let killed = false;
    const third = await runRound(
      again,
      engine,
      { ...ROUND, warmStart: true },
      {
        progress: ({ message }) => {
          if (killed || !message.startsWith("Looking at patches")) return;
          killed = true;
          kill();
        },
      },
    );
    expect(killed).toBe(true);
    expect(again.models()).toHaveLength(2);
    const [queried] = third.items.filter(({ control }) => !control);
    expect(queried?.explanation?.change?.distance).toBeCloseTo(queried?.score ?? -1, 5);
    const cached = await loadPredictions(folder, third.model?.id ?? "");
    expect(cached?.probabilities).toEqual(third.predictions?.probabilities);
    // Back to a head, for this round only.
    label(
      again,
      third.items.map(({ patchId }) => patchId),
    );
    const fourth = await runRound(again, engine, { ...ROUND, network: null }, QUIET);
    expect(fourth.model).toMatchObject({ encoder: "stats", head: "auto" });
    expect(readdirSync(join(folder, "models")).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  }, 180_000);

  it("names the networks that it knows", async () => {
    const { store } = await tinyProject(8);
    const { engine } = killableHost();
    label(store, [1, 2, 3, 4]);
    const request = { ...ROUND, network: { id: "vgg", options: {} } };
    await expect(runRound(store, engine, request, QUIET)).rejects.toMatchObject({
      code: "invalid-input",
      message: expect.stringContaining("resnet-18"),
    });
  });
});
