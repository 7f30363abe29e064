import type { EmbeddingSpace } from "./embeddings/embedding-space.ts";
import type { Vectors } from "./embeddings/vectors.ts";
import type { EarlierHead } from "./heads/head.ts";
import type { OpenModel } from "./open-model.ts";

type Classes = Pick<OpenModel, "kind" | "classes" | "classIds">;

/**
 * Turns an earlier model's probabilities into the order of the newest one's classes: NaN for a class that the
 * earlier one did not know. In single-label projects a softmax over other classes means something else: then
 * there is no such turn, and null.
 */
export function inOrderOf(
  newest: Classes,
  earlier: Classes,
): ((probabilities: Float32Array) => Float32Array) | null {
  const columns = newest.classIds.map((id) => earlier.classIds.indexOf(id));
  const sameClasses = columns.every((column, c) => column === c) && earlier.classes === newest.classes;
  if (sameClasses) return (probabilities) => probabilities;
  if (newest.kind === "single-label" || columns.every((column) => column < 0)) return null;
  const { classes } = newest;
  return (probabilities) =>
    Float32Array.from({ length: (probabilities.length / earlier.classes) * classes }, (_, i) => {
      const column = columns[i % classes]!;
      return column < 0 ? Number.NaN : probabilities[Math.floor(i / classes) * earlier.classes + column]!;
    });
}

/**
 * An earlier model that takes vectors of the newest model's space and gives probabilities in the order of its
 * classes (see `inOrderOf`). Spaces differ where patches were encoded in between.
 */
export function asEarlier(earlier: OpenModel, newest: OpenModel): EarlierHead | null {
  const ordered = inOrderOf(newest, earlier);
  return (
    ordered && {
      probabilities: (vectors) =>
        ordered(earlier.head.probabilities(between(vectors, newest.space, earlier.space))),
    }
  );
}

/** From one space into another; a dimension that is constant in the first one says nothing in the other. */
function between(vectors: Vectors, from: EmbeddingSpace, to: EmbeddingSpace): Vectors {
  const { count, dimensions } = vectors;
  const same = (a: Float32Array, b: Float32Array) => a.every((value, d) => value === b[d]);
  if (same(from.mean, to.mean) && same(from.scale, to.scale)) return vectors;
  const values = new Float32Array(vectors.values.length);
  for (let d = 0; d < dimensions; d++) {
    const scale = from.scale[d]! === 0 ? 0 : to.scale[d]! / from.scale[d]!;
    const offset = (from.mean[d]! - to.mean[d]!) * to.scale[d]!;
    for (let at = d; at < values.length; at += dimensions) values[at] = vectors.values[at]! * scale + offset;
  }
  return { values, count, dimensions };
}
