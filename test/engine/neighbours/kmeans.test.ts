import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";
import type { Vectors } from "../../../src/engine/embeddings/vectors.ts";
import { squaredDistance } from "../../../src/engine/neighbours/distances.ts";
import { kmeans } from "../../../src/engine/neighbours/kmeans.ts";
import { QUIET_WORK } from "../../../src/engine/work.ts";
import { createRandom } from "../../../src/shared/random.ts";
import { tf } from "../fixture.ts";

const COUNT = 240;
const DIMENSIONS = 6;
const TRIALS = 40;

/** Made by reference/kmeans.py: 200 runs of scikit-learn's k-means on the same points. */
const references = z
  .array(
    z.object({
      groups: z.number(),
      clusters: z.number(),
      least: z.number(),
      mean: z.number(),
      largest: z.number(),
    }),
  )
  .parse(JSON.parse(readFileSync(new URL("./reference/kmeans.json", import.meta.url), "utf8")));

function points(groups: number): Vectors {
  const values = new Float32Array(COUNT * DIMENSIONS);
  for (let i = 0; i < COUNT; i++) {
    for (let d = 0; d < DIMENSIONS; d++) {
      const center = Math.sin(1 + (i % groups) * 2.39 + d * 1.91) * 4;
      values[i * DIMENSIONS + d] = center + Math.cos(i * (d + 1) * 0.73) + 0.5 * Math.sin(i * i * 0.11 + d);
    }
  }
  return { values, count: COUNT, dimensions: DIMENSIONS };
}

it.each(references)(
  "reaches scikit-learn's inertia with $clusters clusters in $groups groups",
  async (known) => {
    const vectors = points(known.groups);
    const inertias: number[] = [];
    for (let seed = 0; seed < TRIALS; seed++) {
      const { assignment, centers } = await kmeans(
        tf,
        vectors,
        known.clusters,
        createRandom(seed),
        QUIET_WORK,
      );
      let inertia = 0;
      assignment.forEach((cluster, row) => {
        inertia += squaredDistance(vectors, row, centers, cluster);
      });
      inertias.push(inertia);
    }
    const mean = inertias.reduce((sum, inertia) => sum + inertia, 0) / TRIALS;
    // scikit-learn tries several candidates for each seed, so its mean may be a little better, the best run not.
    expect(Math.min(...inertias)).toBeGreaterThan(known.least * 0.98);
    expect(Math.min(...inertias)).toBeLessThan(known.least * 1.03);
    expect(mean).toBeLessThan(known.mean * 1.1);
  },
);
