import { describe, expect, it } from "vitest";
import { herd } from "../../../src/engine/diversity/herding.ts";
import { emptyVectors, type Vectors } from "../../../src/engine/embeddings/vectors.ts";
import { squaredDistances } from "../../../src/engine/neighbours/distances.ts";
import { farthestPoints } from "../../../src/engine/neighbours/farthest-points.ts";
import { kernelMatrix, medianSquaredDistance } from "../../../src/engine/neighbours/kernel.ts";
import { drawWeighted, kmeans, plusPlusSeeds } from "../../../src/engine/neighbours/kmeans.ts";
import { QUIET_WORK } from "../../../src/engine/work.ts";
import { createRandom } from "../../../src/shared/random.ts";
import { blobs, normalVectors, tf, vectorsOf } from "../fixture.ts";

const random = () => createRandom(11);

function distance(a: Vectors, i: number, b: Vectors, j: number): number {
  let sum = 0;
  for (let d = 0; d < a.dimensions; d++) {
    sum += (a.values[i * a.dimensions + d]! - b.values[j * b.dimensions + d]!) ** 2;
  }
  return sum;
}

describe("distances and kernels", () => {
  const left = normalVectors(9, 5, random());
  const right = normalVectors(4, 5, createRandom(2));

  it("agree with the sum of squared differences", () => {
    const matrix = squaredDistances(tf, left, right);
    const gaussian = kernelMatrix(tf, left, right, "gaussian", 3);
    const laplacian = kernelMatrix(tf, left, right, "laplacian", 3);
    for (let i = 0; i < 9; i++) {
      for (let j = 0; j < 4; j++) {
        const expected = distance(left, i, right, j);
        expect(matrix[i * 4 + j]).toBeCloseTo(expected, 4);
        expect(gaussian[i * 4 + j]).toBeCloseTo(Math.exp(-expected / 3), 5);
        expect(laplacian[i * 4 + j]).toBeCloseTo(Math.exp(-Math.sqrt(expected / 3)), 5);
      }
    }
  });

  it("have a median, and 1 where all vectors coincide", () => {
    expect(medianSquaredDistance(tf, vectorsOf([[0], [1], [3]]))).toBeCloseTo(4, 5);
    expect(medianSquaredDistance(tf, vectorsOf([[2], [2], [2]]))).toBe(1);
    expect(medianSquaredDistance(tf, vectorsOf([[2]]))).toBe(1);
  });
});

describe("kmeans", () => {
  it("finds well separated groups", async () => {
    const { vectors, kinds } = blobs(60, 8, 4, 1);
    const { assignment, centers } = await kmeans(tf, vectors, 4, random(), QUIET_WORK);
    const clusterOfKind = new Map<number, number>();
    assignment.forEach((cluster, row) => {
      const known = clusterOfKind.get(kinds[row]!);
      if (known === undefined) clusterOfKind.set(kinds[row]!, cluster);
      else expect(cluster).toBe(known);
    });
    expect(new Set(clusterOfKind.values()).size).toBe(4);
    expect(centers.count).toBe(4);
  });

  it("leaves every row with its nearest center, and centers at the means", async () => {
    const vectors = normalVectors(40, 3, random());
    const { assignment, centers } = await kmeans(tf, vectors, 5, random(), QUIET_WORK);
    for (let row = 0; row < 40; row++) {
      const own = distance(vectors, row, centers, assignment[row]!);
      for (let c = 0; c < 5; c++) expect(own).toBeLessThanOrEqual(distance(vectors, row, centers, c) + 1e-4);
    }
    for (let c = 0; c < 5; c++) {
      const members = Array.from(assignment.keys()).filter((row) => assignment[row] === c);
      for (let d = 0; d < 3; d++) {
        const mean = members.reduce((sum, row) => sum + vectors.values[row * 3 + d]!, 0) / members.length;
        expect(centers.values[c * 3 + d]).toBeCloseTo(mean, 4);
      }
    }
  });

  it("seeds different rows even where vectors coincide", async () => {
    const same = vectorsOf([
      [1, 1],
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
    const seeds = await plusPlusSeeds(same, 4, random(), QUIET_WORK);
    expect(new Set(seeds).size).toBe(4);
    expect((await kmeans(tf, same, 3, random(), QUIET_WORK)).assignment).toHaveLength(4);
  });

  it("draws by weight, and never a weight of 0 beside others", () => {
    const source = random();
    const counts = [0, 0, 0];
    for (let i = 0; i < 3000; i++) counts[drawWeighted(Float64Array.of(1, 0, 3), source)]!++;
    expect(counts[1]).toBe(0);
    expect(counts[2]! / 3000).toBeGreaterThan(0.7);
    expect(counts[2]! / 3000).toBeLessThan(0.8);
  });
});

describe("farthestPoints", () => {
  it("agrees with trying everything", async () => {
    const vectors = normalVectors(30, 4, random());
    const start = normalVectors(3, 4, createRandom(5));
    const points = await farthestPoints(tf, vectors, start, 10, 0, QUIET_WORK);
    const chosen: number[] = [];
    for (const { row, distance: reach } of points) {
      const reaches = Array.from({ length: 30 }, (_, candidate) => {
        if (chosen.includes(candidate)) return -1;
        const toStart = Array.from({ length: 3 }, (_, s) => distance(vectors, candidate, start, s));
        const toChosen = chosen.map((other) => distance(vectors, candidate, vectors, other));
        return Math.min(...toStart, ...toChosen);
      });
      const best = Math.max(...reaches);
      expect(reaches[row]).toBeCloseTo(best, 4);
      expect(reach).toBeCloseTo(Math.sqrt(best), 4);
      chosen.push(row);
    }
    expect(new Set(chosen).size).toBe(10);
  });

  it("begins where it is told to without labelled points", async () => {
    const points = await farthestPoints(tf, vectorsOf([[0], [1], [5]]), emptyVectors(1), 3, 1, QUIET_WORK);
    expect(points.map(({ row }) => row)).toEqual([1, 2, 0]);
  });
});

describe("herd", () => {
  const candidates = normalVectors(25, 3, random());
  const labeled = normalVectors(2, 3, createRandom(8));
  const weights = Float32Array.from({ length: 25 }, (_, i) => (i % 4) / 4 + 0.1);

  it("takes the best gain again and again, as plain greedy search does", async () => {
    const scale = 2;
    const choices = await herd({
      tf,
      candidates,
      reference: candidates,
      weights,
      covering: labeled,
      budget: 8,
      scale,
      work: QUIET_WORK,
    });
    const k = (a: Vectors, i: number, b: Vectors, j: number) => Math.exp(-distance(a, i, b, j) / scale);
    const covered = Array.from({ length: 25 }, (_, x) =>
      Math.max(k(candidates, x, labeled, 0), k(candidates, x, labeled, 1)),
    );
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const chosen = new Set<number>();
    for (const { row, gain } of choices) {
      const gains = Array.from({ length: 25 }, (_, c) =>
        chosen.has(c)
          ? -1
          : covered.reduce(
              (sum, cov, x) => sum + weights[x]! * Math.max(0, k(candidates, x, candidates, c) - cov),
              0,
            ),
      );
      expect(gains[row]).toBeCloseTo(Math.max(...gains), 4);
      expect(gain).toBeCloseTo(Math.max(...gains) / total, 4);
      chosen.add(row);
      covered.forEach((cov, x) => {
        covered[x] = Math.max(cov, k(candidates, x, candidates, row));
      });
    }
    expect(chosen.size).toBe(8);
  });
});
