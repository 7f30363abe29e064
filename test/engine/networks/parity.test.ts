import { beforeAll, describe, expect, it } from "vitest";
import type { EngineMath, Tensor } from "../../../src/engine/backends/index.ts";
import { NETWORKS } from "../../../src/engine/networks/index.ts";
import { binaryCrossEntropy } from "../../../src/engine/networks/losses/binary-cross-entropy.ts";
import type { Outputs } from "../../../src/engine/networks/network.ts";
import { nativeMath, REASON, withoutNative } from "./native.ts";
import {
  fill,
  type ReferenceCase,
  referenceCases,
  relativeDifference,
  squaredDifference,
  type Told,
  tell,
  uniform,
} from "./reference/formula.ts";

const TOLERANCE = 1e-4;

/** Norm of the difference over norm. */
function relative(actual: ArrayLike<number>, expected: readonly number[]): number {
  expect(actual.length).toBe(expected.length);
  const square = expected.reduce((sum, value, i) => sum + (actual[i]! - value) ** 2, 0);
  return Math.sqrt(square / expected.reduce((sum, value) => sum + value ** 2, 0));
}

describe.skipIf(withoutNative)(`networks next to PyTorch (${REASON})`, () => {
  let tf: EngineMath;

  beforeAll(async () => {
    tf = await nativeMath();
  });

  const values = (tensor: Tensor) => tensor.dataSync<"float32">();

  function expectOutputs({ logits, features, taps }: Outputs, expected: ReferenceCase["inference"]): void {
    expect(relative(values(logits), expected.logits)).toBeLessThan(TOLERANCE);
    expect(relativeDifference(tell("features", values(features)), expected.features)).toBeLessThan(TOLERANCE);
    expect(taps).toHaveLength(expected.taps.length);
    taps.forEach((tap, i) => {
      expect(relativeDifference(tell(`tap${i}`, values(tap)), expected.taps[i]!)).toBeLessThan(TOLERANCE);
    });
  }

  function expectAll(actual: ReadonlyMap<string, Told>, expected: Readonly<Record<string, Told>>): void {
    expect([...actual.keys()].sort()).toEqual(Object.keys(expected).sort());
    let difference = 0;
    let square = 0;
    for (const [name, told] of actual) {
      const reference = expected[name]!;
      expect(relativeDifference(told, reference), name).toBeLessThan(TOLERANCE);
      difference += squaredDifference(told, reference);
      square += reference[0]! ** 2;
    }
    expect(Math.sqrt(difference / square)).toBeLessThan(TOLERANCE);
  }

  const cases = NETWORKS.flatMap((network) =>
    referenceCases(network.id).map((reference) => ({ network, reference })),
  );

  it.each(cases)(
    "$reference.id, $reference.width × $reference.height × $reference.bands, $reference.stem stem",
    ({ network, reference }) => {
      const { bands, batch, height, width, stem, classes, seed } = reference;
      const made = network.create(tf, { bands, classes }, { stem }, null);
      expect(made.parameterCount).toBe(reference.parameters);
      fill(made);
      const count = batch * height * width * bands;
      const pixels = Float32Array.from(uniform(`images ${seed}`, count), (value) => 1.5 * value);
      const images = tf.tensor4d(pixels, [batch, height, width, bands]);

      const inferred = made.infer(images, { taps: true });
      expectOutputs(inferred, reference.inference);

      const pass = made.forward(images, { taps: true });
      expectOutputs(pass.outputs, reference.training);
      const labels = Int8Array.from(uniform("labels", batch * classes), (u) =>
        u <= -0.7 ? -1 : u > 0.2 ? 1 : 0,
      );
      const { loss, gradient } = binaryCrossEntropy(values(pass.outputs.logits), labels, classes);
      expect(Math.abs(loss / reference.training.loss - 1)).toBeLessThan(TOLERANCE);
      const functional = (name: string, like: Tensor) =>
        tf.tensor(Float32Array.from(uniform(name, like.size)), like.shape);
      const gradients = {
        logits: tf.tensor(gradient, [batch, classes]),
        features: functional("to features", pass.outputs.features),
        taps: pass.outputs.taps.map((tap, i) => functional(`to tap ${i}`, tap)),
      };
      pass.backward(gradients);
      expectAll(
        new Map(Array.from(made.parameters, ([name, p]) => [name, tell(name, values(p.gradient!))])),
        reference.training.gradients,
      );
      expectAll(
        new Map(Array.from(made.statistics, ([name, statistic]) => [name, tell(name, statistic.read())])),
        reference.training.statistics,
      );
      made.dispose();
      tf.dispose([images, inferred.logits, inferred.features, ...inferred.taps]);
      tf.dispose([gradients.logits, gradients.features, ...gradients.taps]);
    },
  );
});
