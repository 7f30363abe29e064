import type { ProjectKind } from "../../shared/domain/learning.ts";

/**
 * Closeness to the decision, squared, 0 to 1. Multi-label: (mean over classes of 1 − |2p − 1|)². Single-label:
 * (1 − (p₁ − p₂))² of the two most probable classes. The square makes the least certain patches stand out:
 * the weight u(x) of Uncertainty Herding.
 * @param probabilities count × classes, row-major
 */
export function closeness(probabilities: Float32Array, classes: number, kind: ProjectKind): Float32Array {
  const count = probabilities.length / classes;
  return Float32Array.from({ length: count }, (_, row) => {
    const own = probabilities.subarray(row * classes, (row + 1) * classes);
    if (kind === "multi-label") {
      return (own.reduce((sum, p) => sum + 1 - Math.abs(2 * p - 1), 0) / classes) ** 2;
    }
    let first = 0;
    let second = 0;
    for (const p of own) {
      if (p > first) {
        second = first;
        first = p;
      } else if (p > second) second = p;
    }
    return (1 - (first - second)) ** 2;
  });
}
