import type { Tensor } from "../../backends/index.ts";
import type { BatchNorm, BatchStatistics } from "../layers/batch-norm.ts";
import { globalAverageGradient } from "../layers/global-average.ts";
import type { Parts } from "../parts.ts";
import { ImageStem, type SavedStem, STEM_CHANNELS } from "../stem.ts";
import type { Trunk, TrunkOptions, TrunkPass, TrunkShape } from "../trunk.ts";
import { DenseBlock } from "./dense-block.ts";
import type { SavedDenseLayer } from "./dense-layer.ts";
import { Transition } from "./transition.ts";

interface SavedBlock {
  readonly output: Tensor;
  readonly layers: readonly SavedDenseLayer[];
}

export interface SavedDenseTrunk {
  readonly stem: SavedStem;
  readonly blocks: readonly SavedBlock[];
  readonly transitions: readonly BatchStatistics[];
  readonly last: BatchStatistics;
}

/**
 * DenseNet (Huang et al. 2017), the form with bottlenecks and halving transitions, names as torchvision's.
 * A training pass keeps of each layer the 128 channels of its first convolution, and of each block its output
 * once: concatenations, normalisations and ReLUs are made again on the way back.
 */
export class DenseTrunk implements Trunk<SavedDenseTrunk> {
  readonly channels: number;
  readonly stageChannels: readonly number[];
  readonly smallestSide: number;
  readonly #parts: Parts;
  readonly #stem: ImageStem;
  readonly #blocks: readonly DenseBlock[];
  readonly #transitions: readonly Transition[];
  readonly #norm: BatchNorm;

  /** @param layers of each of the four blocks */
  constructor(parts: Parts, shape: TrunkShape, layers: readonly number[]) {
    this.#parts = parts;
    const names = { convolution: "features.conv0", norm: "features.norm0" };
    this.#stem = new ImageStem(parts, names, shape);
    const blocks: DenseBlock[] = [];
    const transitions: Transition[] = [];
    let channels = STEM_CHANNELS;
    layers.forEach((count, i) => {
      const block = new DenseBlock(parts, `features.denseblock${i + 1}`, channels, count);
      blocks.push(block);
      channels = block.channels;
      if (i === layers.length - 1) return;
      transitions.push(new Transition(parts, `features.transition${i + 1}`, channels));
      channels /= 2;
    });
    this.#blocks = blocks;
    this.#transitions = transitions;
    this.#norm = parts.batchNorm("features.norm5", channels, "relu");
    this.channels = channels;
    this.stageChannels = blocks.map((block) => block.channels);
    // Each transition halves, rounding down; the standard stem quarters, rounding up.
    const side = 2 ** transitions.length;
    this.smallestSide = shape.stem === "small" ? side : 4 * side - 3;
  }

  forward(images: Tensor, { training, onStage }: TrunkOptions): TrunkPass<SavedDenseTrunk> {
    const blocks: SavedBlock[] = [];
    const transitions: BatchStatistics[] = [];
    const stem = this.#stem.forward(images, training);
    let current = stem.output;
    this.#blocks.forEach((block, i) => {
      const { output, saved } = block.forward(current, training);
      onStage?.(output);
      blocks.push({ output, layers: saved });
      current = output;
      const transition = this.#transitions[i]?.forward(output, training);
      if (!transition) return;
      if (transition.saved) transitions.push(transition.saved);
      else output.dispose();
      current = transition.output;
    });
    if (!training || !stem.saved) {
      const maps = this.#norm.forwardInference(current);
      current.dispose();
      return { maps, saved: null };
    }
    const { output: maps, statistics } = this.#norm.forwardTraining(current);
    return { maps, saved: { stem: stem.saved, blocks, transitions, last: statistics } };
  }

  backward(
    images: Tensor,
    saved: SavedDenseTrunk,
    gradient: Tensor,
    stageGradients: readonly Tensor[] | null,
  ): void {
    const { kernels } = this.#parts;
    const end = saved.blocks.at(-1)!.output;
    const maps = this.#norm.recompute(end, saved.last);
    let slope = this.#norm.backward(end, maps, saved.last, gradient);
    kernels.tf.dispose([maps, gradient, ...saved.last]);
    let input: Tensor | null = null;
    for (let i = this.#blocks.length - 1; i >= 0; i--) {
      const { output, layers } = saved.blocks[i]!;
      if (i < this.#transitions.length) {
        const before = slope;
        slope = this.#transitions[i]!.backward(output, saved.transitions[i]!, before);
        before.dispose();
      }
      const stage = stageGradients?.[i];
      if (stage) {
        const before = slope;
        slope = globalAverageGradient(kernels, output, stage, before);
        before.dispose();
      }
      input?.dispose();
      ({ input, gradient: slope } = this.#blocks[i]!.backward(output, layers, slope));
    }
    if (input) this.#stem.backward(images, saved.stem, input, slope);
    input?.dispose();
  }

  discard({ stem, blocks, transitions, last }: SavedDenseTrunk): void {
    const { tf } = this.#parts.kernels;
    this.#stem.discard(stem);
    blocks.forEach(({ output, layers }, i) => {
      output.dispose();
      this.#blocks[i]!.discard(layers);
    });
    tf.dispose([...transitions.flat(), ...last]);
  }
}
