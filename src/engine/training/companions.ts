import type { EmbeddingSpace } from "../embeddings/embedding-space.ts";
import type { PatchVectors } from "../embeddings/patch-vectors.ts";
import type { Vectors } from "../embeddings/vectors.ts";

/**
 * What is known of a patch beside its features h(x) travels as further columns of its vector, its companions:
 * the predicted rank of its loss, and what the model of the round before made of it. They are made so small
 * that they don't count in distances; a power of two, so that nothing of them is lost.
 */
export const COMPANION_SCALE = 2 ** -24;

/** Stands for "unknown" among probabilities: NaN would spoil distances. */
const UNKNOWN = -1;

/** The space of a network's features: as they are, the companion columns behind them scaled down. */
export function featureSpace(features: number, companions: number): EmbeddingSpace {
  const length = features + companions;
  return {
    mean: new Float32Array(length),
    scale: new Float32Array(length).fill(1).fill(COMPANION_SCALE, features),
  };
}

/** The first columns of vectors. */
export function firstColumns(vectors: Vectors, columns: number): Vectors {
  return columnRange(vectors, 0, columns);
}

/** A companion, at its own size. */
export function companion({ values, count, dimensions }: Vectors, column: number): Float32Array {
  return Float32Array.from(
    { length: count },
    (_, row) => values[row * dimensions + column]! / COMPANION_SCALE,
  );
}

function columnRange({ values, count, dimensions }: Vectors, start: number, columns: number): Vectors {
  if (start === 0 && columns === dimensions) return { values, count, dimensions };
  const taken = new Float32Array(count * columns);
  for (let row = 0; row < count; row++) {
    const from = row * dimensions + start;
    taken.set(values.subarray(from, from + columns), row * columns);
  }
  return { values: taken, count, dimensions: columns };
}

/** Vectors with probabilities as companions behind them. @param probabilities rows × classes; NaN = unknown */
export function withProbabilities(vectors: Vectors, probabilities: Float32Array): Vectors {
  const { values, count, dimensions } = vectors;
  const classes = count === 0 ? 0 : probabilities.length / count;
  const wide = dimensions + classes;
  const joined = new Float32Array(count * wide);
  for (let row = 0; row < count; row++) {
    joined.set(values.subarray(row * dimensions, (row + 1) * dimensions), row * wide);
    for (let c = 0; c < classes; c++) {
      const p = probabilities[row * classes + c]!;
      joined[row * wide + dimensions + c] = COMPANION_SCALE * (Number.isNaN(p) ? UNKNOWN : p);
    }
  }
  return { values: joined, count, dimensions: wide };
}

/** The probabilities of the last columns; NaN where unknown. */
export function companionProbabilities(vectors: Vectors, classes: number): Float32Array {
  const { values } = columnRange(vectors, vectors.dimensions - classes, classes);
  return values.map((value) => (value < 0 ? Number.NaN : value / COMPANION_SCALE));
}

/** The same patches, wherever they lie, with probabilities as companions. @param probabilities count × classes */
export function besideProbabilities<V extends PatchVectors>(
  source: V,
  probabilities: Float32Array,
  classes: number,
): V {
  return {
    ...source,
    dimensions: source.dimensions + classes,
    read: async (positions: ArrayLike<number>) => {
      const own = new Float32Array(positions.length * classes);
      for (let i = 0; i < positions.length; i++) {
        const start = positions[i]! * classes;
        own.set(probabilities.subarray(start, start + classes), i * classes);
      }
      const vectors = await source.read(positions);
      // No row tells no number of columns.
      return vectors.count === 0
        ? { ...vectors, dimensions: source.dimensions + classes }
        : withProbabilities(vectors, own);
    },
  };
}
