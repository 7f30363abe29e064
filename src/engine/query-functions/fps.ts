import { farthestPoints } from "../neighbours/farthest-points.ts";
import { NO_MODEL_NEEDS } from "../uncertainty/uncertainty.ts";
import { noOptions, type QueryFunction } from "./query-function.ts";
import { workingSet } from "./working-set.ts";

/** Candidates that are compared with everything chosen; beyond that, a random part of the pool. */
const MOST_CANDIDATES = 50_000;
const MOST_LABELED = 10_000;

/** Farthest point sampling in embedding space from what is labelled (MCFPS, step 2; the same as k-center greedy). */
export const fps = {
  id: "fps",
  name: "Farthest points",
  description:
    "The patches farthest from everything labelled so far. Covers the archive and finds rare kinds, and outliers too. Needs no model.",
  reference: "MCFPS, step 2; Sener and Savarese 2018 (k-center greedy), Algorithm 1",
  options: noOptions,
  needs: NO_MODEL_NEEDS,
  space: "embedding",
  async select({ tf, candidates, labeled, budget, random, work }) {
    const pool = await workingSet(candidates, MOST_CANDIDATES, random.fork("pool"), budget);
    const start = await workingSet(labeled, MOST_LABELED, random.fork("labeled"));
    const first = random.integer(pool.vectors.count);
    const points = await farthestPoints(tf, pool.vectors, start.vectors, budget, first, work);
    return points.map(({ row, distance }) => ({
      position: pool.positions[row]!,
      score: distance,
      reason:
        distance > 0
          ? `Far from everything labelled or chosen (distance ${distance.toPrecision(3)}).`
          : "A starting point, or a copy of one.",
    }));
  },
} as const satisfies QueryFunction<typeof noOptions>;
