import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { createEngineHost, type EngineHost } from "../../../src/main/engine-host/engine-host.ts";
import { spawnEngineChild } from "../../../src/main/engine-host/spawn-child.ts";
import { loadDecisions } from "../../../src/main/model-decisions.ts";
import { runRound } from "../../../src/main/use-cases/rounds.ts";
import { seedFor } from "../../../src/main/use-cases/training.ts";
import { QUIET } from "../../../src/main/work.ts";
import type { EngineContract } from "../../../src/shared/contracts/engine.ts";
import type { CallName } from "../../../src/shared/rpc/contract.ts";
import type { ProjectStore } from "../../../src/store/project-store.ts";
import { tinyProject, tinyTruth } from "../fixture.ts";

const engine = createEngineHost(spawnEngineChild);
afterAll(() => engine.close());

const ROUND = { function: "entropy", options: {}, budget: 12, encoder: "stats", head: "kernel" };

function label(store: ProjectStore, patchIds: readonly number[]): void {
  const author = { annotator: "ana", round: store.currentRound() };
  const classes = store.classes();
  const changes = patchIds.flatMap((patchId) => {
    const truth = tinyTruth(Number(store.placeOf(patchId).scene.name.slice(-3)));
    return classes.flatMap(({ id }, position) =>
      truth[position] ? [{ patchId, classId: id, state: "present" as const }] : [],
    );
  });
  store.changeLabels(changes, { ...author, origin: "manual" });
  store.confirm(patchIds, true, author);
}

/** The same engine; something happens in main while the child works on the call. */
function whileCalling(name: CallName<EngineContract>, happens: () => void): EngineHost {
  return {
    ...engine,
    pid: engine.pid,
    call: (asked, input, options) => {
      const answer = engine.call(asked, input, options);
      if (asked === name) happens();
      return answer;
    },
  };
}

async function halfLabelled() {
  const { store } = await tinyProject(64);
  store.saveSettings({ controlShareEarly: 0.25 });
  const { items } = await runRound(store, engine, ROUND, QUIET);
  const ids = items.map(({ patchId }) => patchId);
  label(store, ids.slice(0, 8));
  return { store, before: ids.slice(0, 8), open: ids.slice(8) };
}

it("loses no label that is given while it trains, and lets none into the model", async () => {
  const { store, open } = await halfLabelled();
  const snapshot = {
    training: store.trainingIds(),
    states: store.labelMatrix(store.trainingIds()),
    position: store.journalPosition(),
  };
  const [corrected] = snapshot.training;
  const classes = store.classes();
  const wrong = classes.map(({ id }) => ({ patchId: corrected ?? 0, classId: id, state: "absent" as const }));
  const round = await runRound(
    store,
    whileCalling("train", () => {
      label(store, open);
      // A label that the model learns from just now is changed, too.
      store.changeLabels(wrong, { annotator: "ana", round: 0, origin: "manual" });
    }),
    ROUND,
    QUIET,
  );

  // The labels are there, in the journal and in what the next model will learn from.
  for (const id of open) expect(store.patchIds({ status: "confirmed" })).toContain(id);
  expect(store.trainingIds().length).toBeGreaterThan(snapshot.training.length);
  expect([...store.labelMatrix([corrected ?? 0])]).toEqual([0, 0, 0]);
  expect(store.journalPosition()).toBeGreaterThan(snapshot.position);

  // The model says itself that it does not know them …
  expect(round.model?.labeled).toBe(snapshot.training.length);
  expect(store.newestModel()).toMatchObject({
    labeled: snapshot.training.length,
    journalPosition: snapshot.position,
  });
  const kept = await loadDecisions(join(store.paths.models, round.model?.id ?? ""));
  expect(kept?.trainedOn).toEqual(snapshot.training);
  // … and it is the very model that the labels of before give.
  const out = join(store.paths.cache, "reference");
  await engine.call("train", {
    embeddings: join(store.paths.embeddings, "stats"),
    kind: "multi-label",
    classIds: classes.map(({ id }) => id),
    train: { ids: snapshot.training, states: snapshot.states },
    validation: { ids: new Int32Array(0), states: new Int8Array(0) },
    head: "kernel",
    forQuery: { function: "entropy", options: {} },
    seed: seedFor(store, "train-1"),
    out,
  });
  const reference = await engine.call("predict", {
    embeddings: join(store.paths.embeddings, "stats"),
    model: out,
    ids: round.predictions?.ids ?? new Int32Array(0),
  });
  expect(round.predictions?.probabilities).toEqual(reference.probabilities);

  // What was labelled meanwhile is not proposed again.
  expect(round.items.filter(({ patchId }) => open.includes(patchId))).toEqual([]);
});

it("keeps labels that are given while it queries, and counts them as done in the new round", async () => {
  const { store, before } = await halfLabelled();
  let labelled: number[] = [];
  const round = await runRound(
    store,
    whileCalling("query", () => {
      labelled = Array.from(store.candidateIds());
      label(store, labelled);
    }),
    ROUND,
    QUIET,
  );
  expect(round.model?.labeled).toBe(
    before.length - store.controlIds().filter((id) => before.includes(id)).length,
  );
  expect(store.patchIds({ status: "confirmed" })).toHaveLength(before.length + labelled.length);
  expect(store.newestRound()).toMatchObject({ number: 1, done: round.items.length });
  // Those drawn for the control stream were drawn before they were labelled, and are never trained on.
  const training = new Set(store.trainingIds());
  for (const { patchId, control } of round.items) expect(training.has(patchId)).toBe(!control);
});

it("may propose open patches of the round before when it is asked early, but none of its control stream", async () => {
  const { store, open } = await halfLabelled();
  const controls = new Set(store.controlIds());
  const request = { ...ROUND, budget: 64 };
  const { items } = await runRound(store, engine, request, QUIET);
  const proposed = new Set(items.map(({ patchId }) => patchId));
  for (const id of open) expect(proposed.has(id)).toBe(!controls.has(id));
});
