import type { ProjectKind } from "../../shared/domain/learning.ts";
import { FieldmarkError } from "../../shared/errors.ts";
import type { EngineMath } from "../backends/index.ts";
import { computeValues } from "../compute-values.ts";
import { rowRange, type Vectors } from "../embeddings/vectors.ts";
import { applyCalibration } from "../heads/calibration.ts";
import type { HeadState, OpenHead } from "../heads/head.ts";
import { maskValues } from "../heads/mlp/batches.ts";
import { companion, firstColumns } from "./companions.ts";
import { parseNetworkConfig } from "./network-model.ts";

const BLOCK_ROWS = 16_384;

/**
 * The last layer of a trained network, on the features that the rest of it made (see `featureSpace`).
 * @throws FieldmarkError `no-model` where weights and description don't fit
 */
export function openNetworkHead(state: HeadState, kind: ProjectKind, tf: EngineMath): OpenHead {
  const { features, lastLayer, lossModule, options, calibration } = parseNetworkConfig(state);
  const weight = state.arrays[`${lastLayer}.weight`];
  const bias = state.arrays[`${lastLayer}.bias`];
  if (!weight || !bias || weight.length !== features * bias.length) {
    throw new FieldmarkError("no-model", "The network's last layer is incomplete. Train again.");
  }
  const classes = bias.length;
  const featuresOf = (vectors: Vectors) => firstColumns(vectors, features);

  /** Outputs after sigmoid or softmax. @param weights features × classes */
  function outputs(seen: Vectors, weights: Float32Array): Float32Array {
    const values = new Float32Array(seen.count * classes);
    for (let start = 0; start < seen.count; start += BLOCK_ROWS) {
      const block = rowRange(seen, start, Math.min(seen.count, start + BLOCK_ROWS));
      const part = computeValues(tf, () => {
        const product = tf.matMul(
          tf.tensor2d(block.values, [block.count, features]),
          tf.tensor2d(weights, [features, classes]),
        );
        const logits = tf.add(product, tf.tensor1d(bias!));
        return kind === "multi-label" ? tf.sigmoid(logits) : tf.softmax(logits);
      });
      values.set(part, start * classes);
    }
    return values;
  }

  const head: OpenHead = {
    probabilities(vectors) {
      const own = outputs(featuresOf(vectors), weight);
      return calibration ? applyCalibration(calibration, own, kind) : own;
    },
    features: featuresOf,
    lastLayer(vectors) {
      const seen = featuresOf(vectors);
      return { probabilities: outputs(seen, weight), features: seen, bias: true };
    },
  };
  if (lossModule) head.lossRanks = (vectors) => companion(vectors, features);
  const dropout = Number(options.dropout ?? 0);
  if (dropout > 0) {
    head.passes = (vectors, count, random) => {
      const seen = featuresOf(vectors);
      return Array.from({ length: count }, (_, pass) => {
        // The same features are left out for all rows: that is the same as weights of zero.
        const mask = maskValues(features, dropout, random.fork(pass));
        return outputs(
          seen,
          weight.map((value, i) => value * mask[Math.floor(i / classes)]!),
        );
      });
    };
  }
  return head;
}
