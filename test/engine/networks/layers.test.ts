import { beforeAll, describe, expect, it } from "vitest";
import type { EngineMath, Tensor } from "../../../src/engine/backends/index.ts";
import { initialise } from "../../../src/engine/networks/initialise.ts";
import { type Kernels, openKernels } from "../../../src/engine/networks/kernels.ts";
import { AveragePool } from "../../../src/engine/networks/layers/average-pool.ts";
import { dropoutMask } from "../../../src/engine/networks/layers/dropout.ts";
import { globalAverage, globalAverageGradient } from "../../../src/engine/networks/layers/global-average.ts";
import { MaxPool } from "../../../src/engine/networks/layers/max-pool.ts";
import type { Parameter } from "../../../src/engine/networks/parameter.ts";
import { Parts } from "../../../src/engine/networks/parts.ts";
import { createRandom } from "../../../src/shared/random.ts";
import { nativeMath, REASON, withoutNative } from "./native.ts";
import { uniform } from "./reference/formula.ts";

/** A layer as a function of its input, and its gradients for a given gradient of the output. */
interface Subject {
  forward(input: Tensor): Tensor;
  backward(input: Tensor, gradient: Tensor): Tensor;
  readonly parameters: readonly Parameter[];
}

describe.skipIf(withoutNative)(`layers (${REASON})`, () => {
  let tf: EngineMath;
  let kernels: Kernels;

  beforeAll(async () => {
    tf = await nativeMath();
    kernels = openKernels(tf);
  });

  const drawn = (name: string, shape: readonly number[], scale = 1) => {
    const count = shape.reduce((product, length) => product * length, 1);
    return tf.tensor(
      Float32Array.from(uniform(name, count), (value) => scale * value),
      [...shape],
    );
  };
  const dot = (a: Tensor, b: Tensor) => tf.sum(tf.mul(a, b)).dataSync<"float32">()[0]!;

  /** Compares with central differences of ⟨layer(x), r⟩ along random directions of the input and of each weight. */
  function expectDifferentiates(subject: Subject, input: Tensor, step: number): void {
    tf.tidy(() => {
      const output = subject.forward(input);
      const r = drawn("functional", output.shape);
      const toInput = subject.backward(input, r);
      const value = (x: Tensor) => dot(subject.forward(x), r);
      const direction = drawn("direction", input.shape);
      const along = tf.mul(direction, step);
      const slope = (value(tf.add(input, along)) - value(tf.sub(input, along))) / (2 * step);
      expect(Math.abs(dot(toInput, direction) / slope - 1)).toBeLessThan(0.01);
      for (const parameter of subject.parameters) {
        const values = parameter.variable.read();
        const moved = uniform(`direction of ${parameter.name}`, values.length);
        const at = (sign: number) => {
          parameter.variable.assign(values.map((w, i) => w + sign * step * moved[i]!));
          return value(input);
        };
        const weightSlope = (at(1) - at(-1)) / (2 * step);
        parameter.variable.assign(values);
        const own = parameter.gradient!.dataSync<"float32">();
        const product = own.reduce((sum, g, i) => sum + g * moved[i]!, 0);
        expect(Math.abs(product / weightSlope - 1), parameter.name).toBeLessThan(0.01);
        parameter.clear();
      }
    });
  }

  function randomise(parts: Parts): readonly Parameter[] {
    const parameters = [...parts.parameters.values()];
    for (const { name, size, variable } of parameters)
      variable.assign(Float32Array.from(uniform(name, size)));
    return parameters;
  }

  it.each([
    { size: 1, stride: 1, padding: 0 },
    { size: 1, stride: 2, padding: 0 },
    { size: 3, stride: 1, padding: 1 },
    { size: 3, stride: 2, padding: 1 },
    { size: 7, stride: 2, padding: 3 },
  ])("convolution of $size, stride $stride", ({ size, stride, padding }) => {
    const parts = new Parts(kernels);
    const layer = parts.convolution("layer", [size, 3, 4], { stride, padding });
    const parameters = randomise(parts);
    const input = drawn("input", [2, 9, 8, 3]);
    const subject: Subject = {
      parameters,
      forward: (x) => layer.forward(x),
      backward: (x, gradient) => layer.backward(x, gradient),
    };
    expectDifferentiates(subject, input, 0.01);
    expect(tf.tidy(() => layer.forward(input).shape)).toEqual([
      2,
      Math.ceil(9 / stride),
      Math.ceil(8 / stride),
      4,
    ]);
    input.dispose();
    parts.dispose();
  });

  it("pads strided convolutions alike on all sides", () => {
    const parts = new Parts(kernels);
    const layer = parts.convolution("layer", [3, 1, 1], { stride: 2, padding: 1 });
    parts.parameters.get("layer.weight")!.variable.assign(new Float32Array(9).fill(1));
    const sums = tf.tidy(() => layer.forward(tf.ones([1, 4, 4, 1])).dataSync());
    // Windows centred on rows and columns 0 and 2 of 4: the first ones stick out at the top and on the left.
    expect([...sums]).toEqual([4, 6, 6, 9]);
    parts.dispose();
  });

  it("batch normalisation without ReLU", () => {
    const parts = new Parts(kernels);
    const layer = parts.batchNorm("layer", 3, null);
    const parameters = randomise(parts);
    const input = drawn("input", [2, 4, 3, 3], 3);
    const subject: Subject = {
      parameters,
      forward: (x) => layer.forwardTraining(x).output,
      backward: (x, gradient) => layer.backward(x, null, layer.forwardTraining(x).statistics, gradient),
    };
    expectDifferentiates(subject, input, 0.01);
    input.dispose();
    parts.dispose();
  });

  it("batch normalisation with ReLU: statistics by hand, outputs made again, gradients masked", () => {
    const parts = new Parts(kernels);
    const layer = parts.batchNorm("layer", 1, "relu");
    initialise(parts.parameters.values(), createRandom(1));
    tf.tidy(() => {
      const input = tf.tensor4d([1, 2, 3, 6], [1, 2, 2, 1]);
      const { output, statistics } = layer.forwardTraining(input);
      // Mean 3, biased variance 3.5, unbiased 14/3.
      const deviation = Math.sqrt(3.5 + 1e-5);
      const expected = [0, 0, 0, 3 / deviation];
      output.dataSync().forEach((value, i) => void expect(value).toBeCloseTo(expected[i]!, 5));
      expect(parts.statistics.get("layer.running_mean")!.read()[0]).toBeCloseTo(0.3, 6);
      expect(parts.statistics.get("layer.running_var")!.read()[0]).toBeCloseTo(0.9 + 0.1 * (14 / 3), 5);
      expect([...layer.recompute(input, statistics).dataSync()]).toEqual([...output.dataSync()]);
      expect(parts.statistics.get("layer.running_mean")!.read()[0]).toBeCloseTo(0.3, 6);
      layer.backward(input, output, statistics, tf.tensor4d([5, 5, 5, 2], [1, 2, 2, 1]));
      // Only the last output is above 0.
      const [scale, shift] = [...parts.parameters.values()].map((p) => p.gradient!.dataSync()[0]);
      expect(scale).toBeCloseTo((2 * 3) / deviation, 4);
      expect(shift).toBeCloseTo(2, 6);
      const inferred = layer.forwardInference(input).dataSync();
      const [mean, variance] = [0.3, 0.9 + 0.1 * (14 / 3)];
      expect(inferred[1]).toBeCloseTo((2 - mean) / Math.sqrt(variance + 1e-5), 4);
    });
    parts.dispose();
  });

  it("linear layer", () => {
    const parts = new Parts(kernels);
    const layer = parts.linear("layer", 4, 3);
    const parameters = randomise(parts);
    const input = drawn("input", [5, 4]);
    const subject: Subject = {
      parameters,
      forward: (x) => layer.forward(x),
      backward: (x, gradient) => layer.backward(x, gradient),
    };
    expectDifferentiates(subject, input, 0.01);
    input.dispose();
    parts.dispose();
  });

  it("maximum, means and global means", () => {
    const max = new MaxPool(kernels);
    const average = new AveragePool(kernels);
    // Distinct positive values, farther apart than the step.
    const values = createRandom(3).shuffle(Float32Array.from({ length: 2 * 7 * 6 * 2 }, (_, i) => 1 + i));
    const input = tf.tensor4d(values, [2, 7, 6, 2]);
    const subjects: Subject[] = [
      {
        parameters: [],
        forward: (x) => max.forward(x),
        backward: (x, gradient) => max.backward(x, max.forward(x), gradient),
      },
      {
        parameters: [],
        forward: (x) => average.forward(x),
        backward: (x, gradient) => average.backward(x.shape, gradient),
      },
      {
        parameters: [],
        forward: (x) => globalAverage(kernels, x),
        backward: (x, gradient) => globalAverageGradient(kernels, x, gradient),
      },
    ];
    for (const subject of subjects) expectDifferentiates(subject, input, 0.1);
    expect(tf.tidy(() => max.forward(input).shape)).toEqual([2, 4, 3, 2]);
    expect(tf.tidy(() => average.forward(input).shape)).toEqual([2, 3, 3, 2]);
    input.dispose();
  });

  it("dropout leaves out the given share and keeps the mean, differently each time", () => {
    const random = createRandom(5);
    const draw = () => tf.tidy(() => dropoutMask(kernels, [100, 50], { rate: 0.4, random }).dataSync());
    const [first, second] = [draw(), draw()];
    const left = first.filter((value) => value === 0).length / first.length;
    expect(Math.abs(left - 0.4)).toBeLessThan(0.03);
    expect(first.every((value) => value === 0 || Math.abs(value - 1 / 0.6) < 1e-6)).toBe(true);
    expect(first).not.toEqual(second);
    expect(
      tf.tidy(() => dropoutMask(kernels, [100, 50], { rate: 0.4, random: createRandom(5) }).dataSync()),
    ).toEqual(first);
  });
});
