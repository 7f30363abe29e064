import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { createEngineHost } from "../../../src/main/engine-host/engine-host.ts";
import { spawnEngineChild } from "../../../src/main/engine-host/spawn-child.ts";
import { evaluateProject, evaluationKey } from "../../../src/main/use-cases/evaluation.ts";
import { learnFromLabels } from "../../../src/main/use-cases/learning.ts";
import { activelyChosen, compareWithRandom } from "../../../src/main/use-cases/random-comparison.ts";
import { runRound } from "../../../src/main/use-cases/rounds.ts";
import { QUIET } from "../../../src/main/work.ts";
import { Cancelled } from "../../../src/shared/errors.ts";
import type { ProjectStore } from "../../../src/store/project-store.ts";
import { TINY_CLASSES, tinyProject, tinyTruth } from "../fixture.ts";

const engine = createEngineHost(spawnEngineChild);
afterAll(() => engine.close());

const ROUND = { function: "entropy", options: {}, budget: 16, encoder: "stats", head: "kernel" };
const TRAINING = { encoder: "stats", head: "kernel" };
const REVIEWER = { annotator: "ana", round: null };

function truthOf(store: ProjectStore, patchId: number): readonly boolean[] {
  return tinyTruth(Number(store.placeOf(patchId).scene.name.slice(-3)));
}

function label(store: ProjectStore, patchIds: readonly number[]): void {
  const classes = store.classes();
  const changes = patchIds.flatMap((patchId) =>
    classes.flatMap(({ id }, position) =>
      truthOf(store, patchId)[position] ? [{ patchId, classId: id, state: "present" as const }] : [],
    ),
  );
  store.changeLabels(changes, { ...REVIEWER, origin: "manual" });
  store.confirm(patchIds, true, REVIEWER);
}

async function labelRounds(store: ProjectStore, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    const { items } = await runRound(store, engine, ROUND, QUIET);
    label(
      store,
      items.map(({ patchId }) => patchId),
    );
  }
}

it("says what is missing while there is little, and finds no words for what it can't know", async () => {
  const { store } = await tinyProject(40);
  expect(await evaluateProject(store)).toMatchObject({
    source: "none",
    samples: 0,
    current: null,
    curve: [],
    expected: [],
    gainNeeds: "samples",
    stability: null,
    verdict: "too-early",
    comparison: null,
    comparisonNeeds: { what: "samples", have: 0 },
  });
  await labelRounds(store, 2);
  const { current, samples, stability } = await evaluateProject(store);
  // A fifth of 16 is 3 a round.
  expect(samples).toBe(6);
  expect(current).toMatchObject({ samples: 6, microF1: null });
  expect(stability).toBeNull();
  await expect(compareWithRandom(store, engine, QUIET)).rejects.toMatchObject({ code: "no-labels" });
});

it("evaluates models on what was drawn at random, and compares with random labelling", async () => {
  const { store } = await tinyProject(120);
  store.saveSettings({ controlShareEarly: 0.5, budget: 16 });
  await labelRounds(store, 5);
  const { model, predictions } = await learnFromLabels(store, engine, TRAINING, QUIET);
  const summary = await evaluateProject(store);
  expect(summary).toMatchObject({ source: "control", samples: 40, gainNeeds: null, comparison: null });
  expect(summary.curve.map(({ labeled }) => labeled)).toEqual([8, 16, 24, 32, 40]);
  expect(summary.curve.at(-1)?.modelId).toBe(model.id);
  expect(summary.expected.map(({ rounds, patches }) => [rounds, patches])).toEqual([
    [1, 16],
    [5, 80],
  ]);

  // The newest model's figures, counted here from its predictions and the truth of the control stream.
  const tally = { hits: 0, falseAlarms: 0, misses: 0 };
  for (const id of store.controlIds()) {
    const row = predictions.ids.indexOf(id);
    for (const [column, present] of truthOf(store, id).entries()) {
      const predicted = (predictions.probabilities[row * TINY_CLASSES.length + column] ?? 0) >= 0.5;
      if (predicted && present) tally.hits++;
      if (predicted && !present) tally.falseAlarms++;
      if (!predicted && present) tally.misses++;
    }
  }
  const microF1 = (2 * tally.hits) / (2 * tally.hits + tally.falseAlarms + tally.misses);
  expect(summary.current?.microF1?.value).toBeCloseTo(microF1, 10);
  expect(summary.curve.at(-1)?.microF1.value).toBeCloseTo(microF1, 10);
  expect(summary.current?.mAP).not.toBeNull();
  expect(summary.stability).toMatchObject({ from: 32, to: 40, patches: 80 });

  // 32 of the patches were chosen by entropy, after the 8 of round 0.
  expect(activelyChosen(store)).toHaveLength(32);
  const comparison = await compareWithRandom(store, engine, QUIET);
  expect(comparison).toMatchObject({ start: 8, added: 32, samples: 40, outdated: false });
  expect(comparison.gain.value).toBeCloseTo(comparison.active - comparison.random, 12);
  expect(readdirSync(store.paths.cache).filter((name) => name.startsWith("comparison"))).toEqual([]);
  const key = evaluationKey(store);
  expect((await evaluateProject(store)).comparison).toEqual(comparison);
  // The same labels give the same numbers, whenever they are asked for.
  expect({ ...(await evaluateProject(store)), comparison: null }).toEqual(summary);
  const again = await compareWithRandom(store, engine, QUIET);
  expect({ ...again, createdAt: comparison.createdAt }).toEqual(comparison);

  store.confirm([store.controlIds()[0] ?? 0], false, REVIEWER);
  expect((await evaluateProject(store)).comparison?.outdated).toBe(true);
  expect(evaluationKey(store)).not.toBe(key);
});

it("stops comparing when it is cancelled, and leaves nothing behind", async () => {
  const { store } = await tinyProject(80);
  store.saveSettings({ controlShareEarly: 0.6, budget: 20 });
  await labelRounds(store, 3);
  const controller = new AbortController();
  const work = {
    signal: controller.signal,
    progress: ({ done, total }: { done: number; total: number }) => {
      if (total === 11 && done === 2) controller.abort();
    },
  };
  await expect(compareWithRandom(store, engine, work)).rejects.toBeInstanceOf(Cancelled);
  expect(readdirSync(store.paths.cache).filter((name) => name.startsWith("comparison"))).toEqual([]);
  expect((await evaluateProject(store)).comparison).toBeNull();
});

it("measures nothing on what a model was trained on, whatever became a control patch since", async () => {
  const { store } = await tinyProject(60);
  store.saveSettings({ controlShareEarly: 0.5 });
  await labelRounds(store, 2);
  const { model } = await learnFromLabels(store, engine, TRAINING, QUIET);
  expect((await evaluateProject(store)).samples).toBe(16);
  // A patch that the model knows is taken back, drawn for the control stream, and confirmed again.
  const [trained] = model.trainedOn;
  store.confirm([trained ?? 0], false, REVIEWER);
  const item = { patchId: trained ?? 0, rank: 0, score: Number.NaN, reason: "", control: true };
  store.createRound({ function: "random", options: {}, budget: 1, modelId: null, items: [item] });
  store.confirm([trained ?? 0], true, REVIEWER);
  expect(store.validationIds()).toHaveLength(17);
  expect((await evaluateProject(store)).samples).toBe(16);
});

it("goes without models of earlier versions, which kept no decisions", async () => {
  const { store } = await tinyProject(40);
  await labelRounds(store, 3);
  const [first] = store.models();
  const file = join(store.paths.models, first?.id ?? "", "decisions.bin");
  expect(existsSync(file)).toBe(true);
  rmSync(file);
  expect((await evaluateProject(store)).stability).toBeNull();
});
