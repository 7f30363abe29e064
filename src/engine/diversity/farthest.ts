import { emptyVectors } from "../embeddings/vectors.ts";
import { farthestPoints } from "../neighbours/farthest-points.ts";
import type { Diversity } from "./diversity.ts";

/**
 * The most uncertain patch, then again and again the one farthest from all chosen ones in h (k-center greedy:
 * Sener and Savarese 2018, Algorithm 1, within the most uncertain patches).
 */
export const farthest = {
  id: "fps",
  name: "farthest points",
  picks: "as far from one another as possible",
  reference: "Sener and Savarese 2018, Active Learning for Convolutional Neural Networks, Algorithm 1",
  async choose({ tf, vectors, utilities, budget, work }) {
    const first = utilities.reduce((best, utility, row) => (utility > utilities[best]! ? row : best), 0);
    const points = await farthestPoints(tf, vectors, emptyVectors(vectors.dimensions), budget, first, work);
    return points.map(({ row }) => ({
      row,
      why: row === first ? "the most uncertain of all" : "far from the others chosen",
    }));
  },
} as const satisfies Diversity;
