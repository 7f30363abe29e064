import type { Random } from "../../shared/random.ts";
import type { Tensor } from "../backends/index.ts";
import type { NamedArrays } from "../embeddings/named-arrays.ts";
import { initialise } from "./initialise.ts";
import type { Kernels } from "./kernels.ts";
import type { Linear } from "./layers/linear.ts";
import { relu, reluGradient } from "./layers/relu.ts";
import type { Parameter } from "./parameter.ts";
import { Parts } from "./parts.ts";
import { loadState, readState } from "./state.ts";

/** Width of each tap's own layer (Yoo and Kweon 2019). */
const WIDTH = 128;

/** A forward pass of the loss module, which one call of `backward` or `discard` must end. */
export interface LossModulePass {
  /** ŝ, the predicted rank of the loss: batch × 1. Disposed of by `backward` and `discard`. */
  readonly ranks: Tensor;
  /**
   * Accumulates the gradients of the module's parameters.
   * @param gradient of the loss with respect to `ranks`; the caller's
   * @returns the gradients with respect to the taps, for the network's backward pass; the caller's. Leave them
   *   out of it to stop the gradient.
   */
  backward(gradient: Tensor): Tensor[];
  discard(): void;
}

/**
 * The auxiliary network that learns the loss ordering (Yoo and Kweon 2019, §3.2): the means over the pixels of
 * each stage's output, fully connected to 128 with ReLU, side by side, fully connected to one number.
 */
export class LossModule {
  readonly #parts: Parts;
  readonly #taps: readonly Linear[];
  readonly #output: Linear;

  /** @param tapChannels of each tap (`Network.tapChannels`) */
  constructor(kernels: Kernels, tapChannels: readonly number[], random: Random) {
    this.#parts = new Parts(kernels);
    this.#taps = tapChannels.map((channels, i) => this.#parts.linear(`FC${i + 1}`, channels, WIDTH));
    this.#output = this.#parts.linear("linear", WIDTH * tapChannels.length, 1);
    initialise(this.parameters.values(), random);
  }

  get parameters(): ReadonlyMap<string, Parameter> {
    return this.#parts.parameters;
  }

  get parameterCount(): number {
    return Array.from(this.parameters.values()).reduce((sum, { size }) => sum + size, 0);
  }

  /**
   * ŝ(x), batch × 1; the caller's.
   * @param taps for each tap batch × channels; the caller's
   */
  infer(taps: readonly Tensor[]): Tensor {
    const joined = this.#join(taps);
    const ranks = this.#output.forward(joined);
    joined.dispose();
    return ranks;
  }

  /** @param taps for each tap batch × channels; the caller's, and needed until the pass ends */
  forward(taps: readonly Tensor[]): LossModulePass {
    const { tf } = this.#parts.kernels;
    const joined = this.#join(taps);
    const ranks = this.#output.forward(joined);
    const end = () => tf.dispose([joined, ranks]);
    return {
      ranks,
      backward: (gradient) => {
        const toJoined = this.#output.backward(joined, gradient);
        const masked = reluGradient(this.#parts.kernels, joined, toJoined);
        const slopes = tf.split(masked, taps.length, 1);
        const toTaps = taps.map((tap, i) => this.#taps[i]!.backward(tap, slopes[i]!));
        tf.dispose([toJoined, masked, ...slopes]);
        end();
        return toTaps;
      },
      discard: end,
    };
  }

  state(): NamedArrays {
    return readState(this.#parts);
  }

  /** @throws FieldmarkError `no-model` where an array is missing or of another size; nothing has changed then */
  load(arrays: NamedArrays): void {
    loadState(this.#parts, arrays);
  }

  dispose(): void {
    this.#parts.dispose();
  }

  #join(taps: readonly Tensor[]): Tensor {
    const { kernels } = this.#parts;
    const hidden = taps.map((tap, i) => this.#taps[i]!.forward(tap));
    const side = kernels.tf.concat(hidden, 1);
    const joined = relu(kernels, side);
    kernels.tf.dispose([...hidden, side]);
    return joined;
  }
}
