import { beforeAll, describe, expect, it } from "vitest";
import type { EngineMath } from "../../../src/engine/backends/index.ts";
import { type Kernels, openKernels } from "../../../src/engine/networks/kernels.ts";
import { Adam } from "../../../src/engine/networks/optimisers/adam.ts";
import type { Optimiser } from "../../../src/engine/networks/optimisers/optimiser.ts";
import { Sgd } from "../../../src/engine/networks/optimisers/sgd.ts";
import { Parameter } from "../../../src/engine/networks/parameter.ts";
import { nativeMath, REASON, withoutNative } from "./native.ts";

const START = [1, -2, 3];
const GRADIENTS = [
  [0.5, -1, 2],
  [-0.25, 0.5, 1],
  [1, 1, -3],
];
const RATES = [0.1, 0.1, 0.05];

describe.skipIf(withoutNative)(`optimisers (${REASON})`, () => {
  let tf: EngineMath;
  let kernels: Kernels;

  beforeAll(async () => {
    tf = await nativeMath();
    kernels = openKernels(tf);
  });

  /** Takes the steps; `interrupt` may swap the optimiser for another before the last one. */
  function stepAll(
    make: (parameter: Parameter) => Optimiser,
    interrupt?: (before: Optimiser, p: Parameter) => Optimiser,
  ) {
    const atStart = tf.memory().numTensors;
    const parameter = new Parameter(kernels, "weight", "shift", [3]);
    parameter.variable.assign(Float32Array.from(START));
    let optimiser = make(parameter);
    GRADIENTS.forEach((gradient, i) => {
      if (i === GRADIENTS.length - 1 && interrupt) optimiser = interrupt(optimiser, parameter);
      parameter.accumulate(tf.tensor1d(gradient));
      optimiser.step(RATES[i]!);
      expect(parameter.gradient).toBeNull();
    });
    const values = [...parameter.variable.read()];
    optimiser.dispose();
    parameter.dispose();
    expect(tf.memory().numTensors).toBe(atStart);
    return values;
  }

  function expectClose(actual: readonly number[], expected: readonly number[]): void {
    actual.forEach((value, i) => void expect(value).toBeCloseTo(expected[i]!, 5));
  }

  /** PyTorch's rule in double precision. */
  function sgdByHand(momentum: number, decay: number): number[] {
    return START.map((start, k) => {
      let [weight, velocity] = [start, 0];
      GRADIENTS.forEach((gradient, i) => {
        velocity = momentum * velocity + gradient[k]! + decay * weight;
        weight -= RATES[i]! * velocity;
      });
      return weight;
    });
  }

  /** Kingma and Ba, Algorithm 1. */
  function adamByHand(): number[] {
    return START.map((start, k) => {
      let [weight, first, second] = [start, 0, 0];
      GRADIENTS.forEach((gradient, i) => {
        first = 0.9 * first + 0.1 * gradient[k]!;
        second = 0.999 * second + 0.001 * gradient[k]! ** 2;
        const [mean, spread] = [first / (1 - 0.9 ** (i + 1)), second / (1 - 0.999 ** (i + 1))];
        weight -= (RATES[i]! * mean) / (Math.sqrt(spread) + 1e-8);
      });
      return weight;
    });
  }

  it.each([
    { momentum: 0, weightDecay: 0 },
    { momentum: 0.9, weightDecay: 0 },
    { momentum: 0.9, weightDecay: 0.1 },
    { momentum: 0, weightDecay: 0.1 },
  ])("SGD with momentum $momentum and weight decay $weightDecay", (options) => {
    const values = stepAll((parameter) => new Sgd(kernels, [parameter], options));
    expectClose(values, sgdByHand(options.momentum, options.weightDecay));
  });

  it("Adam", () => {
    expectClose(
      stepAll((parameter) => new Adam(kernels, [parameter])),
      adamByHand(),
    );
  });

  it("goes on from a saved state", () => {
    const goOn = (make: (parameter: Parameter) => Optimiser) =>
      stepAll(make, (before, parameter) => {
        const state = before.state();
        before.dispose();
        const next = make(parameter);
        next.load(state);
        return next;
      });
    expectClose(
      goOn((parameter) => new Sgd(kernels, [parameter], { momentum: 0.9 })),
      sgdByHand(0.9, 0),
    );
    expectClose(
      goOn((parameter) => new Adam(kernels, [parameter])),
      adamByHand(),
    );
  });

  it("refuses a state of other parameters and leaves parameters without gradient alone", () => {
    const parameter = new Parameter(kernels, "weight", "shift", [3]);
    const sgd = new Sgd(kernels, [parameter], { momentum: 0.9 });
    expect(() => sgd.load({ "velocity.weight": new Float32Array(2) })).toThrow(/does not fit/);
    sgd.step(1);
    expect([...parameter.variable.read()]).toEqual([0, 0, 0]);
    parameter.accumulate(tf.tensor1d([1, 2, 3]));
    parameter.accumulate(tf.tensor1d([1, 1, 1]));
    expect([...parameter.gradient!.dataSync()]).toEqual([2, 3, 4]);
    sgd.dispose();
    parameter.dispose();
  });

  it("leaves tensors read before a step as they were", () => {
    const parameter = new Parameter(kernels, "weight", "shift", [3]);
    const sgd = new Sgd(kernels, [parameter]);
    const before = parameter.value.clone();
    parameter.accumulate(tf.tensor1d([1, 2, 3]));
    sgd.step(1);
    expect([...before.dataSync()]).toEqual([0, 0, 0]);
    expect([...parameter.value.dataSync()]).toEqual([-1, -2, -3]);
    before.dispose();
    sgd.dispose();
    parameter.dispose();
  });
});
