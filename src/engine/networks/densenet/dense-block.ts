import type { Tensor } from "../../backends/index.ts";
import { imageShape } from "../layers/image-shape.ts";
import type { Parts } from "../parts.ts";
import { DenseLayer, GROWTH, type SavedDenseLayer } from "./dense-layer.ts";

/** Layers of which each sees the block's input and the outputs of all layers before it, side by side. */
export class DenseBlock {
  readonly #parts: Parts;
  readonly #layers: readonly DenseLayer[];
  readonly #inputs: number;

  constructor(parts: Parts, name: string, inputs: number, layers: number) {
    this.#parts = parts;
    this.#inputs = inputs;
    this.#layers = Array.from(
      { length: layers },
      (_, i) => new DenseLayer(parts, `${name}.denselayer${i + 1}`, inputs + i * GROWTH),
    );
  }

  get channels(): number {
    return this.#inputs + this.#layers.length * GROWTH;
  }

  /** Takes `input` over; the output is the caller's. What is saved of a training pass leaves it out. */
  forward(
    input: Tensor,
    training: boolean,
  ): { readonly output: Tensor; readonly saved: readonly SavedDenseLayer[] } {
    const { tf } = this.#parts.kernels;
    const saved: SavedDenseLayer[] = [];
    let gathered = input;
    for (const layer of this.#layers) {
      const added = training ? layer.forwardTraining(gathered) : null;
      if (added) saved.push(added.saved);
      const output = added?.output ?? layer.forwardInference(gathered);
      const next = tf.concat([gathered, output], 3);
      tf.dispose([gathered, output]);
      gathered = next;
    }
    return { output: gathered, saved };
  }

  /**
   * Disposes of `output`, `saved` and `gradient`.
   * @param output what `forward` returned: the inputs of all layers are its first channels
   * @returns the block's input, its first channels, and the gradient with respect to it; the caller's
   */
  backward(
    output: Tensor,
    saved: readonly SavedDenseLayer[],
    gradient: Tensor,
  ): { readonly input: Tensor; readonly gradient: Tensor } {
    const { tf } = this.#parts.kernels;
    let gathered = output;
    let slope = gradient;
    for (let i = this.#layers.length - 1; i >= 0; i--) {
      const channels = this.#inputs + i * GROWTH;
      const input = this.#channelsOf(gathered, 0, channels);
      gathered.dispose();
      gathered = input;
      const toAdded = this.#channelsOf(slope, channels, GROWTH);
      const toGathered = this.#channelsOf(slope, 0, channels);
      slope.dispose();
      const toInput = this.#layers[i]!.backward(input, saved[i]!, toAdded);
      slope = tf.add(toGathered, toInput);
      tf.dispose([toAdded, toGathered, toInput]);
    }
    return { input: gathered, gradient: slope };
  }

  discard(saved: readonly SavedDenseLayer[]): void {
    saved.forEach((part, i) => void this.#layers[i]!.discard(part));
  }

  #channelsOf(images: Tensor, from: number, count: number): Tensor {
    const { batch, height, width } = imageShape(images);
    return this.#parts.kernels.tf.slice(images, [0, 0, 0, from], [batch, height, width, count]);
  }
}
