import { describe, expect, it } from "vitest";
import { entropyUncertainty } from "../../../src/engine/uncertainty/entropy.ts";
import { marginUncertainty } from "../../../src/engine/uncertainty/margin.ts";
import { mgeUncertainty } from "../../../src/engine/uncertainty/mge.ts";
import type { Predicted } from "../../../src/engine/uncertainty/uncertainty.ts";
import { createRandom } from "../../../src/shared/random.ts";
import { normalVectors, tf, vectorsOf } from "../fixture.ts";

function predicted(rows: number[][], kind: Predicted["kind"]): Predicted {
  return {
    probabilities: Float32Array.from(rows.flat()),
    classes: rows[0]!.length,
    features: vectorsOf(rows.map(() => [0])),
    kind,
  };
}

describe("entropy", () => {
  it("agrees with SciPy's entropy in bits, mean over classes", () => {
    const utilities = entropyUncertainty.utilities(
      predicted(
        [
          [0.1, 0.5, 0.9],
          [0.3, 0.2, 0.99],
        ],
        "multi-label",
      ),
    );
    expect(utilities[0]).toBeCloseTo(0.645997062392854, 6);
    expect(utilities[1]).toBeCloseTo(0.5613373766713221, 6);
  });

  it("agrees with SciPy's entropy of a softmax over log₂ of the classes", () => {
    const utilities = entropyUncertainty.utilities(
      predicted(
        [
          [0.5, 0.3, 0.2],
          [1, 0, 0],
        ],
        "single-label",
      ),
    );
    expect(utilities[0]).toBeCloseTo(0.9372305632161297, 6);
    expect(utilities[1]).toBe(0);
  });
});

describe("closeness to the decision", () => {
  it("is 1 at the threshold and 0 where all is certain", () => {
    const multi = marginUncertainty.utilities(
      predicted(
        [
          [0.5, 0.5],
          [0, 1],
          [0.5, 1],
        ],
        "multi-label",
      ),
    );
    expect(Array.from(multi)).toEqual([1, 0, 0.25]);
    const single = marginUncertainty.utilities(
      predicted(
        [
          [0.5, 0.5, 0],
          [0, 0, 1],
        ],
        "single-label",
      ),
    );
    expect(Array.from(single)).toEqual([1, 0]);
  });
});

describe("MGE", () => {
  const random = createRandom(6);
  const h = normalVectors(4, 5, random);
  const weights = tf.tensor2d(normalVectors(5, 3, random).values, [5, 3]);
  const bias = tf.tensor2d(normalVectors(1, 3, random).values, [1, 3]);

  it.each(["multi-label", "single-label"] as const)(
    "is the norm of the last layer's gradient by automatic differentiation (%s)",
    (kind) => {
      const scores = tf.tidy(() => tf.add(tf.matMul(tf.tensor2d(h.values, [4, 5]), weights), bias));
      const outputs = tf.tidy(() => (kind === "multi-label" ? tf.sigmoid(scores) : tf.softmax(scores)));
      const probabilities = outputs.dataSync<"float32">();
      const utilities = mgeUncertainty.utilities({ probabilities, classes: 3, features: h, kind });
      for (let row = 0; row < 4; row++) {
        const own = probabilities.subarray(row * 3, row * 3 + 3);
        const pseudo =
          kind === "multi-label"
            ? Array.from(own, (p) => (p >= 0.5 ? 1 : 0))
            : Array.from(own, (p) => (p === Math.max(...own) ? 1 : 0));
        const [toWeights, toBias] = tf.grads((w, b) => {
          const one = tf.add(tf.matMul(tf.tensor2d(h.values.subarray(row * 5, row * 5 + 5), [1, 5]), w), b);
          const labels = tf.tensor2d(pseudo, [1, 3]);
          return kind === "multi-label"
            ? tf.mean(tf.sub(tf.softplus(one), tf.mul(one, labels))).asScalar()
            : tf.neg(tf.sum(tf.mul(tf.logSoftmax(one), labels))).asScalar();
        })([weights, bias]);
        const squares = [...toWeights!.dataSync(), ...toBias!.dataSync()].reduce((sum, g) => sum + g * g, 0);
        expect(utilities[row]).toBeCloseTo(Math.sqrt(squares), 5);
      }
    },
  );
});
