import { kmeans } from "../neighbours/kmeans.ts";
import type { Diversity } from "./diversity.ts";

/**
 * k-means into `budget` clusters, from each cluster the patch with the largest utility; where clusters are
 * empty, the largest utilities left over (deep active learning for multi-label classification of remote
 * sensing images, § on diversity). Largest utility first.
 */
export const clusteringDiversity: Diversity = async ({ tf, vectors, utilities, budget, random, work }) => {
  const { assignment } = await kmeans(tf, vectors, Math.min(budget, vectors.count), random, work);
  const sizes = new Map<number, number>();
  for (const cluster of assignment) sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1);
  const order = Array.from(utilities.keys()).sort((a, b) => utilities[b]! - utilities[a]! || a - b);
  const seen = new Set<number>();
  const winners: number[] = [];
  const others: number[] = [];
  for (const row of order) {
    const cluster = assignment[row]!;
    (seen.has(cluster) ? others : winners).push(row);
    seen.add(cluster);
  }
  const chosen = winners.slice(0, budget).map((row) => {
    const size = sizes.get(assignment[row]!) ?? 1;
    return {
      row,
      why: size > 1 ? `most uncertain of ${size} similar patches` : "unlike the other uncertain patches",
    };
  });
  const refill = others.slice(0, Math.max(0, budget - chosen.length));
  return [...chosen, ...refill.map((row) => ({ row, why: "among the most uncertain left over" }))];
};
