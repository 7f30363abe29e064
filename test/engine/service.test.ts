import { fork } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { childProcessPort } from "../../src/engine/ports.ts";
import { createEngineHandlers } from "../../src/engine/service.ts";
import { type EngineContract, engineContract } from "../../src/shared/contracts/engine.ts";
import { Cancelled } from "../../src/shared/errors.ts";
import { connect } from "../../src/shared/rpc/client.ts";
import type { Client } from "../../src/shared/rpc/contract.ts";
import { memoryPorts } from "../../src/shared/rpc/memory-port.ts";
import { serve } from "../../src/shared/rpc/server.ts";
import { blobs, scratchFolder, tf, writeArchive, writeEmbeddings } from "./fixture.ts";

const entry = fileURLToPath(new URL("../../src/engine/entry.ts", import.meta.url));

function overMemory(): Client<EngineContract> {
  const [near, far] = memoryPorts();
  const server = serve(
    engineContract,
    createEngineHandlers({ emit: (event, payload) => server.emit(event, payload) }),
    far,
  );
  return connect(engineContract, near);
}

function startChild() {
  const child = fork(entry, [], {
    serialization: "advanced",
    execArgv: [],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

const CLASS_IDS = [7, 8, 9];

/** A labelled archive: 60 patches, 45 of them in the pool. */
async function labelled(folder: string) {
  const { vectors, labels } = blobs(60, 10, 4, 3, 12);
  const ids = await writeEmbeddings(folder, vectors);
  const part = (from: number, to: number) => ({
    ids: ids.slice(from, to),
    states: labels.slice(from * 3, to * 3),
  });
  return { ids, labels, part };
}

const CONFIG = { functions: ["random", "auto"], initial: 8, budget: 4, rounds: 3, trials: 2, seed: 5 };
const SPLITS = Uint8Array.from({ length: 60 }, (_, i) => (i < 45 ? 0 : 1));

describe.each(["memory", "child process"] as const)("the engine over the %s port", (kind) => {
  const client = () =>
    kind === "memory" ? overMemory() : connect(engineContract, childProcessPort(startChild()));

  it("goes through the whole loop: encode, query, train, predict", async () => {
    const engine = client();
    const status = await engine.call("status");
    expect(status.encoders.map(({ id }) => id)).toEqual(["rcf", "stats"]);
    expect(status.queryFunctions.find(({ id }) => id === "mge+clustering")?.needsModel).toBe(true);
    const work = await scratchFolder();
    const patches = await writeArchive(await scratchFolder(), { count: 24, side: 32, bands: 2 });
    const embeddings = join(work, "embeddings", "stats");
    const done: number[] = [];
    const encoded = await engine.call(
      "encode",
      { patches: { ...patches, scenes: [...patches.scenes] }, encoder: "stats", seed: 1, folder: embeddings },
      { onProgress: (progress) => void done.push(progress.done) },
    );
    expect(encoded.count).toBe(24);
    expect(done.at(-1)).toBe(24);
    const base = { embeddings, kind: "multi-label" as const, seed: 2 };
    const first = await engine.call("query", {
      ...base,
      model: null,
      function: "fps",
      budget: 8,
      candidates: patches.ids.slice(0, 18),
      labeled: new Int32Array(0),
    });
    expect(new Set(first.ids).size).toBe(8);
    // Odd patches are striped (see the fixture); id 1 is patch 0.
    const matrix = (ids: Int32Array) => ({ ids, states: Int8Array.from(ids, (id) => (id + 1) % 2) });
    const model = join(work, "models", "1");
    const trained = await engine.call("train", {
      ...base,
      classIds: [3],
      train: matrix(first.ids),
      validation: matrix(patches.ids.slice(18)),
      out: model,
    });
    expect(trained.metrics?.samples).toBe(6);
    expect(trained.metrics?.microF1).toBe(1);
    const next = await engine.call("query", {
      ...base,
      model,
      function: "mge+clustering",
      budget: 5,
      candidates: patches.ids.slice(0, 18),
      labeled: first.ids,
    });
    expect(next.ids).toHaveLength(5);
    expect(next.reasons.every((reason) => reason.endsWith("."))).toBe(true);
    expect(Array.from(next.ids).some((id) => first.ids.includes(id))).toBe(false);
    const { probabilities } = await engine.call("predict", {
      embeddings,
      model,
      ids: Int32Array.of(2, 999, 1),
    });
    expect(probabilities[0]).toBeGreaterThan(0.5);
    expect(probabilities[1]).toBeNaN();
    expect(probabilities[2]).toBeLessThan(0.5);
    engine.close();
  });

  it("simulates, sends every row at once, and can be cancelled", async () => {
    const engine = client();
    const embeddings = await scratchFolder();
    const { part } = await labelled(embeddings);
    const sent: unknown[] = [];
    engine.on("simulationRow", (row) => sent.push(row));
    const request = {
      embeddings,
      kind: "multi-label" as const,
      classIds: CLASS_IDS,
      labels: part(0, 60),
      splits: SPLITS,
    };
    const { rows } = await engine.call("simulate", { ...request, config: CONFIG });
    expect(rows).toHaveLength(2 * 2 * 4);
    expect(sent).toEqual(rows);
    const controller = new AbortController();
    const cancelled = engine.call(
      "simulate",
      { ...request, config: { ...CONFIG, trials: 1000 } },
      { signal: controller.signal, onProgress: ({ done }) => void (done > 2 && controller.abort()) },
    );
    await expect(cancelled).rejects.toThrow(Cancelled);
    engine.close();
  });
});

describe("errors", () => {
  it.each([
    ["an unknown encoder", "encoder", { encoder: "magic" }],
    ["an unknown option", "filtersss", { encoder: "rcf", options: { filtersss: 3 } }],
    ["an option out of range", "filters", { encoder: "rcf", options: { filters: 1 } }],
  ])("name %s", async (_what, word, change) => {
    const patches = await writeArchive(await scratchFolder(), { count: 1, side: 16, bands: 1 });
    const call = overMemory().call("encode", {
      patches: { ...patches, scenes: [...patches.scenes] },
      seed: 1,
      folder: await scratchFolder(),
      ...change,
    });
    await expect(call).rejects.toMatchObject({
      code: "invalid-input",
      message: expect.stringContaining(word),
    });
  });

  it("tell what is missing: embeddings, a model, labels", async () => {
    const engine = overMemory();
    const empty = await scratchFolder();
    const embeddings = await scratchFolder();
    const { part, ids } = await labelled(embeddings);
    const query = {
      kind: "multi-label" as const,
      budget: 2,
      candidates: ids,
      labeled: new Int32Array(0),
      seed: 1,
    };
    await expect(
      engine.call("query", { ...query, embeddings: empty, model: null, function: "random" }),
    ).rejects.toMatchObject({ code: "no-embeddings" });
    await expect(
      engine.call("query", { ...query, embeddings, model: null, function: "entropy" }),
    ).rejects.toMatchObject({ code: "no-model" });
    await expect(
      engine.call("query", { ...query, embeddings, model: empty, function: "entropy" }),
    ).rejects.toMatchObject({ code: "no-model" });
    const train = {
      embeddings,
      kind: "multi-label" as const,
      classIds: CLASS_IDS,
      validation: part(0, 0),
      seed: 1,
      out: join(empty, "m"),
    };
    await expect(engine.call("train", { ...train, train: part(0, 0) })).rejects.toMatchObject({
      code: "no-labels",
    });
    await expect(
      engine.call("train", { ...train, train: { ids, states: new Int8Array(5) } }),
    ).rejects.toMatchObject({ code: "invalid-input" });
  });

  it("fill a query with patches that have no embedding, last", async () => {
    const embeddings = await scratchFolder();
    await labelled(embeddings);
    const { ids, scores } = await overMemory().call("query", {
      embeddings,
      model: null,
      kind: "multi-label",
      function: "auto",
      budget: 5,
      candidates: Int32Array.of(901, 1, 902, 2, 3),
      labeled: new Int32Array(0),
      seed: 1,
    });
    expect(Array.from(ids.slice(0, 3)).sort()).toEqual([1, 2, 3]);
    expect(Array.from(ids.slice(3)).sort()).toEqual([901, 902]);
    expect(Array.from(scores.slice(3))).toEqual([0, 0]);
  });

  it("say what a head can't give the coming query, before anything is written", async () => {
    const embeddings = await scratchFolder();
    const { part } = await labelled(embeddings);
    const out = join(embeddings, "model");
    const request = {
      embeddings,
      kind: "multi-label" as const,
      classIds: CLASS_IDS,
      train: part(0, 45),
      validation: part(45, 60),
      head: "kernel",
      seed: 1,
      out,
    };
    for (const [id, lacks] of [
      ["ll+clustering", /predict its own loss.*"mlp"/],
      ["bald", /dropout.*"mlp"/],
    ] as const) {
      await expect(
        overMemory().call("train", { ...request, forQuery: { function: id, options: {} } }),
      ).rejects.toMatchObject({ code: "no-model", message: expect.stringMatching(lacks) });
    }
    await expect(
      overMemory().call("train", { ...request, forQuery: { function: "ll", options: { xi: -1 } } }),
    ).rejects.toMatchObject({ code: "invalid-input", message: expect.stringContaining("xi") });
    expect(existsSync(out)).toBe(false);
  });

  it("a lost engine fails the open calls and takes no label along", async () => {
    const child = startChild();
    const engine = connect(engineContract, childProcessPort(child));
    await engine.call("status");
    const embeddings = await scratchFolder();
    const { part } = await labelled(embeddings);
    const call = engine.call(
      "simulate",
      {
        embeddings,
        kind: "multi-label",
        classIds: CLASS_IDS,
        labels: part(0, 60),
        splits: SPLITS,
        config: { ...CONFIG, trials: 1000 },
      },
      { onProgress: ({ done }) => void (done === 2 && child.kill("SIGKILL")) },
    );
    await expect(call).rejects.toMatchObject({ code: "engine-lost" });
  });
});

describe("two rounds", () => {
  it("serve what each function needs, and explain each choice", async () => {
    const embeddings = await scratchFolder();
    const { part, ids } = await labelled(embeddings);
    const engine = overMemory();
    const base = { embeddings, kind: "multi-label" as const, seed: 3 };
    const model = async (name: string, count: number, warmStart: string | null) => {
      const out = join(embeddings, name);
      const forQuery = { function: "ll+clustering", options: { lambda: 0.5, xi: 2 } };
      const sets = { train: part(0, count), validation: part(45, 60) };
      await engine.call("train", { ...base, ...sets, classIds: CLASS_IDS, forQuery, warmStart, out });
      return out;
    };
    const first = await model("first", 12, null);
    const second = await model("second", 20, first);
    const query = (name: string, previousModel: string | null, options = {}) =>
      engine.call("query", {
        ...base,
        model: second,
        previousModel,
        function: name,
        options,
        budget: 6,
        candidates: Int32Array.of(...ids.slice(20, 45), 999),
        labeled: ids.slice(0, 20),
      });
    for (const name of ["ll+clustering", "tpd+fps", "bald", "mge+clustering"]) {
      const { explanations, scores } = await query(name, first);
      expect(explanations).toHaveLength(6);
      explanations.forEach((explanation, i) => {
        expect(explanation?.score).toBeCloseTo(scores[i]!, 5);
        expect(explanation?.torn.every(({ classId }) => CLASS_IDS.includes(classId))).toBe(true);
        expect(explanation?.nearest.every(({ patchId }) => patchId <= 20)).toBe(true);
        expect(explanation?.change?.classes).toHaveLength(3);
        expect(explanation?.cluster === null).toBe(!name.endsWith("clustering"));
      });
    }
    // What TPD scores is what the card says has changed.
    const moved = await query("tpd", first);
    moved.explanations.forEach((explanation, i) => {
      expect(explanation?.change?.distance).toBeCloseTo(moved.scores[i]!, 5);
    });
    // Without an earlier model, or with one that is gone, there is nothing to compare with.
    for (const gone of [null, join(embeddings, "gone")]) {
      const { reasons, explanations } = await query("tpd", gone);
      expect(reasons.every((reason) => reason.includes("random"))).toBe(true);
      expect(explanations.every((explanation) => explanation?.change === null)).toBe(true);
    }
    const all = await query("entropy", first, {});
    expect((await query("entropy", first, {})).ids).toEqual(all.ids);
  });
});

describe("a simulation", () => {
  async function rowsOf(change: object = {}) {
    const embeddings = await scratchFolder();
    const { part } = await labelled(embeddings);
    const { rows } = await overMemory().call("simulate", {
      embeddings,
      kind: "multi-label",
      classIds: CLASS_IDS,
      labels: part(0, 60),
      splits: SPLITS,
      config: { ...CONFIG, ...change },
    });
    return rows.map(({ trainSeconds: _train, querySeconds: _query, ...row }) => row);
  }

  it("gives the same rows for the same seed, whichever other functions run beside", async () => {
    const rows = await rowsOf();
    expect(await rowsOf()).toEqual(rows);
    const alone = await rowsOf({ functions: ["auto"] });
    expect(rows.filter((row) => row.function === "auto")).toEqual(alone);
    expect(await rowsOf({ seed: 6 })).not.toEqual(rows);
  });

  it("starts all functions of a trial from the same set, and never queries val or the same patch twice", async () => {
    const rows = await rowsOf();
    const starts = rows.filter((row) => row.round === 0);
    expect(starts[0]?.queried).toEqual(
      starts.find((row) => row.function === "auto" && row.trial === 0)?.queried,
    );
    expect(starts[0]?.queried).not.toEqual(starts.find((row) => row.trial === 1)?.queried);
    for (const name of ["random", "auto"]) {
      for (const trial of [0, 1]) {
        const queried = rows
          .filter((row) => row.function === name && row.trial === trial)
          .flatMap((row) => row.queried);
        expect(new Set(queried).size).toBe(queried.length);
        expect(queried).toHaveLength(8 + 3 * 4);
        expect(Math.max(...queried)).toBeLessThanOrEqual(45);
      }
    }
  });

  it("stops when the pool is empty, or when the wanted F1 is reached", async () => {
    const emptied = await rowsOf({ functions: ["random"], trials: 1, rounds: 100, budget: 20 });
    expect(emptied.map((row) => row.labeled)).toEqual([8, 28, 45]);
    const reached = await rowsOf({ functions: ["random"], trials: 1, rounds: 100, untilF1: 0.01 });
    expect(reached).toHaveLength(1);
  });

  it("hands every function its own options, and refuses what none has", async () => {
    const mixed = { functions: ["random", "entropy+clustering"], trials: 1, rounds: 1 };
    expect(await rowsOf({ ...mixed, options: { beta: 5 } })).toHaveLength(4);
    await expect(rowsOf({ ...mixed, options: { beta: 0 } })).rejects.toMatchObject({ code: "invalid-input" });
    await expect(rowsOf({ ...mixed, options: { gamma: 1 } })).rejects.toThrow(/gamma/);
  });

  it("trains each function's head as it needs it, from fresh weights or from the last round's", async () => {
    const settings = { trials: 1, rounds: 2, headId: "mlp", head: { epochs: 3, calibrate: false } };
    const functions = ["ll+clustering", "tpd+clustering", "bald+fps"];
    const cold = await rowsOf({ ...settings, functions, options: { xi: 0.5, passes: 3, beta: 2 } });
    expect(cold).toHaveLength(9);
    const warm = await rowsOf({ ...settings, functions: ["random"], warmStart: true });
    const fresh = await rowsOf({ ...settings, functions: ["random"] });
    expect(warm[0]).toEqual(fresh[0]);
    expect(warm.slice(1).map(({ mAP }) => mAP)).not.toEqual(fresh.slice(1).map(({ mAP }) => mAP));
    await expect(
      rowsOf({ ...settings, headId: "kernel", head: {}, functions: ["ll"] }),
    ).rejects.toMatchObject({ code: "no-model" });
  });

  it("leaves nothing on the device over rounds", async () => {
    await rowsOf({ trials: 1 });
    const before = tf.memory().numTensors;
    const functions = ["mge+clustering", "badge", "ll+clustering", "bald", "tpd+fps"];
    await rowsOf({ trials: 1, headId: "mlp", head: { epochs: 3 }, functions });
    expect(tf.memory().numTensors).toBe(before);
  });
});
