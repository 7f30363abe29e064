import { LABEL_MASKED, LABEL_PRESENT } from "../../shared/domain/labels.ts";
import type { ProjectKind } from "../../shared/domain/learning.ts";

/** Weights stay between a tenth and ten: a class with one example must not drown all others. */
const MOST = 10;

/**
 * Weight of an entry where the class is present. Multi-label: absent ÷ present among the reviewed patches
 * (PyTorch's `pos_weight`), so that both sides of a class weigh the same. Single-label: patches ÷ (classes ×
 * patches of the class), scikit-learn's "balanced". 0.1 to 10; 1 where a class was never seen present.
 * @param labels rows × classes, row-major: 1 present, 0 absent, −1 masked
 */
export function balancedWeights(labels: Int8Array, classes: number, kind: ProjectKind): Float32Array {
  const rows = labels.length / classes;
  return Float32Array.from({ length: classes }, (_, c) => {
    let present = 0;
    let reviewed = 0;
    for (let i = c; i < labels.length; i += classes) {
      if (labels[i] === LABEL_MASKED) continue;
      reviewed++;
      if (labels[i] === LABEL_PRESENT) present++;
    }
    if (present === 0) return 1;
    const weight = kind === "multi-label" ? (reviewed - present) / present : rows / (classes * present);
    return Math.min(MOST, Math.max(1 / MOST, weight));
  });
}
