import type { Random } from "../../shared/random.ts";
import type { PatchVectors } from "../embeddings/patch-vectors.ts";
import type { Vectors } from "../embeddings/vectors.ts";

/** Values that a function which compares everything with everything loads at once (about 600 MB). */
const MOST_VALUES = 150_000_000;

export interface WorkingSet {
  /** Positions in the original set, ascending. */
  readonly positions: Uint32Array;
  readonly vectors: Vectors;
}

/**
 * All vectors, or a seeded random part of them where there are more than `mostRows` or than fit into memory:
 * methods that compare all with all stay bounded on archives of any size.
 */
export async function workingSet(
  source: PatchVectors,
  mostRows: number,
  random: Random,
  least = 1,
): Promise<WorkingSet> {
  const fitting = Math.floor(MOST_VALUES / Math.max(1, source.dimensions));
  const most = Math.max(least, Math.min(mostRows, fitting));
  const all = Uint32Array.from({ length: source.count }, (_, position) => position);
  const positions = source.count <= most ? all : Uint32Array.from(random.sample(all, most)).sort();
  return { positions, vectors: await source.read(positions) };
}
