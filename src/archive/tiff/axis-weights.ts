/** For each place on an output axis: the input samples that make it up, with weights that sum to 1. */
export interface AxisWeights {
  readonly firsts: Int32Array;
  readonly counts: Int32Array;
  /** `most` places an output place. */
  readonly weights: Float64Array;
  readonly most: number;
}

/** Lengths below this are rounding errors, in input samples. */
const EPSILON = 1e-9;

/**
 * Weights of an area mean along one axis: each input sample counts with the length of it that lies in the output
 * place's share of the interval.
 * @param start of the interval, in input samples; may lie inside one
 * @param length of the interval, at least `output`
 * @param available input samples that there are; nothing is weighted beyond them
 */
export function areaWeights(start: number, length: number, output: number, available: number): AxisWeights {
  const step = length / output;
  const most = Math.ceil(step) + 2;
  const firsts = new Int32Array(output);
  const counts = new Int32Array(output);
  const weights = new Float64Array(output * most);
  for (let place = 0; place < output; place++) {
    const from = Math.max(0, start + place * step);
    const to = Math.min(available, start + (place + 1) * step);
    const first = Math.min(available - 1, Math.floor(from + EPSILON));
    const last = Math.max(first, Math.min(available - 1, Math.ceil(to - EPSILON) - 1));
    firsts[place] = first;
    counts[place] = last - first + 1;
    let sum = 0;
    for (let sample = first; sample <= last; sample++) {
      const share = Math.max(EPSILON, Math.min(to, sample + 1) - Math.max(from, sample));
      weights[place * most + sample - first] = share;
      sum += share;
    }
    for (let k = 0; k <= last - first; k++) weights[place * most + k]! /= sum;
  }
  return { firsts, counts, weights, most };
}

/** For each place on an output axis the input sample that its middle lies in. */
export function nearestSamples(start: number, length: number, output: number, available: number): Int32Array {
  return Int32Array.from({ length: output }, (_, place) =>
    Math.min(available - 1, Math.max(0, Math.floor(start + (place + 0.5) * (length / output)))),
  );
}
