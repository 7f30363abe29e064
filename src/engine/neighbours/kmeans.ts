import type { Random } from "../../shared/random.ts";
import type { EngineMath } from "../backends/index.ts";
import type { Vectors } from "../embeddings/vectors.ts";
import { rowRange, takeRows } from "../embeddings/vectors.ts";
import { breathe, type Work } from "../work.ts";
import { rowsPerBlock, squaredDistance, squaredDistanceTensor } from "./distances.ts";

const LARGEST_ITERATIONS = 50;
/** Lloyd's iterations end when no more than this share of the rows moves: the last few of many change nothing. */
const RESTLESS_SHARE = 1e-3;
/** Multiplications up to which seeds are chosen among several candidates each. */
const MOST_FOR_GREEDY = 300_000_000;
/** Of very many rows, this many for each cluster are looked at for seeds. */
const SEED_ROWS = 20;

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

/**
 * k-means++ seeding (Arthur and Vassilvitskii 2007): `count` different rows, each far from those before. Of
 * several candidates for each seed the one that leaves the least distance is taken (their greedy variant, as
 * scikit-learn does it), unless that would take long.
 */
export async function plusPlusSeeds(
  vectors: Vectors,
  count: number,
  random: Random,
  work: Work,
): Promise<number[]> {
  const seeds: number[] = [];
  const wanted = Math.min(count, vectors.count);
  const tries = 2 + Math.floor(Math.log(Math.max(1, wanted)));
  const cost = vectors.values.length * wanted * tries;
  const candidates = cost > MOST_FOR_GREEDY ? 1 : tries;
  const taken = new Uint8Array(vectors.count);
  let nearest = new Float64Array(vectors.count).fill(1);
  while (seeds.length < wanted) {
    await breathe(work);
    let best = -1;
    let bestNearest = nearest;
    let bestRest = Number.POSITIVE_INFINITY;
    // The first seed is a uniform draw: there is nothing yet by which one would be better.
    for (let trial = 0; trial < (seeds.length === 0 ? 1 : candidates); trial++) {
      let seed = drawWeighted(nearest, random);
      // Where only copies of seeds are left, every weight is 0 and any row not yet taken will do.
      while (taken[seed]) seed = (seed + 1) % vectors.count;
      const after = nearestAfter(vectors, seed, seeds.length === 0 ? null : nearest);
      const rest = after.reduce((sum, distance) => sum + distance, 0);
      if (rest < bestRest) {
        best = seed;
        bestNearest = after;
        bestRest = rest;
      }
    }
    taken[best] = 1;
    seeds.push(best);
    nearest = bestNearest;
    for (const seed of seeds) nearest[seed] = 0;
  }
  return seeds;
}

/** Squared distance of every row to the nearest seed, once `seed` is one. @param nearest before; null = none yet */
function nearestAfter(
  vectors: Vectors,
  seed: number,
  nearest: Float64Array | null,
): Float64Array<ArrayBuffer> {
  const after = new Float64Array(vectors.count);
  for (let row = 0; row < vectors.count; row++) {
    const distance = squaredDistance(vectors, row, vectors, seed);
    after[row] = nearest ? Math.min(nearest[row]!, distance) : distance;
  }
  return after;
}

/**
 * k-means with k-means++ seeding (Lloyd's iterations until no row in a thousand moves, 50 at most). Seeds come
 * from a random part of the rows where there are more than 20 for each cluster. Clusters may end up empty
 * where vectors coincide.
 */
export async function kmeans(
  tf: EngineMath,
  vectors: Vectors,
  clusters: number,
  random: Random,
  work: Work,
): Promise<Clustering> {
  const few = seedRows(vectors, clusters, random);
  const seeds = await plusPlusSeeds(few, clusters, random, work);
  let centers = takeRows(few, seeds);
  let assignment = assign(tf, vectors, centers);
  for (let iteration = 0; iteration < LARGEST_ITERATIONS; iteration++) {
    await breathe(work);
    centers = means(vectors, assignment, centers);
    const next = assign(tf, vectors, centers);
    const moved = next.reduce((sum, cluster, row) => sum + (cluster === assignment[row] ? 0 : 1), 0);
    assignment = next;
    if (moved <= RESTLESS_SHARE * vectors.count) break;
  }
  return { centers, assignment };
}

function seedRows(vectors: Vectors, clusters: number, random: Random): Vectors {
  if (vectors.count <= SEED_ROWS * clusters) return vectors;
  const all = Uint32Array.from({ length: vectors.count }, (_, row) => row);
  return takeRows(vectors, random.fork("seeds").sample(all, SEED_ROWS * clusters));
}

/** The nearest center of every row; the first one of equals. */
function assign(tf: EngineMath, vectors: Vectors, centers: Vectors): Int32Array {
  const assignment = new Int32Array(vectors.count);
  const step = rowsPerBlock(Math.max(centers.count, vectors.dimensions));
  for (let start = 0; start < vectors.count; start += step) {
    const block = rowRange(vectors, start, Math.min(vectors.count, start + step));
    const nearest = tf.tidy(() => tf.argMin(squaredDistanceTensor(tf, block, centers), 1));
    assignment.set(nearest.dataSync<"int32">(), start);
    nearest.dispose();
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
