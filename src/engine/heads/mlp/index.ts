import { z } from "zod";
import type { Head } from "../head.ts";
import { networkTrainingOptions } from "../training-options.ts";
import { crossCalibrate } from "./cross-calibration.ts";
import { freshLossWeights, toLossTensors } from "./loss-module.ts";
import { type Shape, toTensors } from "./network.ts";
import { mlpConfigSchema, openMlp } from "./open.ts";
import { PROJECTED, project } from "./projection.ts";
import { fitNetwork, freshWeights } from "./training.ts";

const HIDDEN = 256;

const options = z.strictObject({
  ...networkTrainingOptions,
  epochs: z.number().int().min(1).max(2000).default(200).describe("Passes over the labelled patches."),
  batchSize: z.number().int().min(2).max(1024).default(32).describe("Patches per step."),
  learningRate: z
    .number()
    .min(1e-6)
    .max(1)
    .default(1e-3)
    .describe("AdamW's rate; a tenth of it in the last fifth."),
  inputDropout: z.number().min(0).max(0.9).default(0.3).describe("Share of inputs left out at random."),
  hiddenDropout: z
    .number()
    .min(0)
    .max(0.9)
    .default(0.5)
    .describe("Share of hidden units left out at random."),
  calibrate: z
    .boolean()
    .default(true)
    .describe(
      "Chooses each class's threshold on labelled patches that quickly trained networks have not seen. Off: 0.5 of the network's own output.",
    ),
});
export type MlpOptions = z.output<typeof options>;

/**
 * Two layers with dropout: masked binary cross-entropy with sigmoid outputs, or cross-entropy with softmax in
 * single-label projects. Trained with AdamW. Its h(x) are the 256 hidden activations. Where the next query
 * needs it, a loss module learns to rank the losses (Yoo and Kweon 2019).
 */
export const mlp = {
  id: "mlp",
  name: "Small network",
  description:
    "A two-layer network with dropout, trained in seconds. Catches up with the kernel head as labels grow; can go on from the last round's weights.",
  reference: "Srivastava et al. 2014 (dropout); Loshchilov and Hutter 2019 (AdamW)",
  options,
  async train(data, values, context) {
    const { tf, random, needs, warmStart } = context;
    const { dimensions } = data.vectors;
    const inputs = Math.min(dimensions, PROJECTED);
    const shape: Shape = { inputs, hidden: HIDDEN, classes: data.classes };
    const warm = warmStart ? mlpConfigSchema.safeParse(warmStart.config).data : undefined;
    const fitting = warm?.dimensions === dimensions && warm.classes === data.classes ? warmStart : null;
    const classifier = fitting ? toTensors(tf, fitting.arrays, shape) : freshWeights(tf, shape, data, random);
    const lossModule = !needs.lossModule
      ? null
      : fitting && warm?.lossModule
        ? toLossTensors(tf, fitting.arrays, HIDDEN)
        : freshLossWeights(tf, HIDDEN, random);
    const projected = project(tf, data.vectors);
    const start = { classifier, lossModule };
    const { arrays, loss, epochs } = await fitNetwork(projected, data, start, shape, values, context);
    const calibration = values.calibrate
      ? await crossCalibrate(projected, data, shape, values, context)
      : null;
    const { inputDropout, hiddenDropout } = values;
    const config: z.input<typeof mlpConfigSchema> = {
      dimensions,
      ...shape,
      lossModule: lossModule !== null,
      inputDropout,
      hiddenDropout,
      calibration,
    };
    return { state: { config, arrays }, loss, epochs };
  },
  open: openMlp,
} as const satisfies Head<typeof options>;
