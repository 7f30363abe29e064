import type { EmbeddingSet } from "./embedding-set.ts";
import { type EmbeddingSpace, intoSpace } from "./embedding-space.ts";
import { takeRows, type Vectors } from "./vectors.ts";

/** Embeddings of some patches in the embedding space, wherever they lie. */
export interface PatchVectors {
  readonly count: number;
  readonly dimensions: number;
  /** The vectors at these positions (0 … count − 1), in this order. The caller bounds their number. */
  read(positions: ArrayLike<number>): Promise<Vectors>;
}

/** Patches whose vectors stay on disk and are read block by block. */
export interface StoredPatchVectors extends PatchVectors {
  /** Ids of the patches that have an embedding, in the given order. */
  readonly ids: Int32Array;
  /** Given ids without an embedding. */
  readonly missing: Int32Array;
}

export function storedVectors(set: EmbeddingSet, space: EmbeddingSpace, ids: Int32Array): StoredPatchVectors {
  const present = ids.filter((id) => set.rowOf(id) !== undefined);
  const rows = Float64Array.from(present, (id) => set.rowOf(id) ?? 0);
  return {
    ids: present,
    missing: ids.filter((id) => set.rowOf(id) === undefined),
    count: present.length,
    dimensions: set.dimensions,
    read: async (positions) =>
      intoSpace(space, await set.readRows(Float64Array.from(positions, (position) => rows[position]!))),
  };
}

/** Some rows of vectors that are in memory and in the space already. */
export function memoryVectors(vectors: Vectors, rows: ArrayLike<number>): PatchVectors {
  return {
    count: rows.length,
    dimensions: vectors.dimensions,
    read: async (positions) =>
      takeRows(
        vectors,
        Uint32Array.from(positions, (position) => rows[position]!),
      ),
  };
}

/** All positions of a set of vectors, in blocks of about 64 MB. */
export function* blocksOf({ count, dimensions }: PatchVectors): Generator<Uint32Array> {
  const step = Math.max(1, Math.floor(16_000_000 / Math.max(1, dimensions)));
  for (let start = 0; start < count; start += step) {
    yield Uint32Array.from({ length: Math.min(step, count - start) }, (_, i) => start + i);
  }
}
