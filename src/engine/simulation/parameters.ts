import type { HeadState } from "../heads/head.ts";
import { LOSS_WEIGHT_NAMES } from "../heads/mlp/loss-module.ts";

/** How many values training determined. */
export interface ParameterCounts {
  readonly classifier: number;
  /** Of the loss module; 0 without one. */
  readonly lossModule: number;
}

/** The labelled embeddings that a kernel compares with: data rather than trained values. */
const ANCHORS = "anchors";
const LOSS_NAMES: ReadonlySet<string> = new Set(LOSS_WEIGHT_NAMES);

/** Counts the trained values of a head; heads made of others prefix their arrays' names. */
export function headParameters({ arrays }: Pick<HeadState, "arrays">): ParameterCounts {
  let classifier = 0;
  let lossModule = 0;
  for (const [path, values] of Object.entries(arrays)) {
    const name = path.slice(path.lastIndexOf(".") + 1);
    if (LOSS_NAMES.has(name)) lossModule += values.length;
    else if (name !== ANCHORS) classifier += values.length;
  }
  return { classifier, lossModule };
}
