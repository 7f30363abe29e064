import { z } from "zod";
import type { ProjectKind } from "../../../shared/domain/learning.ts";
import type { EngineMath, Tensor2D } from "../../backends/index.ts";
import { computeValues } from "../../compute-values.ts";
import { rowRange, type Vectors } from "../../embeddings/vectors.ts";
import type { Head, HeadState, OpenHead } from "../head.ts";
import { hiddenActivations, logits, outputs, type Shape, toTensors } from "./network.ts";
import { PROJECTED, project } from "./projection.ts";
import { fitNetwork, freshWeights } from "./training.ts";

const HIDDEN = 256;
const BLOCK_ROWS = 1024;

const options = z.strictObject({
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
});
export type MlpOptions = z.output<typeof options>;

const configSchema = z.object({
  dimensions: z.number().int().positive(),
  inputs: z.number().int().positive(),
  hidden: z.number().int().positive(),
  classes: z.number().int().positive(),
});

/**
 * Two layers with dropout: masked binary cross-entropy with sigmoid outputs, or cross-entropy with softmax in
 * single-label projects. Trained with AdamW. Its h(x) are the 256 hidden activations.
 */
export const mlp = {
  id: "mlp",
  name: "Small network",
  description:
    "A two-layer network with dropout, trained in seconds. Catches up with the kernel head as labels grow; can go on from the last round's weights.",
  reference: "Srivastava et al. 2014 (dropout); Loshchilov and Hutter 2019 (AdamW)",
  options,
  async train(data, values, context) {
    const { tf, random, warmStart } = context;
    const { dimensions } = data.vectors;
    const warm = warmStart ? configSchema.safeParse(warmStart.config).data : undefined;
    const continued = warm?.dimensions === dimensions && warm.classes === data.classes ? warm : null;
    const inputs = Math.min(dimensions, PROJECTED);
    const shape: Shape = { inputs, hidden: HIDDEN, classes: data.classes };
    const start =
      continued && warmStart ? toTensors(tf, warmStart.arrays, shape) : freshWeights(tf, shape, data, random);
    const projected = project(tf, data.vectors);
    const { arrays, loss, epochs } = await fitNetwork(projected, data, start, shape, values, context);
    const config: z.input<typeof configSchema> = { dimensions, ...shape };
    return { state: { config, arrays }, loss, epochs };
  },
  open: openMlp,
} as const satisfies Head<typeof options>;

function openMlp(state: HeadState, kind: ProjectKind, tf: EngineMath): OpenHead {
  const config = configSchema.parse(state.config);
  const { classes, hidden, inputs } = config;

  /** Runs the network over the vectors block by block; `read` makes what is wanted of h(x). */
  function run(
    vectors: Vectors,
    width: number,
    read: (h: Tensor2D, weights: ReturnType<typeof toTensors>) => Tensor2D,
  ) {
    const values = new Float32Array(vectors.count * width);
    const projected = project(tf, vectors);
    for (let start = 0; start < projected.count; start += BLOCK_ROWS) {
      const block = rowRange(projected, start, Math.min(projected.count, start + BLOCK_ROWS));
      const part = computeValues(tf, () => {
        const weights = toTensors(tf, state.arrays, config);
        const h = hiddenActivations(tf, weights, tf.tensor2d(block.values, [block.count, inputs]));
        return read(h, weights);
      });
      values.set(part, start * width);
    }
    return values;
  }

  return {
    probabilities: (vectors) =>
      run(vectors, classes, (h, weights) => outputs(tf, logits(tf, weights, h), kind)),
    features: (vectors) => ({
      values: run(vectors, hidden, (h) => h),
      count: vectors.count,
      dimensions: hidden,
    }),
  };
}
