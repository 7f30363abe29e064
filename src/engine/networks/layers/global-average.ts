import type { Tensor } from "../../backends/index.ts";
import type { Kernels } from "../kernels.ts";
import { imageShape } from "./image-shape.ts";

/** Means over all pixels: batch × height × width × channels → batch × channels. A new tensor. */
export function globalAverage({ tf }: Kernels, images: Tensor): Tensor {
  return tf.mean(images, [1, 2]);
}

/**
 * The gradient with respect to images of this shape; `base`, where given, is added to it.
 * @param gradient batch × channels
 */
export function globalAverageGradient(
  { tf }: Kernels,
  images: { readonly shape: readonly number[] },
  gradient: Tensor,
  base: Tensor | null = null,
): Tensor {
  const { batch, height, width, channels } = imageShape(images);
  const share = tf.tidy(() => tf.div(gradient, height * width).reshape([batch, 1, 1, channels]));
  const spread =
    base === null ? tf.broadcastTo(share, [batch, height, width, channels]) : tf.add(base, share);
  share.dispose();
  return spread;
}
