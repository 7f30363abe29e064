import { kmeans } from "../neighbours/kmeans.ts";
import type { Diversity } from "./diversity.ts";

/**
 * k-means with k-means++ seeding into `budget` clusters, from each cluster the patch with the largest utility;
 * where clusters are empty, the largest utilities left over. Deep active learning for multi-label
 * classification of remote sensing images, §II-B. Largest utility first.
 */
export const clustering = {
  id: "clustering",
  name: "clustering",
  picks: "one from each group of look-alikes",
  reference: "Deep active learning for multi-label classification of remote sensing images, §II-B",
  async choose({ tf, vectors, utilities, budget, random, work }) {
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
    const rowsOf = (rows: readonly number[], why: (size: number) => string) =>
      rows.map((row) => {
        const index = assignment[row]!;
        const size = sizes.get(index) ?? 1;
        return { row, why: why(size), cluster: { index, size } };
      });
    const refill = others.slice(0, Math.max(0, budget - winners.length));
    return [
      ...rowsOf(winners.slice(0, budget), (size) =>
        size > 1 ? `most uncertain of ${size} similar patches` : "unlike the other uncertain patches",
      ),
      ...rowsOf(refill, () => "among the most uncertain left over"),
    ];
  },
} as const satisfies Diversity;
