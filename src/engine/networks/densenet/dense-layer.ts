import type { Tensor } from "../../backends/index.ts";
import type { BatchNorm, BatchStatistics } from "../layers/batch-norm.ts";
import type { Convolution } from "../layers/convolution.ts";
import type { Parts } from "../parts.ts";

/** Channels that each layer adds. */
export const GROWTH = 32;
const BOTTLENECK = 4 * GROWTH;

export interface SavedDenseLayer {
  /** Output of the first convolution; all activations are made again from it and the layer's input. */
  readonly squeezed: Tensor;
  readonly first: BatchStatistics;
  readonly second: BatchStatistics;
}

/** BN, ReLU, 1 × 1 convolution to 128, BN, ReLU, 3 × 3 convolution to 32 (pre-activation order). */
export class DenseLayer {
  readonly #parts: Parts;
  readonly #norm1: BatchNorm;
  readonly #conv1: Convolution;
  readonly #norm2: BatchNorm;
  readonly #conv2: Convolution;

  constructor(parts: Parts, name: string, inputs: number) {
    this.#parts = parts;
    this.#norm1 = parts.batchNorm(`${name}.norm1`, inputs, "relu");
    this.#conv1 = parts.convolution(`${name}.conv1`, [1, inputs, BOTTLENECK], { stride: 1, padding: 0 });
    this.#norm2 = parts.batchNorm(`${name}.norm2`, BOTTLENECK, "relu");
    this.#conv2 = parts.convolution(`${name}.conv2`, [3, BOTTLENECK, GROWTH], { stride: 1, padding: 1 });
  }

  forwardInference(input: Tensor): Tensor {
    const wide = this.#norm1.forwardInference(input);
    const squeezed = this.#conv1.forward(wide);
    wide.dispose();
    const activated = this.#norm2.forwardInference(squeezed);
    squeezed.dispose();
    const output = this.#conv2.forward(activated);
    activated.dispose();
    return output;
  }

  forwardTraining(input: Tensor): { readonly output: Tensor; readonly saved: SavedDenseLayer } {
    const wide = this.#norm1.forwardTraining(input);
    const squeezed = this.#conv1.forward(wide.output);
    wide.output.dispose();
    const activated = this.#norm2.forwardTraining(squeezed);
    const output = this.#conv2.forward(activated.output);
    activated.output.dispose();
    return { output, saved: { squeezed, first: wide.statistics, second: activated.statistics } };
  }

  /** Disposes of `saved`; `input`, `gradient` and what is returned are the caller's. */
  backward(input: Tensor, saved: SavedDenseLayer, gradient: Tensor): Tensor {
    const { squeezed, first, second } = saved;
    const activated = this.#norm2.recompute(squeezed, second);
    const toActivated = this.#conv2.backward(activated, gradient);
    const toSqueezed = this.#norm2.backward(squeezed, activated, second, toActivated);
    this.#parts.kernels.tf.dispose([activated, toActivated, squeezed, ...second]);
    const wide = this.#norm1.recompute(input, first);
    const toWide = this.#conv1.backward(wide, toSqueezed);
    toSqueezed.dispose();
    const toInput = this.#norm1.backward(input, wide, first, toWide);
    this.#parts.kernels.tf.dispose([wide, toWide, ...first]);
    return toInput;
  }

  discard({ squeezed, first, second }: SavedDenseLayer): void {
    this.#parts.kernels.tf.dispose([squeezed, ...first, ...second]);
  }
}
