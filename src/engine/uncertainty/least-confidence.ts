import type { ProjectKind } from "../../shared/domain/learning.ts";
import { NO_MODEL_NEEDS, type Uncertainty } from "./uncertainty.ts";

/**
 * One minus the certainty of the decision. Multi-label: every class is a decision of its own, so the mean
 * over classes of 1 − max(p, 1 − p), 0 to 0.5. Single-label: 1 − max p (Lewis and Gale 1994; Settles 2009,
 * §3.1, "least confident").
 * @param probabilities count × classes, row-major
 */
export function lackOfConfidence(
  probabilities: Float32Array,
  classes: number,
  kind: ProjectKind,
): Float32Array {
  const lacks = new Float32Array(probabilities.length / classes);
  let at = 0;
  for (let row = 0; row < lacks.length; row++) {
    let sum = 0;
    let largest = 0;
    for (let c = 0; c < classes; c++) {
      const p = probabilities[at++]!;
      sum += Math.min(p, 1 - p);
      largest = Math.max(largest, p);
    }
    lacks[row] = kind === "multi-label" ? sum / classes : 1 - largest;
  }
  return lacks;
}

/** Least confidence; see `lackOfConfidence`. */
export const leastConfidence = {
  id: "least-confidence",
  name: "Least confidence",
  label: "lack of confidence",
  picks: "whose decisions the model is least confident of",
  reference: "Lewis and Gale 1994; Settles 2009, Active Learning Literature Survey, §3.1",
  needs: { ...NO_MODEL_NEEDS, model: true },
  options: {},
  utilities({ vectors, head, kind }) {
    const probabilities = head.probabilities(vectors);
    return lackOfConfidence(probabilities, probabilities.length / vectors.count, kind);
  },
} as const satisfies Uncertainty;
