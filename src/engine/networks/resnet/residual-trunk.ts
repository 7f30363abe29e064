import type { Tensor } from "../../backends/index.ts";
import { globalAverageGradient } from "../layers/global-average.ts";
import type { Parts } from "../parts.ts";
import { ImageStem, type SavedStem, STEM_CHANNELS } from "../stem.ts";
import type { Trunk, TrunkOptions, TrunkPass, TrunkShape } from "../trunk.ts";
import { type BlockKind, outputChannels, ResidualBlock, type SavedResidualBlock } from "./residual-block.ts";

const WIDTHS = [64, 128, 256, 512];

export interface SavedResidualTrunk {
  readonly stem: SavedStem;
  /** Inputs of the blocks in order, then the output of the last. */
  readonly maps: readonly Tensor[];
  readonly blocks: readonly SavedResidualBlock[];
}

/**
 * ResNet (He et al. 2016), names as torchvision's. A training pass keeps the outputs of blocks and
 * convolutions; normalisations and the ReLUs inside blocks are made again on the way back.
 */
export class ResidualTrunk implements Trunk<SavedResidualTrunk> {
  readonly channels: number;
  readonly stageChannels: readonly number[];
  readonly smallestSide = 1;
  readonly #parts: Parts;
  readonly #stem: ImageStem;
  readonly #blocks: readonly ResidualBlock[];
  /** Index of the last block of each stage. */
  readonly #stageEnds: readonly number[];

  /** @param counts blocks of each of the four stages */
  constructor(parts: Parts, shape: TrunkShape, kind: BlockKind, counts: readonly number[]) {
    this.#parts = parts;
    this.#stem = new ImageStem(parts, { convolution: "conv1", norm: "bn1" }, shape);
    this.stageChannels = WIDTHS.map((width) => outputChannels(kind, width));
    this.channels = this.stageChannels.at(-1)!;
    const blocks: ResidualBlock[] = [];
    const ends: number[] = [];
    let inputs = STEM_CHANNELS;
    WIDTHS.forEach((width, stage) => {
      for (let i = 0; i < counts[stage]!; i++) {
        const stride = stage > 0 && i === 0 ? 2 : 1;
        blocks.push(new ResidualBlock(parts, `layer${stage + 1}.${i}`, { kind, inputs, width, stride }));
        inputs = outputChannels(kind, width);
      }
      ends.push(blocks.length - 1);
    });
    this.#blocks = blocks;
    this.#stageEnds = ends;
  }

  forward(images: Tensor, { training, onStage }: TrunkOptions): TrunkPass<SavedResidualTrunk> {
    const stem = this.#stem.forward(images, training);
    const blocks: SavedResidualBlock[] = [];
    const maps = [stem.output];
    let current = stem.output;
    this.#blocks.forEach((block, i) => {
      const { output, saved } = block.forward(current, training);
      if (saved) blocks.push(saved);
      else current.dispose();
      maps.push(output);
      current = output;
      if (this.#stageEnds.includes(i)) onStage?.(output);
    });
    if (!stem.saved) return { maps: current, saved: null };
    // The caller's and the saved maps are the same values, with an owner each.
    return { maps: current.clone(), saved: { stem: stem.saved, maps, blocks } };
  }

  backward(
    images: Tensor,
    saved: SavedResidualTrunk,
    gradient: Tensor,
    stageGradients: readonly Tensor[] | null,
  ): void {
    const { maps, blocks, stem } = saved;
    let slope = gradient;
    for (let i = this.#blocks.length - 1; i >= 0; i--) {
      const output = maps[i + 1]!;
      const stage = stageGradients?.[this.#stageEnds.indexOf(i)];
      if (stage) {
        const before = slope;
        slope = globalAverageGradient(this.#parts.kernels, output, stage, before);
        before.dispose();
      }
      const before = slope;
      slope = this.#blocks[i]!.backward(maps[i]!, blocks[i]!, output, before);
      before.dispose();
      output.dispose();
    }
    this.#stem.backward(images, stem, maps[0]!, slope);
    maps[0]!.dispose();
  }

  discard({ stem, maps, blocks }: SavedResidualTrunk): void {
    this.#stem.discard(stem);
    this.#parts.kernels.tf.dispose([...maps]);
    blocks.forEach((saved, i) => void this.#blocks[i]!.discard(saved));
  }
}
