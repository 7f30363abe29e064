import { rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createPatchReader } from "../../../src/archive/patch-reader.ts";
import { standardise } from "../../../src/engine/encoders/band-scaling.ts";
import { readModel } from "../../../src/engine/heads/model-folder.ts";
import { createEngineHandlers } from "../../../src/engine/service.ts";
import { computeFeatures, featuresFolder } from "../../../src/engine/training/features.ts";
import { openNetwork, parseNetworkConfig } from "../../../src/engine/training/network-model.ts";
import { trainNetwork } from "../../../src/engine/training/train-network.ts";
import { QUIET_WORK } from "../../../src/engine/work.ts";
import { engineContract } from "../../../src/shared/contracts/engine.ts";
import { connect } from "../../../src/shared/rpc/client.ts";
import { memoryPorts } from "../../../src/shared/rpc/memory-port.ts";
import { serve } from "../../../src/shared/rpc/server.ts";
import { tf } from "../fixture.ts";
import { REASON, withoutNative } from "../networks/native.ts";
import { CLASS_IDS, labelsOf, trainingScene } from "./scene.ts";

function overMemory() {
  const [near, far] = memoryPorts();
  serve(engineContract, createEngineHandlers({ emit: () => {} }), far);
  return connect(engineContract, near);
}
const engine = overMemory();

describe.skipIf(withoutNative)(`rounds with networks (${REASON})`, { timeout: 120_000 }, () => {
  it("query, predict and explain by the features of two networks", async () => {
    const { request, patches, work } = await trainingScene({
      forQuery: { function: "ll+clustering", options: {} },
      options: { epochs: 6, batchSize: 4, dropout: 0.3, learningRate: 0.002 },
    });
    await trainNetwork(request, tf, QUIET_WORK);
    const second = {
      ...request,
      train: labelsOf(patches.ids.slice(0, 14)),
      seed: 8,
      out: join(work, "models", "2"),
    };
    await trainNetwork(second, tf, QUIET_WORK);
    for (const model of [request.out, second.out]) {
      const { count, dimensions } = await computeFeatures({ patches: [patches], model }, tf, QUIET_WORK);
      expect([count, dimensions]).toEqual([20, 513]);
      // Whatever is there already is not computed again.
      expect(await computeFeatures({ patches: [patches], model }, tf, QUIET_WORK)).toMatchObject({
        computed: 0,
      });
    }
    const probabilities = async (model: string) =>
      (await engine.call("predict", { embeddings: featuresFolder(model), model, ids: patches.ids }))
        .probabilities;
    const [before, now] = [await probabilities(request.out), await probabilities(second.out)];

    // The same by the network itself, image by image.
    const stored = await readModel(second.out);
    const { network, lossModule, dispose } = openNetwork(tf, stored);
    const { form } = parseNetworkConfig(stored.state);
    const reader = createPatchReader(patches.root);
    const ranks: number[] = [];
    for (const [row, scene] of patches.scenes.entries()) {
      const image = await reader.read(scene, { x: 0, y: 0, width: 32, height: 32 });
      const outputs = network.infer(tf.tensor4d(standardise(image, form.scaling), [1, 32, 32, 2]), {
        taps: true,
      });
      outputs.logits.dataSync().forEach((logit, c) => {
        expect(now[row * 2 + c]).toBeCloseTo(1 / (1 + Math.exp(-logit)), 4);
      });
      ranks.push(lossModule!.infer(outputs.taps).dataSync()[0]!);
    }
    dispose();
    await reader.close();

    const candidates = patches.ids.slice(14);
    const query = (name: string, previousModel: string | null = request.out) =>
      engine.call("query", {
        embeddings: featuresFolder(second.out),
        model: second.out,
        previousModel,
        kind: "multi-label",
        function: name,
        options: {},
        budget: 3,
        candidates,
        labeled: patches.ids.slice(0, 14),
        seed: 1,
      });
    const moved = await query("tpd");
    moved.ids.forEach((id, i) => {
      const row = (id - 1) * 2;
      const distance = Math.hypot(now[row]! - before[row]!, now[row + 1]! - before[row + 1]!);
      expect(moved.scores[i]).toBeCloseTo(distance, 5);
      expect(moved.explanations[i]?.change?.distance).toBeCloseTo(distance, 5);
      expect(moved.explanations[i]?.nearest).toHaveLength(3);
    });
    const ranked = await query("ll");
    ranked.ids.forEach((id, i) => {
      expect(Math.abs(ranked.scores[i]! / ranks[id - 1]! - 1)).toBeLessThan(1e-3);
    });
    for (const name of ["ll+clustering", "mge+clustering", "bald", "badge", "typiclust", "auto", "random"]) {
      const { ids, scores } = await query(name);
      expect([new Set(ids).size, Array.from(scores).every(Number.isFinite)], name).toEqual([3, true]);
    }
    await rm(featuresFolder(request.out), { recursive: true });
    expect((await query("tpd")).reasons.every((reason) => reason.includes("random"))).toBe(true);
  });

  it("simulates on pixels, reproducibly, warm and cold", async () => {
    const { patches } = await trainingScene({}, 24);
    const simulate = async (functions: string[], warmStart: boolean) => {
      const { rows } = await engine.call("simulate", {
        embeddings: "/nowhere",
        patches: [{ ...patches, scenes: [...patches.scenes] }],
        kind: "multi-label",
        classIds: CLASS_IDS,
        labels: labelsOf(patches.ids),
        splits: Uint8Array.from(patches.ids, (id) => (id > 16 ? 1 : 0)),
        config: {
          functions,
          network: { id: "resnet-18", options: { epochs: 4, batchSize: 4, learningRate: 0.002 } },
          warmStart,
          initial: 6,
          budget: 3,
          rounds: 2,
          trials: 1,
          seed: 3,
        },
      });
      return rows.map(({ trainSeconds: _train, querySeconds: _query, ...row }) => row);
    };
    const warm = await simulate(["tpd"], true);
    expect(warm.map(({ labeled }) => labeled)).toEqual([6, 9, 12]);
    expect(await simulate(["tpd"], true)).toEqual(warm);
    const cold = await simulate(["ll+clustering"], false);
    expect(new Set(cold.flatMap(({ queried }) => queried)).size).toBe(12);
  });
});
