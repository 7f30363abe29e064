import type { ProjectKind } from "../../shared/domain/learning.ts";
import { NO_MODEL_NEEDS, type Uncertainty } from "./uncertainty.ts";

/** −p·ln p with its limit 0 at 0. */
const plogp = (p: number) => (p > 0 ? -p * Math.log(p) : 0);

/**
 * Multi-label: mean over classes of the binary entropy −p·log₂ p − (1−p)·log₂(1−p), 0 to 1 bit. Single-label:
 * entropy of the softmax divided by log₂ of the number of classes, 0 to 1 (Settles 2009, §3.1).
 * @param probabilities count × classes, row-major
 */
export function meanEntropy(probabilities: Float32Array, classes: number, kind: ProjectKind): Float32Array {
  const entropies = new Float32Array(probabilities.length / classes);
  const norm = kind === "multi-label" ? classes * Math.LN2 : Math.log(Math.max(2, classes));
  let at = 0;
  for (let row = 0; row < entropies.length; row++) {
    let sum = 0;
    for (let c = 0; c < classes; c++) {
      const p = probabilities[at++]!;
      sum += kind === "multi-label" ? plogp(p) + plogp(1 - p) : plogp(p);
    }
    entropies[row] = sum / norm;
  }
  return entropies;
}

/** Mean binary entropy; see `meanEntropy`. */
export const entropy = {
  id: "entropy",
  name: "Entropy",
  label: "mean entropy",
  picks: "whose class probabilities are nearest to a coin toss",
  reference: "Settles 2009, Active Learning Literature Survey, §3.1",
  needs: { ...NO_MODEL_NEEDS, model: true },
  options: {},
  utilities({ vectors, head, kind }) {
    const probabilities = head.probabilities(vectors);
    return meanEntropy(probabilities, probabilities.length / vectors.count, kind);
  },
} as const satisfies Uncertainty;
