import type { Tensor } from "../../backends/index.ts";
import type { BatchNorm, BatchStatistics } from "../layers/batch-norm.ts";
import type { Convolution } from "../layers/convolution.ts";
import { relu, reluGradient } from "../layers/relu.ts";
import type { Parts } from "../parts.ts";

/** One convolution of a block with the normalisation behind it. */
interface Unit {
  readonly convolution: Convolution;
  readonly norm: BatchNorm;
}

interface SavedUnit {
  readonly convolved: Tensor;
  readonly statistics: BatchStatistics;
}

export interface SavedResidualBlock {
  readonly units: readonly SavedUnit[];
  readonly shortcut: SavedUnit | null;
}

/** What a block is made of: `basic` 3 × 3, 3 × 3 (ResNet-18); `bottleneck` 1 × 1, 3 × 3, 1 × 1 (ResNet-50). */
export type BlockKind = "basic" | "bottleneck";

export interface BlockShape {
  readonly kind: BlockKind;
  readonly inputs: number;
  /** Channels inside; the output of a bottleneck has four times as many. */
  readonly width: number;
  readonly stride: number;
}

export function outputChannels(kind: BlockKind, width: number): number {
  return kind === "basic" ? width : 4 * width;
}

/**
 * Convolutions with a shortcut around them: ReLU(F(x) + x), where the shortcut is a strided 1 × 1 convolution
 * if the shape changes (He et al. 2016; the stride of a bottleneck sits in its 3 × 3 convolution, as in
 * torchvision).
 */
export class ResidualBlock {
  readonly #parts: Parts;
  readonly #units: readonly Unit[];
  readonly #shortcut: Unit | null;

  constructor(parts: Parts, name: string, { kind, inputs, width, stride }: BlockShape) {
    this.#parts = parts;
    const outputs = outputChannels(kind, width);
    const sizes =
      kind === "basic"
        ? ([
            [3, inputs, width],
            [3, width, outputs],
          ] as const)
        : ([
            [1, inputs, width],
            [3, width, width],
            [1, width, outputs],
          ] as const);
    const strided = kind === "basic" ? 0 : 1;
    this.#units = sizes.map((size, i) => ({
      convolution: parts.convolution(`${name}.conv${i + 1}`, size, {
        stride: i === strided ? stride : 1,
        padding: (size[0] - 1) / 2,
      }),
      norm: parts.batchNorm(`${name}.bn${i + 1}`, size[2], i === sizes.length - 1 ? null : "relu"),
    }));
    this.#shortcut =
      stride === 1 && inputs === outputs
        ? null
        : {
            convolution: parts.convolution(`${name}.downsample.0`, [1, inputs, outputs], {
              stride,
              padding: 0,
            }),
            norm: parts.batchNorm(`${name}.downsample.1`, outputs, null),
          };
  }

  /** `input` stays the caller's; what is saved of a training pass leaves out input and output. */
  forward(
    input: Tensor,
    training: boolean,
  ): { readonly output: Tensor; readonly saved: SavedResidualBlock | null } {
    const { kernels } = this.#parts;
    const units: SavedUnit[] = [];
    let current = input;
    for (const unit of this.#units) {
      const { output, saved } = this.#pass(unit, current, training);
      if (saved) units.push(saved);
      if (current !== input) current.dispose();
      current = output;
    }
    const shortcut = this.#shortcut ? this.#pass(this.#shortcut, input, training) : null;
    const sum = kernels.tf.add(current, shortcut?.output ?? input);
    current.dispose();
    shortcut?.output.dispose();
    const output = relu(kernels, sum);
    sum.dispose();
    return { output, saved: training ? { units, shortcut: shortcut?.saved ?? null } : null };
  }

  /**
   * Disposes of `saved`; all else is the caller's.
   * @param output what `forward` returned
   */
  backward(input: Tensor, saved: SavedResidualBlock, output: Tensor, gradient: Tensor): Tensor {
    const { tf } = this.#parts.kernels;
    const toSum = reluGradient(this.#parts.kernels, output, gradient);
    let slope = toSum;
    let activated: Tensor | null = null;
    for (let i = this.#units.length - 1; i >= 0; i--) {
      const { convolution, norm } = this.#units[i]!;
      const { convolved, statistics } = saved.units[i]!;
      const toConvolved = norm.backward(convolved, activated, statistics, slope);
      if (slope !== toSum) slope.dispose();
      tf.dispose([activated ?? [], convolved, ...statistics]);
      const before: SavedUnit | undefined = saved.units[i - 1];
      activated = before ? this.#units[i - 1]!.norm.recompute(before.convolved, before.statistics) : null;
      slope = convolution.backward(activated ?? input, toConvolved);
      toConvolved.dispose();
    }
    const around = this.#backAround(input, saved.shortcut, toSum);
    const toInput = tf.add(slope, around);
    tf.dispose([slope, around]);
    if (around !== toSum) toSum.dispose();
    return toInput;
  }

  discard({ units, shortcut }: SavedResidualBlock): void {
    for (const { convolved, statistics } of shortcut ? [...units, shortcut] : units) {
      this.#parts.kernels.tf.dispose([convolved, ...statistics]);
    }
  }

  /** The gradient that reaches the input by the shortcut: `gradient` itself where it leads straight through. */
  #backAround(input: Tensor, saved: SavedUnit | null, gradient: Tensor): Tensor {
    if (!this.#shortcut || !saved) return gradient;
    const { convolution, norm } = this.#shortcut;
    const toConvolved = norm.backward(saved.convolved, null, saved.statistics, gradient);
    this.#parts.kernels.tf.dispose([saved.convolved, ...saved.statistics]);
    const toInput = convolution.backward(input, toConvolved);
    toConvolved.dispose();
    return toInput;
  }

  #pass(
    { convolution, norm }: Unit,
    input: Tensor,
    training: boolean,
  ): { readonly output: Tensor; readonly saved: SavedUnit | null } {
    const convolved = convolution.forward(input);
    if (training) {
      const { output, statistics } = norm.forwardTraining(convolved);
      return { output, saved: { convolved, statistics } };
    }
    const output = norm.forwardInference(convolved);
    convolved.dispose();
    return { output, saved: null };
  }
}
