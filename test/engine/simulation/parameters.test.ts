import { expect, it } from "vitest";
import { headParameters } from "../../../src/engine/simulation/parameters.ts";

it("counts weights apart from the loss module's, and no stored patches", () => {
  const zeros = (count: number) => new Float32Array(count);
  const arrays = {
    "kernel.coefficients": zeros(40 * 3),
    "kernel.priors": zeros(3),
    "kernel.anchors": zeros(40 * 10),
    "mlp.hidden": zeros(10 * 256),
    "mlp.hiddenBias": zeros(256),
    "mlp.output": zeros(256 * 3),
    "mlp.outputBias": zeros(3),
    "mlp.lossHidden": zeros(256 * 128),
    "mlp.lossHiddenBias": zeros(128),
    "mlp.lossOutput": zeros(128),
    "mlp.lossOutputBias": zeros(1),
  };
  expect(headParameters({ arrays })).toEqual({
    classifier: 120 + 3 + 2560 + 256 + 768 + 3,
    lossModule: 32_768 + 128 + 128 + 1,
  });
});
