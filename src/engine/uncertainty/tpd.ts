import { NO_MODEL_NEEDS, type Uncertainty } from "./uncertainty.ts";

/**
 * ‖p_t − p_{t−1}‖₂ over the classes that both models know (NaN = unknown to one of them).
 * @param now and @param before count × classes, row-major
 */
export function discrepancies(now: Float32Array, before: Float32Array, classes: number): Float32Array {
  const distances = new Float32Array(now.length / classes);
  let at = 0;
  for (let row = 0; row < distances.length; row++) {
    let squares = 0;
    for (let c = 0; c < classes; c++, at++) {
      const difference = now[at]! - before[at]!;
      if (!Number.isNaN(difference)) squares += difference * difference;
    }
    distances[row] = Math.sqrt(squares);
  }
  return distances;
}

/**
 * Temporal prediction discrepancy: how far the probabilities moved from the model of the last round to this
 * round's, see `discrepancies`. Deep active learning for multi-label classification of remote sensing images,
 * §II-A, after Huang et al. 2021. In the first round, without an earlier model, whoever asks draws at random.
 */
export const tpd = {
  id: "tpd",
  name: "TPD",
  label: "change since the last model",
  picks: "whose predictions changed most since the last round's model (drawn at random in the first round)",
  reference:
    "Deep active learning for multi-label classification of remote sensing images, §II-A; Huang et al. 2021, Temporal Output Discrepancy",
  needs: { ...NO_MODEL_NEEDS, model: true, previousModel: true },
  options: {},
  utilities({ vectors, head, previous }) {
    if (!previous) return new Float32Array(vectors.count);
    const now = head.probabilities(vectors);
    return discrepancies(now, previous.probabilities(vectors), now.length / vectors.count);
  },
} as const satisfies Uncertainty;
