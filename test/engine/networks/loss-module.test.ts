import { describe, expect, it } from "vitest";
import { openKernels } from "../../../src/engine/networks/kernels.ts";
import { LossModule } from "../../../src/engine/networks/loss-module.ts";
import { createRandom } from "../../../src/shared/random.ts";
import { nativeMath, REASON, withoutNative } from "./native.ts";
import { uniform } from "./reference/formula.ts";

const CHANNELS = [3, 5];
const ROWS = 4;

/** Taps → ReLU(FC) side by side → one number a row, in double precision. */
function ranksByHand(
  state: Readonly<Record<string, Float32Array>>,
  taps: readonly (readonly number[])[],
): number[] {
  return Array.from({ length: ROWS }, (_, row) => {
    let rank = state["linear.bias"]![0]!;
    CHANNELS.forEach((channels, tap) => {
      for (let unit = 0; unit < 128; unit++) {
        let sum = state[`FC${tap + 1}.bias`]![unit]!;
        for (let c = 0; c < channels; c++) {
          sum += taps[tap]![row * channels + c]! * state[`FC${tap + 1}.weight`]![c * 128 + unit]!;
        }
        rank += Math.max(0, sum) * state["linear.weight"]![tap * 128 + unit]!;
      }
    });
    return rank;
  });
}

describe.skipIf(withoutNative)(`the loss module (${REASON})`, () => {
  it("predicts as by hand and differentiates with respect to taps and weights", async () => {
    const tf = await nativeMath();
    const atStart = tf.memory().numTensors;
    const module = new LossModule(openKernels(tf), CHANNELS, createRandom(1));
    const state = module.state();
    const taps = CHANNELS.map((channels, i) => [...uniform(`tap ${i}`, ROWS * channels)]);
    const tensors = taps.map((tap, i) => tf.tensor(tap, [ROWS, CHANNELS[i]!]));
    const expected = ranksByHand(state, taps);
    const inferred = module.infer(tensors);
    const pass = module.forward(tensors);
    for (const ranks of [inferred, pass.ranks]) {
      ranks.dataSync().forEach((rank, row) => void expect(rank).toBeCloseTo(expected[row]!, 5));
    }
    const functional = [1, -2, 0.5, 3];
    const gradient = tf.tensor(functional, [ROWS, 1]);
    const toTaps = pass.backward(gradient);
    const value = (changed: typeof state, moved: readonly (readonly number[])[]) =>
      ranksByHand(changed, moved).reduce((sum, rank, row) => sum + functional[row]! * rank, 0);
    const step = 1e-4;
    toTaps.forEach((slopes, tap) => {
      slopes.dataSync().forEach((slope, i) => {
        const moved = (by: number) =>
          taps.map((t, k) => (k === tap ? t.map((v, j) => (j === i ? v + by : v)) : t));
        const difference = (value(state, moved(step)) - value(state, moved(-step))) / (2 * step);
        expect(Math.abs(slope - difference)).toBeLessThan(1e-3);
      });
    });
    for (const [name, parameter] of module.parameters) {
      const slopes = parameter.gradient!.dataSync();
      for (const i of [0, slopes.length >> 1, slopes.length - 1]) {
        const moved = (by: number) => ({
          ...state,
          [name]: state[name]!.map((v, j) => (j === i ? v + by : v)),
        });
        const difference = (value(moved(0.01), taps) - value(moved(-0.01), taps)) / 0.02;
        expect(Math.abs(slopes[i]! - difference), name).toBeLessThan(
          2e-3 * Math.max(1, Math.abs(difference)),
        );
      }
    }
    tf.dispose([...tensors, ...toTaps, gradient, inferred]);
    module.dispose();
    expect(tf.memory().numTensors).toBe(atStart);
  });
});
