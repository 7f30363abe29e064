import { expect, it } from "vitest";
import { rowRange } from "../../../src/engine/embeddings/vectors.ts";
import { NO_NEEDS } from "../../../src/engine/heads/head.ts";
import { mlp } from "../../../src/engine/heads/mlp/index.ts";
import { QUIET_WORK } from "../../../src/engine/work.ts";
import { createRandom } from "../../../src/shared/random.ts";
import { blobs, tf } from "../fixture.ts";

const { vectors, labels } = blobs(40, 8, 4, 3, 5);

async function trained(rates: { inputDropout?: number; hiddenDropout?: number } = {}) {
  const options = mlp.options.parse({ epochs: 10, calibrate: false, ...rates });
  const context = { tf, kind: "multi-label" as const, random: createRandom(1), work: QUIET_WORK };
  const { state } = await mlp.train({ vectors, labels, classes: 3 }, options, {
    ...context,
    warmStart: null,
    needs: NO_NEEDS,
  });
  return { state, head: mlp.open(state, "multi-label", tf) };
}

it("draws another network at each pass, and the same ones from the same stream", async () => {
  const { head } = await trained();
  const before = tf.memory().numTensors;
  const passes = head.passes!(vectors, 6, createRandom(4));
  expect(tf.memory().numTensors).toBe(before);
  expect(new Set(passes.map((pass) => pass.join())).size).toBe(6);
  expect(head.passes!(vectors, 6, createRandom(4))).toEqual(passes);
  expect(head.passes!(vectors, 6, createRandom(5))).not.toEqual(passes);
});

it("uses one network for all patches of a pass, however they are cut into blocks", async () => {
  const { head } = await trained();
  const whole = head.passes!(vectors, 3, createRandom(4));
  const second = head.passes!(rowRange(vectors, 25, 40), 3, createRandom(4));
  second.forEach((pass, t) => {
    pass.forEach((p, i) => void expect(p).toBeCloseTo(whole[t]![25 * 3 + i]!, 5));
  });
});

it("scales what is kept: with little left out the passes are near the whole network", async () => {
  const { head } = await trained({ inputDropout: 0, hiddenDropout: 0.02 });
  const own = head.probabilities(vectors);
  const passes = head.passes!(vectors, 40, createRandom(4));
  own.forEach((p, i) => {
    const mean = passes.reduce((sum, pass) => sum + pass[i]! / passes.length, 0);
    expect(Math.abs(mean - p)).toBeLessThan(0.03);
  });
});

it("agrees with the written-out network where the masks are known: half of the inputs left out of one hidden unit", async () => {
  // One hidden unit that sees both inputs with weight 1, one class that sees it with weight 1: σ(relu(m·x)).
  const { state } = await trained();
  const arrays = { ...state.arrays };
  const hidden = new Float32Array(8 * 256);
  for (let d = 0; d < 8; d++) hidden[d * 256] = 1;
  const output = new Float32Array(256 * 3);
  output[0] = 1;
  Object.assign(arrays, {
    hidden,
    output,
    hiddenBias: new Float32Array(256),
    outputBias: new Float32Array(3),
  });
  const config = { ...state.config, inputDropout: 0.5, hiddenDropout: 0 };
  const head = mlp.open({ config, arrays }, "multi-label", tf);
  const ones = { values: new Float32Array(8).fill(0.25), count: 1, dimensions: 8 };
  // Each kept input counts double: 0.5 apiece, so the score is half the number of kept inputs.
  const possible = Array.from({ length: 9 }, (_, kept) => 1 / (1 + Math.exp(-kept / 2)));
  const counts = head.passes!(ones, 200, createRandom(9)).map(([p]) =>
    possible.findIndex((value) => Math.abs(value - p!) < 1e-5),
  );
  expect(counts.every((kept) => kept >= 0)).toBe(true);
  const mean = counts.reduce((sum, kept) => sum + kept, 0) / counts.length;
  expect(Math.abs(mean - 4)).toBeLessThan(0.3);
});

it("is not offered by a network without dropout", async () => {
  expect((await trained({ inputDropout: 0, hiddenDropout: 0 })).head.passes).toBeUndefined();
});
