import type { EngineMath, Tensor2D, Tensor4D } from "../../backends/index.ts";
import { type Bank, TURNS } from "./banks.ts";

/** Responses below this count as none, on images of unit deviation with filters of unit length (Rolf et al. 2021). */
export const BIAS = 0.5;
/** Added before the logarithm, which makes the very uneven pooled responses comparable. */
const LOG_FLOOR = 1e-3;
/** What is pooled of each rectified response. */
export const POOLS = ["mean", "deviation", "maximum"] as const;

/** Features of one bank: both signs of each filter, each pooled in every way. */
export function bankLength(bank: Bank): number {
  return bank.filters * 2 * POOLS.length;
}

/**
 * log(pool(ReLU(±x∗f − bias)) + 1e-3) for every filter f, pooled over the whole image.
 * @param images batch × side × side × bands, in band scaling
 * @param filters kernel × kernel × bands × filters
 * @returns batch × `bankLength`: for each sign, the means, the deviations, the maxima
 */
export function bankFeatures(tf: EngineMath, images: Tensor4D, filters: Tensor4D, bank: Bank): Tensor2D {
  return tf.tidy(() => {
    const scaled = shrinkImages(tf, images, bank.shrink);
    const responses = tf.conv2d(scaled, filters, bank.stride, "valid");
    // −y − bias in one operation: these arrays are large, and each pass over one costs as much as a tenth of
    // the convolution.
    const pooled = [tf.sub<Tensor4D>(responses, BIAS), tf.sub<Tensor4D>(-BIAS, responses)].flatMap((signed) =>
      poolEverywhere(tf, tf.relu(signed)),
    );
    return tf.log(tf.add(tf.concat(pooled, 1), LOG_FLOOR)) as Tensor2D;
  });
}

/** Mean, deviation and maximum over all positions; pooling is several times faster here than reducing. */
function poolEverywhere(tf: EngineMath, rectified: Tensor4D): Tensor2D[] {
  const [batch, height, width, filters] = rectified.shape;
  const mean = tf.reshape(tf.avgPool(rectified, [height, width], 1, "valid"), [batch, filters]) as Tensor2D;
  const meanSquare = tf.reshape(tf.avgPool(tf.square(rectified), [height, width], 1, "valid"), [
    batch,
    filters,
  ]);
  const maximum = tf.reshape(tf.maxPool(rectified, [height, width], 1, "valid"), [
    batch,
    filters,
  ]) as Tensor2D;
  const deviation = tf.sqrt(tf.relu(tf.sub(meanSquare, tf.square(mean)))) as Tensor2D;
  return [mean, deviation, maximum];
}

/** Area means of shrink × shrink pixels; what is left over at the edges is dropped. */
export function shrinkImages(tf: EngineMath, images: Tensor4D, shrink: number): Tensor4D {
  return shrink === 1 ? images : tf.avgPool(images, shrink, shrink, "valid");
}

/**
 * Puts the responses to the turns of one filter into falling order, in place: the same patch turned by a
 * quarter circle gives the same features, and how directed a texture is stays visible.
 * @param features `bankLength` values of one image
 */
export function sortTurns(features: Float32Array, bank: Bank): void {
  const entries = bank.filters / TURNS;
  const turned = new Float32Array(TURNS);
  for (let start = 0; start < features.length; start += bank.filters) {
    for (let entry = start; entry < start + entries; entry++) {
      for (let turn = 0; turn < TURNS; turn++) turned[turn] = features[entry + turn * entries]!;
      turned.sort();
      for (let turn = 0; turn < TURNS; turn++) features[entry + turn * entries] = turned[TURNS - 1 - turn]!;
    }
  }
}
