import type { ProjectKind } from "../../shared/domain/learning.ts";
import type { PatchVectors } from "../embeddings/patch-vectors.ts";
import { blocksOf } from "../embeddings/patch-vectors.ts";
import type { Vectors } from "../embeddings/vectors.ts";
import type { OpenHead } from "../heads/head.ts";
import { breathe, type Work } from "../work.ts";

/** A block of patches as the current model sees them. */
export interface Predicted {
  /** count × classes, row-major. */
  readonly probabilities: Float32Array;
  readonly classes: number;
  readonly features: Vectors;
  readonly kind: ProjectKind;
}

/** How unsure the model is of a patch. */
export interface Uncertainty {
  /** As it stands in a reason: "mean entropy 0.62". */
  readonly label: string;
  /** One utility a row, finite, larger = more uncertain. */
  utilities(predicted: Predicted): Float32Array;
}

/** Utilities of all patches, block by block. */
export async function scoreAll(
  source: PatchVectors,
  head: OpenHead,
  kind: ProjectKind,
  uncertainty: Uncertainty,
  work: Work,
): Promise<Float32Array> {
  const utilities = new Float32Array(source.count);
  for (const positions of blocksOf(source)) {
    await breathe(work);
    const vectors = await source.read(positions);
    const predicted = predict(vectors, head, kind);
    utilities.set(uncertainty.utilities(predicted), positions[0]!);
    work.progress({ done: positions.at(-1)! + 1, total: source.count, message: "Scoring patches" });
  }
  return utilities;
}

export function predict(vectors: Vectors, head: OpenHead, kind: ProjectKind): Predicted {
  const probabilities = head.probabilities(vectors);
  return {
    probabilities,
    classes: probabilities.length / Math.max(1, vectors.count),
    features: head.features(vectors),
    kind,
  };
}

/** Positions in falling order of utility; ties keep their order. */
export function mostUseful(utilities: Float32Array): Uint32Array {
  return Uint32Array.from({ length: utilities.length }, (_, i) => i).sort(
    (a, b) => utilities[b]! - utilities[a]! || a - b,
  );
}
