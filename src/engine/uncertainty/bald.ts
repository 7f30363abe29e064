import { z } from "zod";
import type { ProjectKind } from "../../shared/domain/learning.ts";
import { requirePasses } from "../heads/capabilities.ts";
import { meanEntropy } from "./entropy.ts";
import { NO_MODEL_NEEDS, type Uncertainty } from "./uncertainty.ts";

const options = {
  passes: z
    .number()
    .int()
    .min(2)
    .max(100)
    .default(10)
    .describe("Predictions with different units left out at random; more are steadier and slower."),
};

/**
 * Mutual information between prediction and network, H(mean of the passes) − mean of H(each pass): large where
 * the networks disagree and each is sure of itself. Multi-label: mean over classes of the binary one, in
 * bits; single-label: of the softmax, as a share of log₂ of the number of classes.
 * @param passes each count × classes, row-major
 */
export function mutualInformation(
  passes: readonly Float32Array[],
  classes: number,
  kind: ProjectKind,
): Float32Array {
  const mean = new Float32Array(passes[0]?.length ?? 0);
  const information = new Float32Array(mean.length / classes);
  for (const pass of passes) {
    for (let i = 0; i < mean.length; i++) mean[i]! += pass[i]! / passes.length;
    meanEntropy(pass, classes, kind).forEach((entropy, row) => {
      information[row]! -= entropy / passes.length;
    });
  }
  meanEntropy(mean, classes, kind).forEach((entropy, row) => {
    // Rounding alone may put it below 0 where all passes agree.
    information[row] = Math.max(0, information[row]! + entropy);
  });
  return information;
}

/** BALD by Monte Carlo dropout; see `mutualInformation`. */
export const bald = {
  id: "bald",
  name: "BALD",
  label: "disagreement",
  picks: "on which versions of the model with different units left out disagree",
  reference: "Houlsby et al. 2011, eq. 2; Gal et al. 2017, Deep Bayesian Active Learning, §3",
  needs: { ...NO_MODEL_NEEDS, model: true, dropoutPasses: true },
  // Ten networks take ten times as long as one.
  mostCandidates: 50_000,
  options,
  utilities({ vectors, head, kind, random }, { passes: count }) {
    const passes = requirePasses(head)(vectors, count, random.fork("dropout"));
    return mutualInformation(passes, (passes[0]?.length ?? 0) / vectors.count, kind);
  },
} as const satisfies Uncertainty<typeof options>;
