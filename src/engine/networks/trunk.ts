import type { Tensor } from "../backends/index.ts";

/** What a trunk is asked for while images go through it. */
export interface TrunkOptions {
  /** True: normalise by the batch, update running statistics and keep what `backward` needs. */
  readonly training: boolean;
  /** Told of each stage's output (see `Trunk.stageChannels`), which stays the trunk's. */
  readonly onStage: ((output: Tensor) => void) | null;
}

export interface TrunkPass<Saved> {
  /** The last activations, batch × height × width × channels; the caller's. */
  readonly maps: Tensor;
  /** What `backward` takes over; null where not training. */
  readonly saved: Saved | null;
}

/**
 * The convolutional part of a network, images → feature maps.
 * @typeParam Saved what the backward pass needs of the forward pass
 */
export interface Trunk<Saved> {
  /** Channels of the last feature maps. */
  readonly channels: number;
  /** Channels of the output of each of the four stages (dense blocks, groups of residual blocks). */
  readonly stageChannels: readonly number[];
  /** Least height and width of images in pixels. */
  readonly smallestSide: number;
  /** @param images batch × height × width × bands; the caller's */
  forward(images: Tensor, options: TrunkOptions): TrunkPass<Saved>;
  /**
   * Accumulates the gradients of all parameters, and disposes of `saved` and `gradient` as it goes.
   * @param images what `forward` was given
   * @param gradient of the loss with respect to `maps`
   * @param stageGradients for each stage, what the loss's gradient with respect to its means over the pixels
   *   is (batch × channels; the caller's); null where none
   */
  backward(images: Tensor, saved: Saved, gradient: Tensor, stageGradients: readonly Tensor[] | null): void;
  /** Gives up what a training pass has kept, where no backward pass follows. */
  discard(saved: Saved): void;
}

/** How images enter a network. */
export type Stem = "standard" | "small";

export interface TrunkShape {
  /** Bands of the images. */
  readonly bands: number;
  /**
   * `standard`: 7 × 7 convolution of stride 2 and a 3 × 3 maximum of stride 2, as published. `small`: 3 × 3
   * convolution of stride 1 and no pooling, for images of 32 to 64 pixels, whose detail the other one loses.
   */
  readonly stem: Stem;
}
