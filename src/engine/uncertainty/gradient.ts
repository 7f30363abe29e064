import type { Predicted } from "./uncertainty.ts";

/**
 * The error signal p − ŷ of every class under the model's own decision ŷ: [p ≥ 0.5] for multi-labels, the
 * most probable class in single-label projects. The gradient of the loss with respect to the last layer's
 * weights is its outer product with h (BADGE: Ash et al. 2020, §3).
 * @returns count × classes, row-major
 */
export function pseudoErrors({ probabilities, classes, kind }: Predicted): Float32Array {
  if (kind === "multi-label") return probabilities.map((p) => (p >= 0.5 ? p - 1 : p));
  const errors = Float32Array.from(probabilities);
  for (let start = 0; start < errors.length; start += classes) {
    let best = start;
    for (let i = start + 1; i < start + classes; i++) if (probabilities[i]! > probabilities[best]!) best = i;
    errors[best]! -= 1;
  }
  return errors;
}
