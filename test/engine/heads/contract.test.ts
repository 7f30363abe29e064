import { describe, expect, it } from "vitest";
import { type HeadContext, NO_NEEDS, type TrainingData } from "../../../src/engine/heads/head.ts";
import { HEADS } from "../../../src/engine/heads/index.ts";
import { DECISION_THRESHOLD } from "../../../src/engine/metrics/metrics.ts";
import { QUIET_WORK } from "../../../src/engine/work.ts";
import type { OptionValues, ProjectKind } from "../../../src/shared/domain/learning.ts";
import { Cancelled } from "../../../src/shared/errors.ts";
import { createRandom } from "../../../src/shared/random.ts";
import { blobs, tf, vectorsOf } from "../fixture.ts";

const FAST: Readonly<Record<string, OptionValues>> = { mlp: { epochs: 40 } };

function context(kind: ProjectKind, seed = 1): HeadContext {
  return { tf, kind, random: createRandom(seed), work: QUIET_WORK, warmStart: null, needs: NO_NEEDS };
}

describe.each(HEADS.map((head) => [head.id, head] as const))("head %s", (id, head) => {
  const options = head.options.parse(FAST[id] ?? {});

  async function trainAndPredict(data: TrainingData, kind: ProjectKind, on = data.vectors) {
    const trained = await head.train(data, options, context(kind));
    const open = head.open(trained.state, kind, tf);
    return { trained, open, probabilities: open.probabilities(on) };
  }

  it("learns separable classes and generalises to new patches", async () => {
    const { vectors, labels } = blobs(80, 12, 4, 3, 5);
    const half = { ...vectors, values: vectors.values.subarray(0, 40 * 12), count: 40 };
    const rest = { ...vectors, values: vectors.values.subarray(40 * 12), count: 40 };
    const data = { vectors: half, labels: labels.subarray(0, 120), classes: 3 };
    const { probabilities, open } = await trainAndPredict(data, "multi-label", rest);
    const wrong = probabilities.filter((p, i) => (p >= DECISION_THRESHOLD ? 1 : 0) !== labels[120 + i]);
    expect(wrong.length).toBeLessThanOrEqual(6);
    const features = open.features(rest);
    expect(features.count).toBe(40);
    expect(features.values.every(Number.isFinite)).toBe(true);
  });

  it("gives rows that add up to 1 and the right class in single-label projects", async () => {
    const { vectors, kinds } = blobs(60, 12, 3, 1, 6);
    const labels = Int8Array.from({ length: 180 }, (_, i) => (kinds[Math.floor(i / 3)] === i % 3 ? 1 : 0));
    const { probabilities } = await trainAndPredict({ vectors, labels, classes: 3 }, "single-label");
    let right = 0;
    for (let row = 0; row < 60; row++) {
      const own = Array.from(probabilities.subarray(row * 3, row * 3 + 3));
      expect(own.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
      if (own.indexOf(Math.max(...own)) === kinds[row]) right++;
    }
    expect(right).toBeGreaterThanOrEqual(55);
  });

  it("does not let masked labels teach anything", async () => {
    const { vectors, labels } = blobs(40, 8, 4, 3, 7);
    const masked = labels.map((label, i) => (i % 3 === 1 && i > 60 ? -1 : label));
    const poisoned = { vectors, labels: masked, classes: 3 };
    const { probabilities } = await trainAndPredict(poisoned, "multi-label");
    expect(probabilities.every((p) => p >= 0 && p <= 1)).toBe(true);
    const allMasked = labels.map((label, i) => (i % 3 === 2 ? -1 : label));
    const blind = await trainAndPredict({ vectors, labels: allMasked, classes: 3 }, "multi-label");
    expect(blind.probabilities.every((p) => p >= 0 && p <= 1)).toBe(true);
  });

  it.each([
    ["one class", 1, [1, 0, 1, 0]],
    ["only positives", 1, [1, 1, 1, 1]],
    ["only negatives", 2, [0, 0, 0, 0, 0, 0, 0, 0]],
    ["nothing reviewed", 1, [-1, -1, -1, -1]],
  ] as const)("copes with %s", async (_name, classes, states) => {
    const vectors = vectorsOf([
      [1, 2],
      [2, 1],
      [-1, 0],
      [0, 0],
    ]);
    for (const kind of ["multi-label", "single-label"] as const) {
      const { probabilities } = await trainAndPredict(
        { vectors, labels: Int8Array.from(states), classes },
        kind,
      );
      expect(probabilities).toHaveLength(4 * classes);
      expect(probabilities.every((p) => p >= 0 && p <= 1)).toBe(true);
    }
  });

  it("copes with a single patch and with identical ones", async () => {
    const single = { vectors: vectorsOf([[0.5, 1]]), labels: Int8Array.of(1, 0), classes: 2 };
    expect((await trainAndPredict(single, "multi-label")).probabilities.every(Number.isFinite)).toBe(true);
    const same = {
      vectors: vectorsOf([
        [1, 1],
        [1, 1],
        [1, 1],
      ]),
      labels: Int8Array.of(1, 0, 1),
      classes: 1,
    };
    expect((await trainAndPredict(same, "multi-label")).probabilities.every(Number.isFinite)).toBe(true);
  });

  it("gives the same for the same seed, after a way through JSON too", async () => {
    const { vectors, labels } = blobs(30, 600, 3, 2, 8);
    const data = { vectors, labels, classes: 2 };
    const first = await trainAndPredict(data, "multi-label");
    const second = await head.train(data, options, context("multi-label"));
    const config: Record<string, unknown> = JSON.parse(JSON.stringify(second.state.config));
    const again = head
      .open({ config, arrays: second.state.arrays }, "multi-label", tf)
      .probabilities(vectors);
    expect(again).toEqual(first.probabilities);
    expect(first.trained.loss).toBeGreaterThanOrEqual(0);
    expect(first.trained.epochs).toBeGreaterThanOrEqual(1);
  });

  it("leaves nothing on the device", async () => {
    const { vectors, labels } = blobs(30, 16, 3, 2, 9);
    const before = tf.memory().numTensors;
    const { open } = await trainAndPredict({ vectors, labels, classes: 2 }, "multi-label");
    open.features(vectors);
    expect(tf.memory().numTensors).toBe(before);
  });

  it("continues from earlier weights and can be cancelled", async () => {
    const { vectors, labels } = blobs(30, 16, 3, 2, 9);
    const data = { vectors, labels, classes: 2 };
    const { trained } = await trainAndPredict(data, "multi-label");
    const warm = await head.train(data, options, { ...context("multi-label"), warmStart: trained.state });
    expect(head.open(warm.state, "multi-label", tf).probabilities(vectors)).toHaveLength(60);
    const cancelled = { ...QUIET_WORK, signal: AbortSignal.abort() };
    const before = tf.memory().numTensors;
    await expect(head.train(data, options, { ...context("multi-label"), work: cancelled })).rejects.toThrow(
      Cancelled,
    );
    expect(tf.memory().numTensors).toBe(before);
  });
});
