import { describe, expect, it } from "vitest";
import type { Tensor2D } from "../../../src/engine/backends/index.ts";
import { NO_NEEDS } from "../../../src/engine/heads/head.ts";
import { mlp } from "../../../src/engine/heads/mlp/index.ts";
import {
  drawPairs,
  freshLossWeights,
  LOSS_WEIGHT_NAMES,
  pairGradients,
  pairLosses,
  predictRanks,
} from "../../../src/engine/heads/mlp/loss-module.ts";
import { toTensors } from "../../../src/engine/heads/mlp/network.ts";
import { stepGradients } from "../../../src/engine/heads/mlp/training.ts";
import { QUIET_WORK } from "../../../src/engine/work.ts";
import { createRandom } from "../../../src/shared/random.ts";
import { blobs, normalVectors, tf } from "../fixture.ts";

const HIDDEN = 7;
const random = createRandom(3);
const taps = tf.tensor2d(normalVectors(5, HIDDEN, random).values, [5, HIDDEN]);
const losses = tf.tensor2d([0.3, 1.2, 0.7, 0.7, 0.1], [5, 1]);
/** Pairs (0, 1), (2, 3) and (4, 1); the second has equal losses. */
const pairs = tf.tensor2d(
  [
    [1, -1, 0, 0, 0],
    [0, 0, 1, -1, 0],
    [0, -1, 0, 0, 1],
  ],
  [3, 5],
);
const OPTIONS = { lambda: 0.5, xi: 1 };

describe("the pair loss", () => {
  it("is that of a hand computation", () => {
    const ranks = tf.tensor2d([0.2, 0.9, 3, 1, 2], [5, 1]);
    const values = Array.from(pairLosses(tf, ranks, losses, pairs, 1).dataSync());
    // l₀ < l₁: max(0, (0.2 − 0.9) + 1); equal losses: ξ; l₄ < l₁: max(0, (2 − 0.9) + 1).
    [0.3, 1, 2.1].forEach((value, pair) => void expect(values[pair]).toBeCloseTo(value, 6));
    const apart = tf.tensor2d([-5, 5, 0, 0, -5], [5, 1]);
    expect(Array.from(pairLosses(tf, apart, losses, pairs, 1).dataSync())).toEqual([0, 1, 0]);
  });

  it("has the gradients of automatic differentiation", () => {
    const weights = freshLossWeights(tf, HIDDEN, random);
    const own = pairGradients(tf, weights, taps, losses, pairs, OPTIONS);
    const recorded = tf.grads((a, b, c, d, x) => {
      const all = { lossHidden: a, lossHiddenBias: b, lossOutput: c, lossOutputBias: d } as typeof weights;
      const ranks = predictRanks(tf, all, x as Tensor2D);
      return tf.mul(tf.mean(pairLosses(tf, ranks, losses, pairs, OPTIONS.xi)), OPTIONS.lambda).asScalar();
    })([...LOSS_WEIGHT_NAMES.map((name) => weights[name]), taps]);
    const mine = [...LOSS_WEIGHT_NAMES.map((name) => own.weights[name]), own.taps];
    mine.forEach((gradient, i) => {
      expect(tf.max(tf.abs(tf.sub(gradient, recorded[i]!))).dataSync()[0]).toBeLessThan(1e-6);
    });
    expect(tf.max(tf.abs(own.taps)).dataSync()[0]).toBeGreaterThan(1e-4);
  });

  it("pairs every row once, an odd one left out, and only rows with a loss", () => {
    const drawn = drawPairs(tf, [0, 2, 3, 5, 6], 7, createRandom(1));
    const rows = drawn!.arraySync();
    expect(rows).toHaveLength(2);
    const used = rows.flatMap((row) => {
      expect(row.reduce((sum, value) => sum + value, 0)).toBe(0);
      return [row.indexOf(1), row.indexOf(-1)];
    });
    expect(new Set(used).size).toBe(4);
    expect(used.every((row) => [0, 2, 3, 5, 6].includes(row))).toBe(true);
    expect(drawPairs(tf, [4], 7, createRandom(1))).toBeNull();
  });
});

describe("the gradient of a step", () => {
  const shape = { inputs: 4, hidden: HIDDEN, classes: 2 };
  const normals = (count: number) => normalVectors(1, count, random).values;
  const weights = toTensors(
    tf,
    {
      hidden: normals(4 * HIDDEN),
      hiddenBias: normals(HIDDEN),
      output: normals(2 * HIDDEN),
      outputBias: normals(2),
    },
    shape,
  );
  const batch = {
    inputs: tf.tensor2d(normals(20), [5, 4]),
    targets: tf.tensor2d([1, 0, 0, 1, 1, 1, 0, 0, 1, 0], [5, 2]),
    importance: tf.tensor2d(new Float32Array(10).fill(0.1), [5, 2]),
    perRow: tf.tensor2d(new Float32Array(5).fill(5), [5, 1]),
  };
  const module = freshLossWeights(tf, HIDDEN, random);
  const part = (reaches: boolean) => ({ weights: module, pairs, options: OPTIONS, reaches });
  const step = (reaches: boolean | null) =>
    stepGradients(tf, weights, batch, null, reaches === null ? null : part(reaches), "multi-label");

  it("stops before the classifier where it should, while the module goes on learning", () => {
    const without = step(null);
    const stopped = step(false);
    const reaching = step(true);
    for (const name of ["hidden", "hiddenBias", "output", "outputBias"] as const) {
      expect(stopped.classifier[name].dataSync()).toEqual(without.classifier[name].dataSync());
    }
    expect(reaching.classifier.hidden.dataSync()).not.toEqual(without.classifier.hidden.dataSync());
    // The last layer of the classifier lies behind the taps.
    expect(reaching.classifier.output.dataSync()).toEqual(without.classifier.output.dataSync());
    expect(stopped.lossModule!.lossHidden.dataSync()).toEqual(reaching.lossModule!.lossHidden.dataSync());
  });

  it("is that of mean loss + λ·mean pair loss, with the losses of the pairs as constants", () => {
    const { classifier } = step(true);
    const bce = (hidden: Tensor2D) => {
      const h = tf.relu(tf.add(tf.matMul(batch.inputs, hidden), weights.hiddenBias)) as Tensor2D;
      const scores = tf.add(tf.matMul(h, weights.output), weights.outputBias);
      return { h, entries: tf.sub(tf.softplus(scores), tf.mul(scores, batch.targets)) };
    };
    const constants = tf.mean<Tensor2D>(bce(weights.hidden).entries, 1, true);
    const [recorded] = tf.grads((hidden) => {
      const { h, entries } = bce(hidden as Tensor2D);
      const pair = tf.mean(pairLosses(tf, predictRanks(tf, module, h), constants, pairs, OPTIONS.xi));
      return tf.add(tf.mean(entries), tf.mul(pair, OPTIONS.lambda)).asScalar();
    })([weights.hidden]);
    expect(tf.max(tf.abs(tf.sub(classifier.hidden, recorded!))).dataSync()[0]).toBeLessThan(1e-6);
  });
});

describe("the small network with a loss module", () => {
  const { vectors, labels } = blobs(60, 8, 4, 3, 5);
  const data = { vectors, labels, classes: 3 };
  const needs = { lossModule: { lambda: 1, xi: 1 }, passes: false };
  const context = { tf, kind: "multi-label" as const, work: QUIET_WORK, warmStart: null };
  const options = mlp.options.parse({ epochs: 40, calibrate: false });

  it("ranks patches with wrong labels above the others", async () => {
    // Kind 1 has labels that contradict one another: nobody can predict them.
    const torn = labels.map((label, i) =>
      Math.floor(i / 3) % 4 === 1 && Math.floor(i / 12) % 2 === 0 ? 1 - label : label,
    ) as Int8Array;
    const trained = await mlp.train({ ...data, labels: torn }, options, {
      ...context,
      needs,
      random: createRandom(1),
    });
    const before = tf.memory().numTensors;
    const ranks = mlp.open(trained.state, "multi-label", tf).lossRanks!(vectors);
    expect(tf.memory().numTensors).toBe(before);
    const meanOf = (kind: number) =>
      ranks.reduce((sum, rank, row) => sum + (row % 4 === kind ? rank / 15 : 0), 0);
    for (const kind of [0, 2, 3]) expect(meanOf(1)).toBeGreaterThan(meanOf(kind) + 0.1);
  });

  it("has one only where it was asked for, and keeps it in a warm start", async () => {
    const plain = await mlp.train(data, options, { ...context, needs: NO_NEEDS, random: createRandom(1) });
    expect(mlp.open(plain.state, "multi-label", tf).lossRanks).toBeUndefined();
    const first = await mlp.train(data, options, { ...context, needs, random: createRandom(1) });
    const short = mlp.options.parse({ epochs: 1, learningRate: 1e-6, calibrate: false });
    const next = await mlp.train(data, short, {
      ...context,
      needs,
      random: createRandom(2),
      warmStart: first.state,
    });
    const [old, now] = [first, next].map(({ state }) =>
      mlp.open(state, "multi-label", tf).lossRanks!(vectors),
    );
    now!.forEach((rank, row) => void expect(rank).toBeCloseTo(old![row]!, 2));
  });
});
