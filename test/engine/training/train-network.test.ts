import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openEmbeddings } from "../../../src/engine/embeddings/embedding-set.ts";
import { readModel } from "../../../src/engine/heads/model-folder.ts";
import { featuresFolder } from "../../../src/engine/training/features.ts";
import { trainNetwork } from "../../../src/engine/training/train-network.ts";
import { QUIET_WORK, type Work } from "../../../src/engine/work.ts";
import { Cancelled } from "../../../src/shared/errors.ts";
import { tf } from "../fixture.ts";
import { REASON, withoutNative } from "../networks/native.ts";
import { labelsOf, trainingScene } from "./scene.ts";

/** Cancels when so many batches are done. */
function cancelAfter(batches: number): Work {
  const controller = new AbortController();
  return {
    signal: controller.signal,
    progress: ({ done, message }) => {
      if (message.startsWith("Training") && done === batches) controller.abort();
    },
  };
}

const LL = { function: "ll", options: { lambda: 0.5 } };

describe.skipIf(withoutNative)(`training a network (${REASON})`, { timeout: 120_000 }, () => {
  it.each([
    ["in the middle of an epoch", 3, { momentum: 0.5 }],
    ["after an epoch, with held-out patches", 4, { earlyStopping: true }],
  ])("goes on %s with the same weights as an undisturbed run", async (_, batches, options) => {
    const { request, work } = await trainingScene({ forQuery: LL });
    const asked = {
      ...request,
      options: { ...request.options, ...options, epochs: 2, batchSize: 5, dropout: 0.2 },
    };
    const file = join(work, "unfinished");
    const checkpoint = { file, everySeconds: 0 };
    await expect(trainNetwork({ ...asked, checkpoint }, tf, cancelAfter(batches))).rejects.toThrow(Cancelled);
    const resumed = await trainNetwork({ ...asked, checkpoint, out: join(work, "resumed") }, tf, QUIET_WORK);
    const whole = await trainNetwork(asked, tf, QUIET_WORK);
    expect(resumed.resumedEpochs).toBeGreaterThan(0);
    expect(whole.resumedEpochs).toBe(0);
    expect(resumed.loss).toBe(whole.loss);
    const [one, other] = [await readModel(join(work, "resumed")), await readModel(asked.out)];
    expect(one.state.config).toEqual(other.state.config);
    expect(Object.keys(one.state.arrays)).toContain("loss module/FC1.weight");
    for (const [name, values] of Object.entries(other.state.arrays)) {
      expect(Buffer.from(one.state.arrays[name]!.buffer).equals(Buffer.from(values.buffer)), name).toBe(true);
    }
  });

  it("keeps no tensors, whether it ends or fails", async () => {
    const { request, patches } = await trainingScene({ forQuery: LL });
    const options = { epochs: 1, batchSize: 6 };
    const asked = { ...request, options, validation: labelsOf(patches.ids.slice(12)) };
    const before = tf.memory().numTensors;
    await trainNetwork(asked, tf, QUIET_WORK);
    await expect(trainNetwork(asked, tf, cancelAfter(1))).rejects.toThrow(Cancelled);
    expect(tf.memory().numTensors).toBe(before);
  });

  it("learns stripes, writes features of the validation patches, and measures on them", async () => {
    const { request, patches } = await trainingScene(
      {
        options: { epochs: 8, batchSize: 4, learningRate: 0.05, momentum: 0.9 },
        classIds: [4],
        classNames: ["striped"],
      },
      24,
    );
    const stripes = (ids: Int32Array) => ({
      ids,
      states: Int8Array.from(ids, (id) => (id % 2 === 0 ? 1 : 0)),
    });
    const asked = {
      ...request,
      train: stripes(patches.ids.slice(0, 16)),
      validation: stripes(patches.ids.slice(16)),
    };
    const { metrics } = await trainNetwork(asked, tf, QUIET_WORK);
    expect(metrics?.samples).toBe(8);
    expect(metrics?.microF1).toBe(1);
    const { description, state } = await readModel(asked.out);
    expect(description.metrics).toEqual(metrics);
    expect(state.config).toMatchObject({ network: "resnet-18", features: 512, classNames: ["striped"] });
    const set = await openEmbeddings(featuresFolder(asked.out));
    expect([set.count, set.dimensions]).toEqual([8, 512]);
    await set.close();
  });

  it("starts warm from the last model, with its pixels and the classes that both know", async () => {
    const { request, work } = await trainingScene({ options: { epochs: 1, batchSize: 6 } });
    await trainNetwork(request, tf, QUIET_WORK);
    const first = await readModel(request.out);
    const next = {
      ...request,
      options: { ...request.options, learningRate: 1e-6 },
      classIds: [9, 5],
      warmStart: request.out,
      out: join(work, "next"),
    };
    const { notes } = await trainNetwork(next, tf, QUIET_WORK);
    expect(notes).toEqual([]);
    const second = await readModel(next.out);
    expect(second.state.config.form).toEqual(first.state.config.form);
    const [was, is] = [first.state.arrays["fc.weight"]!, second.state.arrays["fc.weight"]!];
    // Column 1 of the first model is class 9, column 0 of the second one; a tiny step changes nothing to speak of.
    for (let row = 0; row < 512; row++) expect(is[row * 2]).toBeCloseTo(was[row * 2 + 1]!, 4);
    const foreign = {
      ...next,
      network: "resnet50",
      options: { epochs: 1, side: 32 },
      out: join(work, "foreign"),
    };
    expect((await trainNetwork(foreign, tf, QUIET_WORK)).notes).toEqual([
      expect.stringContaining("fresh weights"),
    ]);
  });

  it("says before the training what its options can't give", async () => {
    const { request } = await trainingScene({ forQuery: { function: "bald", options: {} } });
    await expect(trainNetwork(request, tf, QUIET_WORK)).rejects.toMatchObject({
      code: "no-model",
      message: expect.stringContaining("dropout"),
    });
    await expect(trainNetwork({ ...request, network: "vgg" }, tf, QUIET_WORK)).rejects.toMatchObject({
      code: "invalid-input",
      message: expect.stringContaining("resnet-18"),
    });
    await expect(
      trainNetwork({ ...request, forQuery: null, train: labelsOf(Int32Array.of(999)) }, tf, QUIET_WORK),
    ).rejects.toMatchObject({ code: "no-labels" });
  });
});
