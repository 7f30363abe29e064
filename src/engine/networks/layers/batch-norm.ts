import type { Tensor } from "../../backends/index.ts";
import type { Attribute, Kernels } from "../kernels.ts";
import type { Parameter } from "../parameter.ts";
import type { Statistic } from "../statistic.ts";
import { normalisationAttributes, normalise } from "./normalise.ts";
import { reluGradient } from "./relu.ts";

/** Share of the newest batch in the running statistics: PyTorch's "momentum". */
const MOMENTUM = 0.1;

export interface BatchNormParts {
  readonly scale: Parameter;
  readonly shift: Parameter;
  readonly mean: Statistic;
  readonly variance: Statistic;
}

/** What a training pass keeps for the backward pass: a few numbers for each channel, opaque to others. */
export type BatchStatistics = readonly [mean: Tensor, spread: Tensor, reserve: Tensor];

/**
 * Batch normalisation (Ioffe and Szegedy 2015), with a ReLU behind it where `activation` says so. ε = 1e-5;
 * running statistics take up a tenth of each training batch, the variance unbiased, as in PyTorch.
 * Tensors that are given stay the caller's; those that come back are too.
 */
export class BatchNorm {
  readonly #kernels: Kernels;
  readonly #parts: BatchNormParts;
  readonly #activation: "relu" | null;
  readonly #gradientAttributes: readonly Attribute[];

  constructor(kernels: Kernels, parts: BatchNormParts, activation: "relu" | null) {
    this.#kernels = kernels;
    this.#parts = parts;
    this.#activation = activation;
    this.#gradientAttributes = normalisationAttributes(kernels, true);
  }

  /** Normalises by the batch and updates the running statistics. */
  forwardTraining(input: Tensor): { readonly output: Tensor; readonly statistics: BatchStatistics } {
    const { mean, variance } = this.#parts;
    const moments = { ofBatch: true, share: MOMENTUM, mean: mean.value, variance: variance.value };
    const made = this.#normalise(input, moments);
    mean.replace(made.mean);
    variance.replace(made.variance);
    return { output: made.output, statistics: made.kept };
  }

  /** Normalises by the running statistics. */
  forwardInference(input: Tensor): Tensor {
    const { mean, variance } = this.#parts;
    const made = this.#normalise(input, {
      ofBatch: false,
      share: 1,
      mean: mean.value,
      variance: variance.value,
    });
    this.#kernels.tf.dispose([made.mean, made.variance, ...made.kept]);
    return made.output;
  }

  /** The output of `forwardTraining` once more, so that it need not be kept. Running statistics stay. */
  recompute(input: Tensor, [mean, spread]: BatchStatistics): Tensor {
    const { onGpu, tf } = this.#kernels;
    // A graphics card keeps the inverse of the deviation, which can't stand for the variance.
    const made = this.#normalise(input, {
      ofBatch: onGpu,
      share: 1,
      mean: onGpu ? this.#parts.mean.value : mean,
      variance: onGpu ? this.#parts.variance.value : spread,
    });
    tf.dispose([made.mean, made.variance, ...made.kept]);
    return made.output;
  }

  /**
   * Accumulates the gradients of scale and shift.
   * @param input what `forwardTraining` was given
   * @param output what it returned, looked at where there is a ReLU only
   * @param gradient of the loss with respect to `output`
   * @returns the gradient with respect to `input`
   */
  backward(input: Tensor, output: Tensor | null, statistics: BatchStatistics, gradient: Tensor): Tensor {
    const masked =
      this.#activation === "relu" && output !== null
        ? reluGradient(this.#kernels, output, gradient)
        : gradient;
    const [slope, scale, shift, ...unused] = this.#kernels.run(
      "FusedBatchNormGradV3",
      this.#gradientAttributes,
      [masked, input, this.#parts.scale.value, ...statistics],
      5,
    ) as [Tensor, Tensor, Tensor, Tensor, Tensor];
    this.#kernels.tf.dispose(unused);
    if (masked !== gradient) masked.dispose();
    this.#parts.scale.accumulate(scale);
    this.#parts.shift.accumulate(shift);
    return slope;
  }

  #normalise(input: Tensor, moments: Parameters<typeof normalise>[4]) {
    const { scale, shift } = this.#parts;
    return normalise(this.#kernels, input, scale.value, shift.value, moments, this.#activation);
  }
}
