import type { EngineMath } from "../backends/index.ts";
import { rowRange, type Vectors } from "../embeddings/vectors.ts";
import { breathe, type Work } from "../work.ts";
import { rowsPerBlock, squaredDistance, squaredDistances } from "./distances.ts";

export interface FarPoint {
  readonly row: number;
  /** Euclidean distance to the nearest point chosen or given before; 0 for a very first point. */
  readonly distance: number;
}

/**
 * Farthest point sampling (k-center greedy: Sener and Savarese 2018, Algorithm 1; MCFPS, step 2): again and
 * again the row that is farthest from everything in `start` and everything chosen so far.
 * @param first the row to begin with where `start` is empty
 */
export async function farthestPoints(
  tf: EngineMath,
  vectors: Vectors,
  start: Vectors,
  count: number,
  first: number,
  work: Work,
): Promise<FarPoint[]> {
  const nearest = distancesToNearest(tf, vectors, start);
  const chosen: FarPoint[] = [];
  const taken = new Uint8Array(vectors.count);
  const wanted = Math.min(count, vectors.count);
  while (chosen.length < wanted) {
    await breathe(work);
    const unguided = chosen.length === 0 && start.count === 0;
    const row = unguided ? first : farthest(nearest, taken);
    chosen.push({ row, distance: unguided ? 0 : Math.sqrt(nearest[row]!) });
    taken[row] = 1;
    for (let other = 0; other < vectors.count; other++) {
      if (!taken[other])
        nearest[other] = Math.min(nearest[other]!, squaredDistance(vectors, other, vectors, row));
    }
  }
  return chosen;
}

function farthest(nearest: Float32Array, taken: Uint8Array): number {
  let best = -1;
  for (let row = 0; row < nearest.length; row++) {
    if (!taken[row] && (best < 0 || nearest[row]! > nearest[best]!)) best = row;
  }
  return best;
}

/** Squared distance of every row to the nearest of `others`; Infinity where there are none. */
export function distancesToNearest(tf: EngineMath, vectors: Vectors, others: Vectors): Float32Array {
  const nearest = new Float32Array(vectors.count).fill(Number.POSITIVE_INFINITY);
  if (others.count === 0) return nearest;
  const step = rowsPerBlock(Math.max(others.count, vectors.dimensions));
  for (let begin = 0; begin < vectors.count; begin += step) {
    const block = rowRange(vectors, begin, Math.min(vectors.count, begin + step));
    const distances = squaredDistances(tf, block, others);
    for (let row = 0; row < block.count; row++) {
      let least = Number.POSITIVE_INFINITY;
      for (let j = 0; j < others.count; j++) least = Math.min(least, distances[row * others.count + j]!);
      nearest[begin + row] = least;
    }
  }
  return nearest;
}
