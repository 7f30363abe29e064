import { describe, expect, test } from "vitest";
import { openProject } from "../../src/store/project-store.ts";
import { closing, makeProject, reviewer } from "./fixture.ts";

const item = (patchId: number, rank: number, control = false) => ({
  patchId,
  rank,
  score: 1 - rank / 10,
  reason: control ? "Drawn at random to check the model" : "The model is unsure",
  control,
});

describe("rounds", () => {
  test("count from 0, keep their query in order and survive reopening", () => {
    const { store, folder, patches } = makeProject();
    expect([store.currentRound(), store.newestRound(), store.rounds()]).toEqual([null, null, []]);
    const [p0, p1, p2] = patches as [number, number, number];
    const first = store.createRound({
      function: "random",
      options: { share: 0.5, metric: "cosine", fast: true },
      budget: 2,
      modelId: null,
      items: [item(p2, 0), item(p0, 1, true)],
    });
    expect(first).toMatchObject({
      number: 0,
      function: "random",
      options: { share: 0.5, metric: "cosine", fast: true },
      budget: 2,
      modelId: null,
      patchIds: [p2, p0],
      controlIds: [p0],
      done: 0,
    });
    store.createRound({ function: "fps", options: {}, budget: 1, modelId: null, items: [item(p1, 0)] });
    store.confirm([p2], true, reviewer);
    store.skip([p0], true, reviewer);
    store.close();
    const again = closing(openProject(folder));
    expect(again.currentRound()).toBe(1);
    expect(again.rounds().map((round) => [round.number, round.done])).toEqual([
      [0, 2],
      [1, 0],
    ]);
    expect(again.newestRound()).toMatchObject({ number: 1, function: "fps", patchIds: [p1] });
  });

  test("are saved whole or not at all", () => {
    const { store, patches } = makeProject();
    const create = () =>
      store.createRound({
        function: "random",
        options: {},
        budget: 2,
        modelId: null,
        items: [item(patches[0]!, 0), item(999, 1)],
      });
    expect(create).toThrow();
    expect(store.rounds()).toEqual([]);
  });

  test("a patch shows its newest query", () => {
    const { store, patches } = makeProject();
    const [p0, p1] = patches as [number, number];
    const add = (ids: readonly number[]) =>
      store.createRound({
        function: "random",
        options: {},
        budget: 2,
        modelId: null,
        items: ids.map((id, rank) => item(id, rank)),
      });
    add([p0, p1]);
    add([p1]);
    expect(store.items([p0, p1, patches[2]!]).map((one) => one.query)).toEqual([
      { round: 0, rank: 0, score: 1, reason: "The model is unsure", explanation: null, control: false },
      { round: 1, rank: 0, score: 1, reason: "The model is unsure", explanation: null, control: false },
      null,
    ]);
  });
});

describe("models", () => {
  const metrics = {
    microF1: 0.5,
    macroF1: 0.25,
    mAP: null,
    perClass: [{ classId: 1, precision: null, recall: 0.5, f1: null, averagePrecision: null, support: 2 }],
    samples: 12,
  };
  const model = {
    id: "m1",
    round: 0,
    function: "random",
    encoder: "rcf",
    head: "mlp",
    folder: "models/m1",
    classIds: [3, 1],
    labeled: 16,
    metrics,
    metricSource: "control",
    trainSeconds: 1.5,
    journalPosition: 40,
  } as const;

  test("are kept as they were given, newest last", () => {
    const { store, folder } = makeProject();
    expect(store.newestModel()).toBeNull();
    store.addModel(model);
    store.addModel({
      ...model,
      id: "a-later-one",
      round: 1,
      function: null,
      metrics: null,
      metricSource: "none",
    });
    expect(() => store.addModel(model)).toThrow();
    store.close();
    const again = closing(openProject(folder));
    expect(again.models()[0]).toEqual({ ...model, createdAt: expect.stringMatching(/^\d{4}-.*Z$/) });
    expect(again.models().map((one) => one.id)).toEqual(["m1", "a-later-one"]);
    expect(again.newestModel()).toMatchObject({ id: "a-later-one", metrics: null });
  });

  test("a round names the model that scored it, which must exist", () => {
    const { store, patches } = makeProject();
    const round = { function: "entropy", options: {}, budget: 1, items: [item(patches[0]!, 0)] };
    expect(() => store.createRound({ ...round, modelId: "none" })).toThrow();
    store.addModel(model);
    expect(store.createRound({ ...round, modelId: "m1" }).modelId).toBe("m1");
  });

  test("keep the facts behind a queried patch", () => {
    const { store, patches } = makeProject();
    const [p0, p1] = patches as [number, number];
    const explanation = {
      score: 0.5,
      rank: { at: 1, of: 9 },
      torn: [{ classId: 1, probability: 0.45 }],
      cluster: { index: 0, size: 4 },
      nearest: [{ patchId: p1, similarity: 0.8 }],
      change: { distance: 0.3, classes: [{ classId: 1, before: 0.2, after: 0.45 }] },
    };
    store.createRound({
      function: "mge+clustering",
      options: {},
      budget: 2,
      modelId: null,
      items: [{ ...item(p0, 0), explanation }, item(p1, 1, true)],
    });
    const [first, second] = store.items([p0, p1]);
    expect(first?.query?.explanation).toEqual(explanation);
    expect(second?.query?.explanation).toBeNull();
  });
});
