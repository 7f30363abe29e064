import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { parseCsv } from "../../../src/main/csv.ts";
import { createEngineHost } from "../../../src/main/engine-host/engine-host.ts";
import { spawnEngineChild } from "../../../src/main/engine-host/spawn-child.ts";
import { encodeProject } from "../../../src/main/use-cases/encoding.ts";
import { importLabels } from "../../../src/main/use-cases/label-import.ts";
import { learnFromLabels } from "../../../src/main/use-cases/learning.ts";
import { predictionCsv } from "../../../src/main/use-cases/prediction-table.ts";
import { runRound } from "../../../src/main/use-cases/rounds.ts";
import { QUIET, type Work } from "../../../src/main/work.ts";
import { openProject, type ProjectStore } from "../../../src/store/project-store.ts";
import { closing, tinyLabels, tinyProject, tinySplits, tinyTruth, writeText } from "../fixture.ts";

const engine = createEngineHost(spawnEngineChild);
afterAll(() => engine.close());

const ENCODER = "stats";
const REVIEWER = { annotator: "ana", round: null };

/** Labels patches as they truly are: the tiny archive's file numbers follow the patch ids. */
function label(store: ProjectStore, patchIds: readonly number[]): void {
  const classes = store.classes();
  const truth = (patchId: number) => tinyTruth(Number(store.placeOf(patchId).scene.name.slice(-3)));
  const changes = patchIds.flatMap((patchId) =>
    classes.flatMap(({ id }, position) =>
      truth(patchId)[position] ? [{ patchId, classId: id, state: "present" as const }] : [],
    ),
  );
  store.changeLabels(changes, { ...REVIEWER, origin: "manual" });
  store.confirm(patchIds, true, REVIEWER);
}

async function importedProject(count: number): Promise<{ store: ProjectStore; folder: string }> {
  const { store, folder } = await tinyProject(count);
  const file = writeText(folder, "labels.csv", tinyLabels(count));
  const splits = writeText(folder, "splits.csv", tinySplits(count));
  await importLabels(store, { file, format: "csv", splits, annotator: "ana" });
  return { store, folder };
}

it("encodes once, keeps what is there, and comes back after the folder was lost", async () => {
  const { store } = await tinyProject(6);
  const first = await encodeProject(store, engine, ENCODER, QUIET);
  expect(first).toMatchObject({ count: 6, computed: 6, failures: [] });
  expect(await encodeProject(store, engine, ENCODER, QUIET)).toMatchObject({ count: 6, computed: 0 });
  rmSync(first.folder, { recursive: true });
  expect(await encodeProject(store, engine, ENCODER, QUIET)).toMatchObject({ computed: 6 });
  // A changed project seed concerns queries and training, not what is encoded already.
  store.saveSettings({ seed: 77 });
  expect(await encodeProject(store, engine, ENCODER, QUIET)).toMatchObject({ computed: 0 });
  await expect(encodeProject(store, engine, "../../elsewhere", QUIET)).rejects.toMatchObject({
    code: "invalid-input",
  });
});

it.each([
  ["damaged", () => "{ not json"],
  ["of another version of the encoder", (text: string) => text.replace(/"version": ?\d+/, '"version": 0')],
])("computes embeddings anew that are %s", async (_, spoil) => {
  const { store } = await tinyProject(6);
  const { folder } = await encodeProject(store, engine, ENCODER, QUIET);
  const manifest = join(folder, "encoder.json");
  writeFileSync(manifest, spoil(readFileSync(manifest, "utf8")));
  expect(await encodeProject(store, engine, ENCODER, QUIET)).toMatchObject({ count: 6, computed: 6 });
  expect(await encodeProject(store, engine, ENCODER, QUIET)).toMatchObject({ count: 6, computed: 0 });
});

it("runs rounds: random at first, then by the model, with a control stream that is never trained on", async () => {
  const { store } = await tinyProject(64);
  const request = { function: "entropy", options: {}, budget: 20, encoder: ENCODER };
  const first = await runRound(store, engine, request, QUIET);
  // Entropy needs a model; of 20 patches a fifth is the control stream.
  expect(first).toMatchObject({ number: 0, function: "random", model: null, predictions: null });
  expect(first.items).toHaveLength(20);
  expect(first.items.filter(({ control }) => control)).toHaveLength(4);
  expect(first.items.map(({ rank }) => rank)).toEqual(Array.from({ length: 20 }, (_, rank) => rank));
  expect(new Set(first.items.map(({ patchId }) => patchId)).size).toBe(20);

  label(
    store,
    first.items.map(({ patchId }) => patchId),
  );
  const second = await runRound(store, engine, request, QUIET);
  expect(second).toMatchObject({ number: 1, function: "entropy" });
  expect(second.model).toMatchObject({ labeled: 16, metricSource: "control", validation: 4, round: 0 });
  expect(second.predictions?.ids).toHaveLength(64);
  const before = new Set(first.items.map(({ patchId }) => patchId));
  expect(second.items.some(({ patchId }) => before.has(patchId))).toBe(false);
  expect(store.newestRound()).toMatchObject({ number: 1, modelId: second.model?.id });
  expect(store.models()).toHaveLength(1);
});

it("learns bright bands: the metrics on the val split are those of an easy task", async () => {
  const { store, folder } = await importedProject(64);
  const { model, predictions } = await learnFromLabels(store, engine, { encoder: ENCODER }, QUIET);
  expect(model).toMatchObject({ labeled: 48, metricSource: "val", validation: 16 });
  expect(model.metrics?.microF1).toBeGreaterThan(0.95);
  // Recomputed here from the predictions of the val patches.
  const classes = store.classes();
  let [truePositive, falsePositive, falseNegative] = [0, 0, 0];
  for (const id of store.patchIds({ split: "val" })) {
    const row = predictions.ids.indexOf(id);
    const truth = tinyTruth(Number(store.placeOf(id).scene.name.slice(-3)));
    for (const [position] of classes.entries()) {
      const predicted = (predictions.probabilities[row * classes.length + position] ?? 0) >= 0.5;
      if (predicted && truth[position]) truePositive++;
      if (predicted && !truth[position]) falsePositive++;
      if (!predicted && truth[position]) falseNegative++;
    }
  }
  const microF1 = (2 * truePositive) / (2 * truePositive + falsePositive + falseNegative);
  expect(model.metrics?.microF1).toBeCloseTo(microF1, 10);

  const { csv, patches } = await predictionCsv(store, engine, QUIET);
  const table = parseCsv(csv, "predictions.csv");
  expect(patches).toBe(64);
  expect(table.header).toEqual(["patch_id", "image", "window", "red", "green", "blue"]);
  expect(table.rows[0]?.slice(0, 3)).toEqual(["1", "part0/tile000", "0,0,16,16"]);
  expect(Number(table.rows[0]?.[3])).toBeCloseTo(predictions.probabilities[0] ?? -1, 4);
  expect(existsSync(join(folder, "tiny.fieldmark", "models", model.id))).toBe(true);
});

it("goes on after the engine was killed in the middle of its work, and loses no label", async () => {
  const { store } = await importedProject(64);
  const position = store.journalPosition();
  let killed = 0;
  const work: Work = {
    progress: () => {
      if (killed > 0 || engine.pid === undefined) return;
      killed = engine.pid;
      process.kill(killed, "SIGKILL");
    },
  };
  const { model } = await learnFromLabels(store, engine, { encoder: ENCODER }, work);
  expect(killed).toBeGreaterThan(0);
  expect(engine.pid).not.toBe(killed);
  expect(model.labeled).toBe(48);
  expect(store.journalPosition()).toBe(position);
  expect(store.verifyJournal()).toMatchObject({ problems: [] });
});

it("refuses to train in a project that is open for reading only", async () => {
  const { store, folder } = await importedProject(8);
  store.close();
  const reading = closing(openProject(join(folder, "tiny.fieldmark"), { readOnly: true }));
  await expect(learnFromLabels(reading, engine, { encoder: ENCODER }, QUIET)).rejects.toMatchObject({
    code: "read-only",
  });
});

it("cancels at once and can be started again", async () => {
  const { store } = await importedProject(64);
  const controller = new AbortController();
  const work: Work = { signal: controller.signal, progress: () => controller.abort() };
  await expect(learnFromLabels(store, engine, { encoder: ENCODER }, work)).rejects.toThrow("Cancelled");
  expect(store.models()).toEqual([]);
  await learnFromLabels(store, engine, { encoder: ENCODER }, QUIET);
  expect(store.models()).toHaveLength(1);
});
