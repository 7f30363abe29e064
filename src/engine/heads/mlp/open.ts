import { z } from "zod";
import type { ProjectKind } from "../../../shared/domain/learning.ts";
import type { Random } from "../../../shared/random.ts";
import type { EngineMath, Tensor2D } from "../../backends/index.ts";
import { rowRange, type Vectors } from "../../embeddings/vectors.ts";
import { applyCalibration } from "../calibration.ts";
import type { HeadState, OpenHead } from "../head.ts";
import { maskValues } from "./batches.ts";
import { predictRanks, toLossTensors } from "./loss-module.ts";
import { hiddenActivations, logits, outputs, toTensors, type Weights } from "./network.ts";
import { project } from "./projection.ts";

const BLOCK_ROWS = 1024;

/** Defaults are those of models written before there was a choice. */
export const mlpConfigSchema = z.object({
  dimensions: z.number().int().positive(),
  inputs: z.number().int().positive(),
  hidden: z.number().int().positive(),
  classes: z.number().int().positive(),
  lossModule: z.boolean().default(false),
  inputDropout: z.number().default(0.3),
  hiddenDropout: z.number().default(0.5),
  /** Of the network's probabilities; null = as they are. */
  calibration: z
    .object({ slope: z.number(), thresholds: z.array(z.number()) })
    .nullable()
    .default(null),
});
export type MlpConfig = z.output<typeof mlpConfigSchema>;

/** A trained small network ready to predict. */
export function openMlp(state: HeadState, kind: ProjectKind, tf: EngineMath): OpenHead {
  const config = mlpConfigSchema.parse(state.config);
  const { classes, hidden } = config;

  /** Runs the network over the vectors, block by block. */
  function run(
    vectors: Vectors,
    widths: readonly number[],
    compute: (weights: Weights, x: Tensor2D) => Tensor2D[],
  ): Float32Array[] {
    const weights = toTensors(tf, state.arrays, config);
    return byBlocks(tf, vectors, widths, Object.values(weights), (x) => compute(weights, x));
  }

  const classify = (weights: Weights, activations: Tensor2D) =>
    outputs(tf, logits(tf, weights, activations), kind);
  const asFeatures = (values: Float32Array, count: number) => ({ values, count, dimensions: hidden });

  const head: OpenHead = {
    probabilities(vectors) {
      const [own] = run(vectors, [classes], (weights, x) => [
        classify(weights, hiddenActivations(tf, weights, x)),
      ]);
      return config.calibration ? applyCalibration(config.calibration, own!, kind) : own!;
    },
    features: (vectors) =>
      asFeatures(
        run(vectors, [hidden], (weights, x) => [hiddenActivations(tf, weights, x)])[0]!,
        vectors.count,
      ),
    lastLayer(vectors) {
      const [probabilities, values] = run(vectors, [classes, hidden], (weights, x) => {
        const activations = hiddenActivations(tf, weights, x);
        return [classify(weights, activations), activations];
      });
      return { probabilities: probabilities!, features: asFeatures(values!, vectors.count), bias: true };
    },
  };
  if (config.lossModule) {
    head.lossRanks = (vectors) => {
      const module = toLossTensors(tf, state.arrays, hidden);
      const weights = toTensors(tf, state.arrays, config);
      const owned = [...Object.values(module), ...Object.values(weights)];
      return byBlocks(tf, vectors, [1], owned, (x) => [
        predictRanks(tf, module, hiddenActivations(tf, weights, x)),
      ])[0]!;
    };
  }
  if (config.inputDropout > 0 || config.hiddenDropout > 0) {
    head.passes = (vectors, count, random) => {
      const networks = Array.from({ length: count }, (_, pass) =>
        drawNetwork(tf, state, config, random.fork(pass)),
      );
      // One product for the hidden units of all networks is much faster than one for each.
      const joint = tf.tidy(() => ({
        hidden: tf.concat(
          networks.map((weights) => weights.hidden),
          1,
        ),
        hiddenBias: tf.concat(
          networks.map((weights) => weights.hiddenBias),
          1,
        ),
      }));
      const starts = networks.map((_, pass) =>
        networks.slice(0, pass).reduce((sum, weights) => sum + weights.hidden.shape[1], 0),
      );
      const owned = [
        ...networks.flatMap((weights) => Object.values(weights)),
        joint.hidden,
        joint.hiddenBias,
      ];
      const widths = new Array<number>(count).fill(classes);
      return byBlocks(tf, vectors, widths, owned, (x) => {
        const all = tf.relu(tf.add<Tensor2D>(tf.matMul(x, joint.hidden), joint.hiddenBias));
        return networks.map((weights, pass) => {
          const units = weights.hidden.shape[1];
          return classify(weights, tf.slice(all, [0, starts[pass]!], [x.shape[0], units]));
        });
      });
    };
  }
  return head;
}

/**
 * Computes tensors of rows × width for the projected vectors, block by block, and joins them.
 * @param owned tensors that are disposed in the end
 */
function byBlocks(
  tf: EngineMath,
  vectors: Vectors,
  widths: readonly number[],
  owned: readonly Tensor2D[],
  compute: (x: Tensor2D) => Tensor2D[],
): Float32Array[] {
  const values = widths.map((width) => new Float32Array(vectors.count * width));
  const projected = project(tf, vectors);
  for (let start = 0; start < projected.count; start += BLOCK_ROWS) {
    const block = rowRange(projected, start, Math.min(projected.count, start + BLOCK_ROWS));
    const results = tf.tidy(() => compute(tf.tensor2d(block.values, [block.count, block.dimensions])));
    results.forEach((tensor, i) => {
      values[i]!.set(tensor.dataSync<"float32">(), start * widths[i]!);
      tensor.dispose();
    });
  }
  for (const tensor of owned) tensor.dispose();
  return values;
}

/**
 * A network drawn by dropout, as weights: inputs that are left out have none, hidden units that are left out
 * are not there, which makes it cheaper than the whole.
 */
function drawNetwork(tf: EngineMath, state: HeadState, config: MlpConfig, random: Random): Weights {
  const { inputs, hidden, classes } = config;
  const input = maskValues(inputs, config.inputDropout, random);
  const unit = maskValues(hidden, config.hiddenDropout, random);
  const kept = Array.from(unit.keys()).filter((j) => unit[j]! > 0);
  const whole = state.arrays;
  const toHidden = new Float32Array(inputs * kept.length);
  const bias = Float32Array.from(kept, (j) => whole.hiddenBias![j]!);
  const toOutput = new Float32Array(kept.length * classes);
  kept.forEach((j, column) => {
    for (let i = 0; i < inputs; i++)
      toHidden[i * kept.length + column] = input[i]! * whole.hidden![i * hidden + j]!;
    for (let c = 0; c < classes; c++)
      toOutput[column * classes + c] = unit[j]! * whole.output![j * classes + c]!;
  });
  const arrays = { hidden: toHidden, hiddenBias: bias, output: toOutput, outputBias: whole.outputBias! };
  return toTensors(tf, arrays, { inputs, hidden: kept.length, classes });
}
