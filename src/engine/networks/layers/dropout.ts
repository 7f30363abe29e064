import type { Random } from "../../../shared/random.ts";
import type { Tensor } from "../../backends/index.ts";
import type { Kernels } from "../kernels.ts";

/** Values left out at random, afresh in each pass: in training, and where one model stands for many. */
export interface Dropout {
  /** Share that is left out, 0 up to but not 1. */
  readonly rate: number;
  /** The masks are drawn from it: another stream, or the same one further on, gives other masks. */
  readonly random: Random;
}

/** An inverted mask of this shape: 0, or 1/(1 − rate) for what stays. */
export function dropoutMask({ tf }: Kernels, shape: readonly number[], { rate, random }: Dropout): Tensor {
  const kept = 1 / (1 - rate);
  const values = new Float32Array(shape.reduce((product, length) => product * length, 1));
  for (let i = 0; i < values.length; i++) values[i] = random.next() < rate ? 0 : kept;
  return tf.tensor(values, [...shape]);
}
