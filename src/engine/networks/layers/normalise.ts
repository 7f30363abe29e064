import type { Tensor } from "../../backends/index.ts";
import type { Attribute, Kernels } from "../kernels.ts";
import { relu } from "./relu.ts";

/** ε of every batch normalisation, as in PyTorch. */
export const EPSILON = 1e-5;

/** Where a normalisation takes its mean and variance from. */
export interface Moments {
  /** True: from the batch; false: from `mean` and `variance`. */
  readonly ofBatch: boolean;
  /** Share of the batch in the new running statistics, 0 to 1; meaningless where `ofBatch` is false. */
  readonly share: number;
  readonly mean: Tensor;
  readonly variance: Tensor;
}

export interface Normalised {
  readonly output: Tensor;
  /** share · batch + (1 − share) · mean given. */
  readonly mean: Tensor;
  /** The same of the unbiased variance. */
  readonly variance: Tensor;
  /** What the gradient operation needs: mean, spread, reserve. */
  readonly kept: readonly [Tensor, Tensor, Tensor];
}

/** The attributes that normalisations and their gradients share. */
export function normalisationAttributes(kernels: Kernels, isTraining: boolean): Attribute[] {
  return [
    kernels.float,
    kernels.type("U"),
    kernels.number("epsilon", EPSILON),
    kernels.text("data_format", "NHWC"),
    kernels.flag("is_training", isTraining),
  ];
}

/** y = scale · (x − mean) / √(variance + ε) + shift, with a ReLU behind it where asked for. All outputs are new. */
export function normalise(
  kernels: Kernels,
  input: Tensor,
  scale: Tensor,
  shift: Tensor,
  moments: Moments,
  activation: "relu" | null,
): Normalised {
  const isFused = activation === "relu" && fusesRelu(kernels);
  return normaliseBy(isFused ? FUSED : PLAIN, kernels, input, scale, shift, moments, activation);
}

const PLAIN = "FusedBatchNormV3";
/** oneDNN's normalisation with a ReLU in the same pass over memory; in TensorFlow's processor builds only. */
const FUSED = "_MklNativeFusedBatchNormEx";

function normaliseBy(
  name: typeof PLAIN | typeof FUSED,
  kernels: Kernels,
  input: Tensor,
  scale: Tensor,
  shift: Tensor,
  { ofBatch, share, mean, variance }: Moments,
  activation: "relu" | null,
): Normalised {
  const attributes = normalisationAttributes(kernels, ofBatch);
  attributes.push(kernels.number("exponential_avg_factor", share));
  if (name === FUSED) {
    attributes.push(kernels.integers("num_side_inputs", 0), kernels.text("activation_mode", "Relu"));
    attributes.push(kernels.text("_kernel", "MklNameChangeOp"));
  }
  const [output, newMean, newVariance, keptMean, keptSpread, reserve] = kernels.run(
    name,
    attributes,
    [input, scale, shift, mean, variance],
    6,
  ) as [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor];
  const made = { mean: newMean, variance: newVariance, kept: [keptMean, keptSpread, reserve] } as const;
  if (activation === null || name === FUSED) return { output, ...made };
  const activated = relu(kernels, output);
  output.dispose();
  return { output: activated, ...made };
}

const fusing = new WeakMap<Kernels, boolean>();

/** True where the fused operation is there and computes the same. */
function fusesRelu(kernels: Kernels): boolean {
  const known = fusing.get(kernels);
  if (known !== undefined) return known;
  const answer = !kernels.onGpu && tryFused(kernels);
  fusing.set(kernels, answer);
  return answer;
}

function tryFused(kernels: Kernels): boolean {
  const { tf } = kernels;
  return tf.tidy(() => {
    const input = tf.tensor4d([1, -2, 3, 5, -7, 4, 2, 0], [1, 2, 2, 2]);
    const [one, zero] = [tf.ones([2]), tf.zeros([2])];
    const both = [true, false].flatMap((ofBatch) => {
      const moments = { ofBatch, share: 1, mean: zero, variance: one };
      const plain = normaliseBy(PLAIN, kernels, input, one, zero, moments, "relu");
      try {
        const fused = normaliseBy(FUSED, kernels, input, one, zero, moments, "relu");
        return [tf.max(tf.abs(tf.sub(plain.output, fused.output))).dataSync()[0] ?? 1];
      } catch {
        return [1];
      }
    });
    return both.every((difference) => difference < 1e-5);
  });
}
