import type { ProjectKind } from "../../shared/domain/learning.ts";

/** τ where nothing else is asked for. */
export const PSEUDO_THRESHOLD = 0.5;

/**
 * The error signal p − ŷ of every class under the model's own decision ŷ: [p ≥ τ] for multi-labels, the
 * most probable class in single-label projects. The gradient of the loss with respect to the last layer's
 * weights is its outer product with h (BADGE: Ash et al. 2020, §3).
 * @param probabilities count × classes, row-major
 * @returns the same shape
 */
export function pseudoErrors(
  probabilities: Float32Array,
  classes: number,
  kind: ProjectKind,
  tau: number,
): Float32Array {
  if (kind === "multi-label") return probabilities.map((p) => (p >= tau ? p - 1 : p));
  const errors = Float32Array.from(probabilities);
  for (let start = 0; start < errors.length; start += classes) {
    let best = start;
    for (let i = start + 1; i < start + classes; i++) if (probabilities[i]! > probabilities[best]!) best = i;
    errors[best]! -= 1;
  }
  return errors;
}
