import { describe, expect, it } from "vitest";
import { loadBackend } from "../../../src/engine/backends/index.ts";
import { hasNativeBinding } from "../../../src/engine/backends/tensorflow.ts";
import { operationsSuite } from "./operations-suite.ts";

const load = () => loadBackend({ prefer: "tensorflow" });

describe.skipIf(!hasNativeBinding())("the native backend (no native backend was built)", () => {
  operationsSuite("operations on libtensorflow", load);

  it("tells what it is", async () => {
    const { tf: _functions, ...facts } = await load();
    expect(facts.id).toMatch(/^tensorflow-(cpu|cuda)$/);
    expect(facts.version).toMatch(/^2\.\d+/);
    expect(facts.reason).toContain(facts.version);
    expect(facts.trainsConvolutions).toBe(true);
  });

  it("differentiates a convolution", async () => {
    const { tf } = await load();
    tf.tidy(() => {
      // f = Σ conv(x, w) with x = 1…9 and "valid": ∂f/∂w is the sum of x under each filter cell.
      const image = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
      const gradient = tf.grad((w: ReturnType<typeof tf.zeros>) =>
        tf.conv2d(image, w.as4D(2, 2, 1, 1), 1, "valid").sum(),
      );
      expect([...gradient(tf.zeros([2, 2, 1, 1])).dataSync()]).toEqual([12, 16, 24, 28]);
    });
  });
});
