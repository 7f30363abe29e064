import type { EngineMath } from "../backends/index.ts";
import { stack, takeRows, type Vectors } from "../embeddings/vectors.ts";
import { squaredDistances } from "../neighbours/distances.ts";
import { kmeans } from "../neighbours/kmeans.ts";
import { NO_MODEL_NEEDS } from "../uncertainty/uncertainty.ts";
import { noOptions, type QueryFunction } from "./query-function.ts";
import { workingSet } from "./working-set.ts";

const MOST_CANDIDATES = 10_000;
const MOST_LABELED = 4000;
const MOST_CLUSTERS = 500;
/** Clusters smaller than this are too small to have a typical member (Hacohen et al. 2022, appendix F). */
const SMALLEST_CLUSTER = 5;
const NEIGHBOURS = 20;

/**
 * TypiClust (Hacohen et al. 2022, Algorithm 1): k-means into labelled + budget clusters, the largest ones
 * without a labelled patch first, from each the most typical patch: inverse mean distance to its 20 nearest
 * neighbours within the cluster.
 */
export const typiclust = {
  id: "typiclust",
  name: "TypiClust",
  description:
    "The most typical patch of each large group that has no label yet. Made for very few labels; needs no model.",
  reference: "Hacohen et al. 2022, Active Learning on a Budget, Algorithm 1",
  options: noOptions,
  needs: NO_MODEL_NEEDS,
  space: "embedding",
  async select({ tf, candidates, labeled, budget, random, work }) {
    const pool = await workingSet(candidates, MOST_CANDIDATES, random.fork("pool"), budget);
    const known = await workingSet(labeled, MOST_LABELED, random.fork("labeled"));
    const all = stack(pool.vectors, known.vectors);
    const clusters = Math.min(MOST_CLUSTERS, labeled.count + budget, all.count);
    const { assignment } = await kmeans(tf, all, clusters, random.fork("clusters"), work);
    const groups = Array.from({ length: clusters }, () => ({ members: [] as number[], labeled: 0 }));
    assignment.forEach((cluster, row) => {
      const group = groups[cluster]!;
      if (row < pool.vectors.count) group.members.push(row);
      else group.labeled++;
    });
    const chosen: { row: number; typicality: number; size: number }[] = [];
    while (chosen.length < Math.min(budget, pool.vectors.count)) {
      const group = nextGroup(groups);
      const { row, typicality } = mostTypical(tf, all, group.members);
      chosen.push({ row, typicality, size: group.members.length });
      group.members.splice(group.members.indexOf(row), 1);
      group.labeled++;
    }
    return chosen.map(({ row, typicality, size }) => ({
      position: pool.positions[row]!,
      score: typicality,
      reason: `Typical of a group of ${size} similar patches without enough labels.`,
    }));
  },
} as const satisfies QueryFunction<typeof noOptions>;

interface Group {
  readonly members: number[];
  labeled: number;
}

/** Fewest labels first, then the largest; tiny groups only when nothing else is left. */
function nextGroup(groups: readonly Group[]): Group {
  const open = groups.filter((group) => group.members.length > 0);
  const large = open.filter((group) => group.members.length + group.labeled >= SMALLEST_CLUSTER);
  return (large.length > 0 ? large : open).reduce((best, group) =>
    group.labeled < best.labeled ||
    (group.labeled === best.labeled && group.members.length > best.members.length)
      ? group
      : best,
  );
}

function mostTypical(
  tf: EngineMath,
  all: Vectors,
  members: readonly number[],
): { row: number; typicality: number } {
  // A spread part of a very large group shows as well which member is typical.
  const step = Math.ceil(members.length / 2000);
  const rows = members.filter((_, i) => i % step === 0);
  const distances = squaredDistances(tf, takeRows(all, rows), takeRows(all, rows));
  let best = 0;
  let bestTypicality = -1;
  rows.forEach((_, i) => {
    const near = distances
      .subarray(i * rows.length, (i + 1) * rows.length)
      .slice()
      .sort();
    const count = Math.min(NEIGHBOURS, rows.length - 1);
    let sum = 0;
    for (let j = 1; j <= count; j++) sum += Math.sqrt(near[j]!);
    const typicality = count > 0 ? 1 / (sum / count + 1e-6) : 0;
    if (typicality > bestTypicality) {
      best = i;
      bestTypicality = typicality;
    }
  });
  return { row: rows[best]!, typicality: bestTypicality };
}
