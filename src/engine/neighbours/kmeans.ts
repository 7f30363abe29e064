import type { Random } from "../../shared/random.ts";
import type { EngineMath } from "../backends/index.ts";
import type { Vectors } from "../embeddings/vectors.ts";
import { rowRange, takeRows } from "../embeddings/vectors.ts";
import { breathe, type Work } from "../work.ts";
import { rowsPerBlock, squaredDistance, squaredDistances } from "./distances.ts";

const LARGEST_ITERATIONS = 50;

export interface Clustering {
  readonly centers: Vectors;
  /** Cluster of every row. */
  readonly assignment: Int32Array;
}

/** An index drawn with probability proportional to its weight; uniform where all weights are 0. */
export function drawWeighted(weights: Float64Array, random: Random): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0)) return random.integer(weights.length);
  let target = random.next() * total;
  for (let i = 0; i < weights.length; i++) {
    target -= weights[i]!;
    if (target < 0 && weights[i]! > 0) return i;
  }
  return weights.findLastIndex((weight) => weight > 0);
}

/** k-means++ seeding (Arthur and Vassilvitskii 2007): `count` different rows, each far from those before. */
export async function plusPlusSeeds(
  vectors: Vectors,
  count: number,
  random: Random,
  work: Work,
): Promise<number[]> {
  const seeds: number[] = [];
  const nearest = new Float64Array(vectors.count).fill(1);
  const wanted = Math.min(count, vectors.count);
  const taken = new Uint8Array(vectors.count);
  while (seeds.length < wanted) {
    await breathe(work);
    let seed = drawWeighted(nearest, random);
    // Where only copies of seeds are left, every weight is 0 and any row not yet taken will do.
    while (taken[seed]) seed = (seed + 1) % vectors.count;
    taken[seed] = 1;
    seeds.push(seed);
    const first = seeds.length === 1;
    for (let row = 0; row < vectors.count; row++) {
      const distance = squaredDistance(vectors, row, vectors, seed);
      nearest[row] = taken[row] ? 0 : first ? distance : Math.min(nearest[row]!, distance);
    }
  }
  return seeds;
}

/**
 * k-means with k-means++ seeding (Lloyd's iterations until nothing moves, 50 at most). Clusters may end up
 * empty where vectors coincide.
 */
export async function kmeans(
  tf: EngineMath,
  vectors: Vectors,
  clusters: number,
  random: Random,
  work: Work,
): Promise<Clustering> {
  const seeds = await plusPlusSeeds(vectors, clusters, random, work);
  let centers = takeRows(vectors, seeds);
  let assignment = assign(tf, vectors, centers);
  for (let iteration = 0; iteration < LARGEST_ITERATIONS; iteration++) {
    await breathe(work);
    centers = means(vectors, assignment, centers);
    const next = assign(tf, vectors, centers);
    const moved = next.some((cluster, row) => cluster !== assignment[row]);
    assignment = next;
    if (!moved) break;
  }
  return { centers, assignment };
}

/** The nearest center of every row; the first one of equals. */
function assign(tf: EngineMath, vectors: Vectors, centers: Vectors): Int32Array {
  const assignment = new Int32Array(vectors.count);
  const step = rowsPerBlock(Math.max(centers.count, vectors.dimensions));
  for (let start = 0; start < vectors.count; start += step) {
    const block = rowRange(vectors, start, Math.min(vectors.count, start + step));
    const distances = squaredDistances(tf, block, centers);
    for (let row = 0; row < block.count; row++) {
      let best = 0;
      const offset = row * centers.count;
      for (let c = 1; c < centers.count; c++) {
        if (distances[offset + c]! < distances[offset + best]!) best = c;
      }
      assignment[start + row] = best;
    }
  }
  return assignment;
}

/** Means of the clusters; an empty one keeps its old center. */
function means(vectors: Vectors, assignment: Int32Array, old: Vectors): Vectors {
  const { dimensions } = vectors;
  const values = new Float32Array(old.values.length);
  const counts = new Int32Array(old.count);
  assignment.forEach((cluster, row) => {
    counts[cluster]!++;
    const target = cluster * dimensions;
    const source = row * dimensions;
    for (let d = 0; d < dimensions; d++) values[target + d]! += vectors.values[source + d]!;
  });
  counts.forEach((count, cluster) => {
    const offset = cluster * dimensions;
    for (let d = 0; d < dimensions; d++) {
      values[offset + d] = count > 0 ? values[offset + d]! / count : old.values[offset + d]!;
    }
  });
  return { values, count: old.count, dimensions };
}
