import type { Uncertainty } from "./uncertainty.ts";

/** −p·log₂ p with its limit 0 at 0. */
const plogp = (p: number) => (p > 0 ? -p * Math.log2(p) : 0);

/**
 * Multi-label: mean over classes of the binary entropy, 0 to 1 bit. Single-label: entropy of the softmax
 * divided by log₂ of the number of classes, 0 to 1 (Settles 2009, §3.1).
 */
export const entropyUncertainty: Uncertainty = {
  label: "mean entropy",
  utilities({ probabilities, classes, kind }) {
    const utilities = new Float32Array(probabilities.length / classes);
    const norm = kind === "multi-label" ? classes : Math.max(1, Math.log2(classes));
    for (let i = 0; i < probabilities.length; i++) {
      const p = probabilities[i]!;
      utilities[Math.floor(i / classes)]! += kind === "multi-label" ? plogp(p) + plogp(1 - p) : plogp(p);
    }
    return utilities.map((sum) => sum / norm);
  },
};
