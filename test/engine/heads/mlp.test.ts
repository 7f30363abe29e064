import { describe, expect, it } from "vitest";
import type { Rank, Tensor2D } from "../../../src/engine/backends/index.ts";
import { AdamW } from "../../../src/engine/heads/mlp/adamw.ts";
import {
  hiddenActivations,
  logits,
  toTensors,
  WEIGHT_NAMES,
  type Weights,
} from "../../../src/engine/heads/mlp/network.ts";
import { stepGradients } from "../../../src/engine/heads/mlp/training.ts";
import { createRandom } from "../../../src/shared/random.ts";
import { tf } from "../fixture.ts";

const shape = { inputs: 4, hidden: 6, classes: 3 };
const random = createRandom(4);
const normals = (count: number) => Float32Array.from({ length: count }, () => random.normal());
const arrays = { hidden: normals(24), hiddenBias: normals(6), output: normals(18), outputBias: normals(3) };
const inputs = tf.tensor2d(normals(20), [5, 4]);
const targets = tf.tensor2d([1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0], [5, 3]);

describe("the written-out gradients", () => {
  const masks = {
    input: tf.tensor2d(
      Float32Array.from({ length: 20 }, (_, i) => (i % 3 === 0 ? 0 : 1.5)),
      [5, 4],
    ),
    hidden: tf.tensor2d(
      Float32Array.from({ length: 30 }, (_, i) => (i % 4 === 1 ? 0 : 1.25)),
      [5, 6],
    ),
  };
  const importance = tf.tensor2d(
    [0.1, 0.1, 0, 0.1, 0.1, 0.1, 0.1, 0, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1],
    [5, 3],
  );

  it.each(["multi-label", "single-label"] as const)("agree with automatic differentiation (%s)", (kind) => {
    const weights = toTensors(tf, arrays, shape);
    const used = kind === "multi-label" ? importance : tf.tensor2d(new Float32Array(15).fill(0.2), [5, 3]);
    const batch = { inputs, targets, importance: used, perRow: tf.ones<Rank.R2>([5, 1]) };
    const { classifier: own } = stepGradients(tf, weights, batch, masks, null, kind);
    const recorded = tf.grads((hidden, hiddenBias, output, outputBias) => {
      const w = { hidden, hiddenBias, output, outputBias } as Weights;
      const h = tf.mul(hiddenActivations(tf, w, tf.mul(inputs, masks.input)), masks.hidden) as Tensor2D;
      const scores = logits(tf, w, h);
      const entries =
        kind === "multi-label"
          ? tf.sub(tf.softplus(scores), tf.mul(scores, targets))
          : tf.neg(tf.mul(tf.logSoftmax(scores), targets));
      return tf.sum(tf.mul(entries, used)).asScalar();
    })([weights.hidden, weights.hiddenBias, weights.output, weights.outputBias]);
    [own.hidden, own.hiddenBias, own.output, own.outputBias].forEach((gradient, i) => {
      const difference = tf.max(tf.abs(tf.sub(gradient, recorded[i]!))).dataSync()[0];
      expect(difference).toBeLessThan(1e-5);
    });
  });
});

describe("AdamW", () => {
  it("takes the steps that PyTorch's AdamW takes (rate 0.1, weight decay 0.01)", () => {
    const one = { inputs: 1, hidden: 2, classes: 1 };
    const zero = {
      hiddenBias: new Float32Array(2),
      output: new Float32Array(2),
      outputBias: new Float32Array(1),
    };
    let weights: Weights = toTensors(tf, { ...zero, hidden: Float32Array.of(1, -2) }, one);
    const optimizer = new AdamW(tf, WEIGHT_NAMES, 0.01);
    const before = tf.memory().numTensors;
    const expected = [
      [
        [0.5, -1],
        [0.898999989, -1.8980000019],
      ],
      [
        [0.1, 2],
        [0.8177970052, -1.9327124357],
      ],
      [
        [-0.3, 0.4],
        [0.7959077954, -1.9698921442],
      ],
    ] as const;
    for (const [gradient, after] of expected) {
      const slopes = toTensors(tf, { ...zero, hidden: Float32Array.from(gradient) }, one);
      weights = optimizer.step(weights, slopes, 0.1);
      const values = weights.hidden.dataSync();
      expect(values[0]).toBeCloseTo(after[0], 5);
      expect(values[1]).toBeCloseTo(after[1], 5);
    }
    optimizer.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
