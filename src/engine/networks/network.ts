import { FieldmarkError } from "../../shared/errors.ts";
import type { Random } from "../../shared/random.ts";
import type { Tensor } from "../backends/index.ts";
import type { NamedArrays } from "../embeddings/named-arrays.ts";
import { initialise } from "./initialise.ts";
import { type Dropout, dropoutMask } from "./layers/dropout.ts";
import { globalAverage, globalAverageGradient } from "./layers/global-average.ts";
import { imageShape } from "./layers/image-shape.ts";
import type { Linear } from "./layers/linear.ts";
import type { Parameter } from "./parameter.ts";
import type { Parts } from "./parts.ts";
import { loadState, readState } from "./state.ts";
import type { Statistic } from "./statistic.ts";
import type { Trunk } from "./trunk.ts";

export interface PassOptions {
  /** Also gives the means over the pixels of each stage's output, for a loss module. Default false. */
  readonly taps?: boolean;
  /** Leaves out features before the last layer, in training or out of it. Default none. */
  readonly dropout?: Dropout | null;
}

/** What came of a batch. */
export interface Outputs {
  /** batch × classes, before sigmoid or softmax. */
  readonly logits: Tensor;
  /** h(x), batch × `featureCount`: means of the last feature maps over the pixels, before any dropout. */
  readonly features: Tensor;
  /** For each stage batch × `tapChannels[stage]`; empty where not asked for. */
  readonly taps: readonly Tensor[];
}

/** Gradients of a loss with respect to the outputs of a pass; what is missing counts as zero. */
export interface OutputGradients {
  readonly logits: Tensor;
  readonly features?: Tensor | null;
  readonly taps?: readonly Tensor[] | null;
}

/** A forward pass in training, which one call of `backward` or `discard` must end. */
export interface TrainingPass {
  /** Disposed of by `backward` and `discard`. */
  readonly outputs: Outputs;
  /** Accumulates the gradients of all parameters. The images must still be there; the gradients stay the caller's. */
  backward(gradients: OutputGradients): void;
  discard(): void;
}

/** An end-to-end classifier of images. All its values live on the backend until `dispose`. */
export interface Network {
  readonly id: string;
  readonly bands: number;
  readonly classes: number;
  /** Dimensions of h(x). */
  readonly featureCount: number;
  /** Channels of the output of each of the four stages. */
  readonly tapChannels: readonly number[];
  /** Least height and width of images in pixels. */
  readonly smallestSide: number;
  /** Trainable values. */
  readonly parameterCount: number;
  /** By PyTorch's names. */
  readonly parameters: ReadonlyMap<string, Parameter>;
  /** Running means and variances, by PyTorch's names. */
  readonly statistics: ReadonlyMap<string, Statistic>;
  /**
   * A pass with the running statistics.
   * @param images batch × height × width × bands, float32, normalised; the caller's
   * @returns tensors of the caller's
   * @throws FieldmarkError `invalid-input` where bands or size don't fit
   */
  infer(images: Tensor, options?: PassOptions): Outputs;
  /**
   * A pass with the statistics of the batch, which also updates the running ones.
   * @param images as for `infer`; needed until the pass ends
   * @throws FieldmarkError `invalid-input` where bands or size don't fit
   */
  forward(images: Tensor, options?: PassOptions): TrainingPass;
  /** The last layer alone: logits of features, for many dropout passes over the features of one `infer`. */
  classify(features: Tensor, dropout?: Dropout | null): Tensor;
  /** All values by PyTorch's names, in the layouts of `Parameter.shape`. */
  state(): NamedArrays;
  /** @throws FieldmarkError `no-model` where an array is missing or of another size; nothing has changed then */
  load(arrays: NamedArrays): void;
  dispose(): void;
}

export interface NetworkParts<Saved> {
  readonly id: string;
  readonly bands: number;
  readonly classes: number;
  readonly parts: Parts;
  readonly trunk: Trunk<Saved>;
  /** The last layer, trunk's channels → classes. */
  readonly classifier: Linear;
}

/** A trunk, the means of its feature maps, and one linear layer. */
export class TrunkNetwork<Saved> implements Network {
  readonly id: string;
  readonly bands: number;
  readonly classes: number;
  readonly #parts: Parts;
  readonly #trunk: Trunk<Saved>;
  readonly #classifier: Linear;

  /** @param random where fresh weights are drawn from; null leaves all of them at zero, to be loaded */
  constructor({ id, bands, classes, parts, trunk, classifier }: NetworkParts<Saved>, random: Random | null) {
    this.id = id;
    this.bands = bands;
    this.classes = classes;
    this.#parts = parts;
    this.#trunk = trunk;
    this.#classifier = classifier;
    if (random) initialise(parts.parameters.values(), random);
  }

  get featureCount(): number {
    return this.#trunk.channels;
  }

  get tapChannels(): readonly number[] {
    return this.#trunk.stageChannels;
  }

  get smallestSide(): number {
    return this.#trunk.smallestSide;
  }

  get parameterCount(): number {
    return Array.from(this.parameters.values()).reduce((sum, { size }) => sum + size, 0);
  }

  get parameters(): ReadonlyMap<string, Parameter> {
    return this.#parts.parameters;
  }

  get statistics(): ReadonlyMap<string, Statistic> {
    return this.#parts.statistics;
  }

  infer(images: Tensor, options: PassOptions = {}): Outputs {
    const { outputs, maps, mask } = this.#run(images, options, false);
    maps.dispose();
    mask?.dispose();
    return outputs;
  }

  forward(images: Tensor, options: PassOptions = {}): TrainingPass {
    const { outputs, maps, mask, saved } = this.#run(images, options, true);
    const { shape } = maps;
    maps.dispose();
    const { tf } = this.#parts.kernels;
    const end = () => tf.dispose([outputs.logits, outputs.features, ...outputs.taps, mask ?? []]);
    return {
      outputs,
      backward: (gradients) => {
        const toFeatures = this.#backLastLayer(outputs.features, mask, gradients);
        end();
        const toMaps = globalAverageGradient(this.#parts.kernels, { shape }, toFeatures);
        toFeatures.dispose();
        this.#trunk.backward(images, saved!, toMaps, gradients.taps ?? null);
      },
      discard: () => {
        end();
        this.#trunk.discard(saved!);
      },
    };
  }

  classify(features: Tensor, dropout: Dropout | null = null): Tensor {
    const mask = dropout ? dropoutMask(this.#parts.kernels, features.shape, dropout) : null;
    const logits = this.#lastLayer(features, mask);
    mask?.dispose();
    return logits;
  }

  state(): NamedArrays {
    return readState(this.#parts);
  }

  load(arrays: NamedArrays): void {
    loadState(this.#parts, arrays);
  }

  dispose(): void {
    this.#parts.dispose();
  }

  #run(images: Tensor, { taps: wantsTaps = false, dropout = null }: PassOptions, training: boolean) {
    this.#check(images);
    const { kernels } = this.#parts;
    const taps: Tensor[] = [];
    const onStage = wantsTaps ? (output: Tensor) => void taps.push(globalAverage(kernels, output)) : null;
    const { maps, saved } = this.#trunk.forward(images, { training, onStage });
    const features = globalAverage(kernels, maps);
    const mask = dropout ? dropoutMask(kernels, features.shape, dropout) : null;
    return { outputs: { logits: this.#lastLayer(features, mask), features, taps }, maps, mask, saved };
  }

  #lastLayer(features: Tensor, mask: Tensor | null): Tensor {
    if (!mask) return this.#classifier.forward(features);
    const kept = this.#parts.kernels.tf.mul(features, mask);
    const logits = this.#classifier.forward(kept);
    kept.dispose();
    return logits;
  }

  /** Accumulates the last layer's gradients and gives the one with respect to the features. */
  #backLastLayer(features: Tensor, mask: Tensor | null, gradients: OutputGradients): Tensor {
    const { tf } = this.#parts.kernels;
    const seen = mask ? tf.mul(features, mask) : features;
    let slope = this.#classifier.backward(seen, gradients.logits);
    if (mask) {
      const before = slope;
      slope = tf.mul(before, mask);
      tf.dispose([before, seen]);
    }
    if (gradients.features) {
      const before = slope;
      slope = tf.add(before, gradients.features);
      before.dispose();
    }
    return slope;
  }

  #check(images: Tensor): void {
    const { height, width, channels } = imageShape(images);
    if (channels !== this.bands) {
      throw new FieldmarkError(
        "invalid-input",
        `The network was made for ${this.bands} bands, and the images have ${channels}. ` +
          "Train a network on these bands, or choose the ones it was trained on.",
      );
    }
    const least = this.smallestSide;
    if (Math.min(height, width) < least) {
      throw new FieldmarkError(
        "invalid-input",
        `Images of ${width} × ${height} pixels are too small for this network, which needs ${least} × ${least}. ` +
          "Choose larger patches, the stem for small images, or a ResNet.",
      );
    }
  }
}
