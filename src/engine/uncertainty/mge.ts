import { z } from "zod";
import type { ProjectKind } from "../../shared/domain/learning.ts";
import type { LastLayer } from "../heads/head.ts";
import { squaredNorms } from "../neighbours/distances.ts";
import { PSEUDO_THRESHOLD, pseudoErrors } from "./gradient.ts";
import { NO_MODEL_NEEDS, type Uncertainty } from "./uncertainty.ts";

const options = {
  tau: z
    .number()
    .min(0.05)
    .max(0.95)
    .default(PSEUDO_THRESHOLD)
    .describe(
      "Probability from which a class counts as the model's own decision (τ). Multi-label projects only.",
    ),
};

/**
 * The norm of the gradient of the mean binary cross-entropy with respect to the last layer, with the model's
 * own decisions ŷ = [p ≥ τ] as labels: it is the outer product (p − ŷ)·hᵀ/C, so ‖p − ŷ‖₂·‖h‖₂/C; with a
 * bias, whose gradient is (p − ŷ)/C, ‖p − ŷ‖₂·√(‖h‖₂² + 1)/C. For softmax the same without the 1/C.
 */
export function gradientMagnitudes(
  { probabilities, features, bias }: LastLayer,
  kind: ProjectKind,
  tau: number,
): Float32Array {
  const classes = probabilities.length / features.count;
  const errors = pseudoErrors(probabilities, classes, kind, tau);
  const scale = kind === "multi-label" ? classes : 1;
  return squaredNorms(features).map((squaredNorm, row) => {
    let squares = 0;
    for (let c = 0; c < classes; c++) squares += errors[row * classes + c]! ** 2;
    return Math.sqrt(squares * (squaredNorm + (bias ? 1 : 0))) / scale;
  });
}

/**
 * Magnitude of approximated gradient embeddings: see `gradientMagnitudes`. With the kernel head, which has no
 * last layer, h is the standardised embedding. Deep active learning for multi-label classification of remote
 * sensing images, §II-A, eq. 6 and 7.
 */
export const mge = {
  id: "mge",
  name: "MGE",
  label: "gradient magnitude",
  picks: "that would change the classifier's last layer most",
  reference:
    "Deep active learning for multi-label classification of remote sensing images, §II-A, eq. 6 and 7",
  needs: { ...NO_MODEL_NEEDS, model: true },
  options,
  utilities: ({ vectors, head, kind }, { tau }) => gradientMagnitudes(head.lastLayer(vectors), kind, tau),
} as const satisfies Uncertainty<typeof options>;
