import type { Random } from "../../../shared/random.ts";
import type { EngineMath, Tensor2D } from "../../backends/index.ts";
import type { NamedArrays } from "../../embeddings/named-arrays.ts";
import type { LossModuleOptions } from "../head.ts";
import { tensorsOf } from "./weight-tensors.ts";

/** Width of the loss module's own layer (Yoo and Kweon 2019). */
const WIDTH = 128;

export const LOSS_WEIGHT_NAMES = ["lossHidden", "lossHiddenBias", "lossOutput", "lossOutputBias"] as const;

/**
 * Weights of the loss module: hidden activations → 128 (ReLU) → 1, the predicted rank of the loss. On the
 * small network it has one tap, the hidden layer after its activation, so there is nothing to concatenate.
 */
export type LossWeights = Readonly<Record<(typeof LOSS_WEIGHT_NAMES)[number], Tensor2D>>;

/** @throws FieldmarkError `no-model` where an array is missing or of another size */
export function toLossTensors(tf: EngineMath, arrays: NamedArrays, taps: number): LossWeights {
  return tensorsOf(tf, arrays, {
    lossHidden: [taps, WIDTH],
    lossHiddenBias: [1, WIDTH],
    lossOutput: [WIDTH, 1],
    lossOutputBias: [1, 1],
  });
}

/** He initialisation. */
export function freshLossWeights(tf: EngineMath, taps: number, source: Random): LossWeights {
  const random = source.fork("loss module");
  const normal = (count: number, deviation: number) =>
    Float32Array.from({ length: count }, () => random.normal() * deviation);
  return toLossTensors(
    tf,
    {
      lossHidden: normal(taps * WIDTH, Math.sqrt(2 / taps)),
      lossHiddenBias: new Float32Array(WIDTH),
      lossOutput: normal(WIDTH, Math.sqrt(1 / WIDTH)),
      lossOutputBias: new Float32Array(1),
    },
    taps,
  );
}

function innerActivations(tf: EngineMath, weights: LossWeights, taps: Tensor2D): Tensor2D {
  return tf.relu(tf.add(tf.matMul(taps, weights.lossHidden), weights.lossHiddenBias));
}

/** ŝ: predicted loss ranks, rows × 1. */
export function predictRanks(tf: EngineMath, weights: LossWeights, taps: Tensor2D): Tensor2D {
  const inner = innerActivations(tf, weights, taps);
  return tf.add(tf.matMul(inner, weights.lossOutput), weights.lossOutputBias);
}

/**
 * Random pairs of the given rows of a mini-batch as a matrix of differences: row k has +1 at i and −1 at j of
 * the k-th pair, so that the same pairs are formed of ranks and of losses. An odd last row is left out.
 * @returns null where there is no pair
 */
export function drawPairs(
  tf: EngineMath,
  usable: readonly number[],
  rows: number,
  random: Random,
): Tensor2D | null {
  const order = random.shuffle([...usable]);
  const pairs = Math.floor(order.length / 2);
  if (pairs === 0) return null;
  const differences = new Float32Array(pairs * rows);
  for (let k = 0; k < pairs; k++) {
    differences[k * rows + order[2 * k]!] = 1;
    differences[k * rows + order[2 * k + 1]!] = -1;
  }
  return tf.tensor2d(differences, [pairs, rows]);
}

/** Pair losses max(0, −sign(l_i − l_j)·(ŝ_i − ŝ_j) + ξ), pairs × 1. */
export function pairLosses(
  tf: EngineMath,
  ranks: Tensor2D,
  losses: Tensor2D,
  pairs: Tensor2D,
  xi: number,
): Tensor2D {
  const signs = tf.sign(tf.matMul(pairs, losses));
  return tf.relu(tf.sub<Tensor2D>(xi, tf.mul(signs, tf.matMul(pairs, ranks))));
}

/**
 * The gradient of λ·mean pair loss (Yoo and Kweon 2019, eq. 2) with respect to the loss module's weights and
 * to what it taps. The true losses are constants: no gradient goes through them.
 * @param taps rows × hidden activations
 * @param losses true loss of every row, rows × 1
 */
export function pairGradients(
  tf: EngineMath,
  weights: LossWeights,
  taps: Tensor2D,
  losses: Tensor2D,
  pairs: Tensor2D,
  { lambda, xi }: LossModuleOptions,
): { readonly weights: LossWeights; readonly taps: Tensor2D } {
  const inner = innerActivations(tf, weights, taps);
  const ranks = tf.add<Tensor2D>(tf.matMul(inner, weights.lossOutput), weights.lossOutputBias);
  const signs = tf.sign(tf.matMul(pairs, losses));
  const open = tf.cast(tf.greater(pairLosses(tf, ranks, losses, pairs, xi), 0), "float32");
  const toDifferences = tf.mul<Tensor2D>(tf.mul(signs, open), -lambda / pairs.shape[0]);
  const toRanks = tf.matMul(pairs, toDifferences, true, false) as Tensor2D;
  const toInner = tf.mul<Tensor2D>(
    tf.matMul(toRanks, weights.lossOutput, false, true),
    tf.cast(tf.greater(inner, 0), "float32"),
  );
  return {
    weights: {
      lossHidden: tf.matMul(taps, toInner, true, false) as Tensor2D,
      lossHiddenBias: tf.sum<Tensor2D>(toInner, 0, true),
      lossOutput: tf.matMul(inner, toRanks, true, false) as Tensor2D,
      lossOutputBias: tf.sum<Tensor2D>(toRanks, 0, true),
    },
    taps: tf.matMul(toInner, weights.lossHidden, false, true) as Tensor2D,
  };
}
