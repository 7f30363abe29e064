import { expect, it } from "vitest";
import { gradientMagnitudes } from "../../../src/engine/uncertainty/mge.ts";
import { createRandom } from "../../../src/shared/random.ts";
import { normalVectors, tf } from "../fixture.ts";

const random = createRandom(6);
const h = normalVectors(4, 5, random);
const weights = tf.tensor2d(normalVectors(5, 3, random).values, [5, 3]);
const bias = tf.tensor2d(normalVectors(1, 3, random).values, [1, 3]);

it.each([
  ["multi-label", true, 0.5],
  ["multi-label", false, 0.5],
  ["multi-label", true, 0.3],
  ["single-label", true, 0.5],
  ["single-label", false, 0.5],
] as const)(
  "MGE is the norm of the last layer's gradient by automatic differentiation (%s, bias %s, τ %f)",
  (kind, hasBias, tau) => {
    const offset = hasBias ? bias : tf.zerosLike(bias);
    const scores = tf.tidy(() => tf.add(tf.matMul(tf.tensor2d(h.values, [4, 5]), weights), offset));
    const outputs = tf.tidy(() => (kind === "multi-label" ? tf.sigmoid(scores) : tf.softmax(scores)));
    const probabilities = outputs.dataSync<"float32">();
    const magnitudes = gradientMagnitudes({ probabilities, features: h, bias: hasBias }, kind, tau);
    for (let row = 0; row < 4; row++) {
      const own = probabilities.subarray(row * 3, row * 3 + 3);
      const pseudo =
        kind === "multi-label"
          ? Array.from(own, (p) => (p >= tau ? 1 : 0))
          : Array.from(own, (p) => (p === Math.max(...own) ? 1 : 0));
      const [toWeights, toBias] = tf.grads((w, b) => {
        const one = tf.add(tf.matMul(tf.tensor2d(h.values.subarray(row * 5, row * 5 + 5), [1, 5]), w), b);
        const labels = tf.tensor2d(pseudo, [1, 3]);
        return kind === "multi-label"
          ? tf.mean(tf.sub(tf.softplus(one), tf.mul(one, labels))).asScalar()
          : tf.neg(tf.sum(tf.mul(tf.logSoftmax(one), labels))).asScalar();
      })([weights, offset]);
      const gradient = [...toWeights!.dataSync(), ...(hasBias ? toBias!.dataSync() : [])];
      expect(magnitudes[row]).toBeCloseTo(Math.hypot(...gradient), 5);
    }
  },
);
