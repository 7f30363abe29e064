import type { Tensor } from "../../backends/index.ts";
import type { Kernels } from "../kernels.ts";
import { imageShape } from "./image-shape.ts";

/**
 * Images with `width` zeros on all four sides, as PyTorch pads (TensorFlow's "same" padding of strided
 * operations is lopsided). A new tensor.
 */
export function pad({ tf }: Kernels, images: Tensor, width: number): Tensor {
  return tf.pad(images, [
    [0, 0],
    [width, width],
    [width, width],
    [0, 0],
  ]);
}

/** The opposite of `pad`: the images without their `width` outermost pixels. A new tensor. */
export function crop({ tf }: Kernels, images: Tensor, width: number): Tensor {
  const { batch, height, width: columns, channels } = imageShape(images);
  return tf.slice(images, [0, width, width, 0], [batch, height - 2 * width, columns - 2 * width, channels]);
}
