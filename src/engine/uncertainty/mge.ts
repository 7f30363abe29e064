import { squaredNorms } from "../neighbours/distances.ts";
import { pseudoErrors } from "./gradient.ts";
import type { Uncertainty } from "./uncertainty.ts";

/**
 * Magnitude of approximated gradient embeddings: the norm of the gradient of the binary cross-entropy with
 * respect to the last layer's weights and bias, under the model's own decisions as labels,
 * ‖p − ŷ‖₂·√(‖h‖₂² + 1) / C (mean over C classes; for softmax without the 1/C). With the kernel head, h is
 * the standardised embedding. Deep active learning for multi-label classification of remote sensing images,
 * § on MGE.
 */
export const mgeUncertainty: Uncertainty = {
  label: "gradient magnitude",
  utilities(predicted) {
    const { classes, kind, features } = predicted;
    const errors = pseudoErrors(predicted);
    const norms = squaredNorms(features);
    const scale = kind === "multi-label" ? classes : 1;
    return norms.map((squaredNorm, row) => {
      let squares = 0;
      for (let c = 0; c < classes; c++) squares += errors[row * classes + c]! ** 2;
      return (Math.sqrt(squares) * Math.sqrt(squaredNorm + 1)) / scale;
    });
  },
};
