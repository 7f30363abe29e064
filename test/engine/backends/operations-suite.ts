import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Backend, EngineMath, Tensor } from "../../../src/engine/backends/index.ts";

/** Compares within single precision. */
function expectClose(tensor: Tensor, expected: readonly number[]): void {
  const actual = [...tensor.dataSync()];
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, index) => {
    expect(Math.abs(value - (expected[index] ?? Number.NaN))).toBeLessThan(1e-5);
  });
}

/** The operations that the engine builds on, against numbers worked out by hand; each backend must pass all of them. */
export function operationsSuite(name: string, load: () => Promise<Backend>): void {
  describe(name, () => {
    let tf: EngineMath;
    let atStart = 0;

    beforeAll(async () => {
      ({ tf } = await load());
      atStart = tf.memory().numTensors;
    });

    afterAll(() => expect(tf.memory().numTensors).toBe(atStart));

    function check(title: string, body: () => void): void {
      it(title, () => {
        tf.tidy(body);
      });
    }

    check("multiplies matrices, transposed ones too", () => {
      const a = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
      const b = tf.tensor2d([7, 8, 9, 10, 11, 12], [3, 2]);
      expectClose(tf.matMul(a, b), [58, 64, 139, 154]);
      expectClose(tf.matMul(a, a, false, true), [14, 32, 32, 77]);
    });

    check("convolves with strides and both paddings", () => {
      const image = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
      const filter = tf.tensor4d([1, 0, 0, -1], [2, 2, 1, 1]);
      expectClose(tf.conv2d(image, filter, 1, "valid"), [-4, -4, -4, -4]);
      expectClose(tf.conv2d(image, filter, 2, "same"), [-4, 3, 7, 9]);
    });

    check("pools by mean and by maximum", () => {
      const image = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
      expectClose(tf.avgPool(image, 2, 2, "valid"), [2.5]);
      expectClose(tf.maxPool(image, 2, 2, "valid"), [4]);
    });

    check("computes activations", () => {
      const x = tf.tensor1d([-2, 0, 3]);
      expectClose(tf.relu(x), [0, 0, 3]);
      expectClose(
        tf.sigmoid(x),
        [-2, 0, 3].map((value) => 1 / (1 + Math.exp(-value))),
      );
      const exps = [-2, 0, 3].map(Math.exp);
      const sum = exps.reduce((total, value) => total + value, 0);
      expectClose(
        tf.softmax(x),
        exps.map((value) => value / sum),
      );
      expectClose(
        tf.softplus(x),
        [-2, 0, 3].map((value) => Math.log1p(Math.exp(value))),
      );
    });

    check("takes the largest, gathers, compares", () => {
      const x = tf.tensor2d([3, 1, 2, 5, 6, 4], [2, 3]);
      const { values, indices } = tf.topk(x, 2);
      expectClose(values, [3, 2, 6, 5]);
      expectClose(indices, [0, 2, 1, 0]);
      expectClose(tf.gather(x, tf.tensor1d([1, 0, 1], "int32")), [5, 6, 4, 3, 1, 2, 5, 6, 4]);
      expectClose(tf.argMax(x, 1), [0, 1]);
      expectClose(tf.where(tf.greater(x, 3), x, tf.zerosLike(x)), [0, 0, 0, 5, 6, 4]);
    });

    check("reduces over axes", () => {
      const x = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
      expectClose(tf.mean(x, 0), [2.5, 3.5, 4.5]);
      expectClose(tf.sum(x, 1), [6, 15]);
      expectClose(tf.moments(x, 1).variance, [2 / 3, 2 / 3]);
      expectClose(tf.logSumExp(tf.tensor1d([Math.log(1), Math.log(2), Math.log(5)])), [Math.log(8)]);
    });

    check("differentiates a linear layer", () => {
      // y = xW + b, f = Σ y²/2, so ∂f/∂y = y, ∂f/∂W = xᵀy, ∂f/∂b = Σ y.
      const x = tf.tensor2d([1, 2, 3, 4], [2, 2]);
      const weights = tf.tensor2d([1, 0, -1, 2], [2, 2]);
      const bias = tf.tensor1d([0.5, -0.5]);
      const loss = (w: Tensor, b: Tensor) => tf.matMul(x, w).add(b).square().sum().div(2);
      const [byWeights, byBias] = tf.grads(loss)([weights, bias]);
      if (!byWeights || !byBias) throw new Error("a gradient is missing");
      // y = [[-0.5, 3.5], [-0.5, 7.5]]
      expectClose(byWeights, [-2, 26, -3, 37]);
      expectClose(byBias, [-1, 11]);
    });

    check("differentiates a masked logistic loss through a hidden layer", () => {
      // f = m·softplus(-w·relu(v)), ∂f/∂w = -m·σ(-w·v)·v for v > 0.
      const hidden = tf.tensor1d([2, -1]);
      const mask = tf.tensor1d([1, 0]);
      const gradient = tf.grad((w: Tensor) =>
        tf
          .softplus(w.mul(tf.relu(hidden)).neg())
          .mul(mask)
          .sum(),
      );
      expectClose(gradient(tf.tensor1d([0.25, 0.25])), [-2 / (1 + Math.exp(0.5)), 0]);
    });

    it("leaks nothing over repeated steps of an optimiser", async () => {
      const before = tf.memory().numTensors;
      const weight = tf.tidy(() => tf.variable(tf.scalar(0)));
      const optimizer = tf.train.sgd(0.25);
      for (let step = 0; step < 20; step += 1) {
        optimizer.minimize(() => tf.squaredDifference(weight, 3).asScalar());
      }
      // Each step halves the distance: 3·2⁻²⁰ is left.
      expect((await weight.data())[0]).toBeCloseTo(3, 4);
      weight.dispose();
      optimizer.dispose();
      expect(tf.memory().numTensors).toBe(before);
    });

    check("shares one core with the layers package", () => {
      const layer = tf.layers.dense({ units: 1, kernelInitializer: "ones", inputShape: [3] });
      const output = layer.apply(tf.tensor2d([[1, 2, 3]]));
      if (!(output instanceof tf.Tensor)) throw new Error("the layer returned no tensor");
      expectClose(output, [6]);
      layer.dispose();
    });
  });
}
