import { describe, expect, it } from "vitest";
import { clustering } from "../../../src/engine/diversity/clustering.ts";
import type { DiversityInput } from "../../../src/engine/diversity/diversity.ts";
import { farthest } from "../../../src/engine/diversity/farthest.ts";
import { DIVERSITIES } from "../../../src/engine/diversity/index.ts";
import { kmeans } from "../../../src/engine/neighbours/kmeans.ts";
import { QUIET_WORK } from "../../../src/engine/work.ts";
import { createRandom } from "../../../src/shared/random.ts";
import { blobs, normalVectors, tf, vectorsOf } from "../fixture.ts";

function input(change: Partial<DiversityInput>): DiversityInput {
  const vectors = change.vectors ?? normalVectors(30, 4, createRandom(1));
  const source = createRandom(2);
  return {
    tf,
    vectors,
    utilities: Float32Array.from({ length: vectors.count }, () => source.next()),
    budget: 10,
    random: createRandom(3),
    work: QUIET_WORK,
    ...change,
  };
}

describe.each(DIVERSITIES.map((entry) => [entry.id, entry] as const))("diversity by %s", (_id, entry) => {
  it.each([1, 2, 9, 29, 30, 50])("chooses exactly a budget of %i, or all there are", async (budget) => {
    const rows = (await entry.choose(input({ budget }))).map(({ row }) => row);
    expect(new Set(rows).size).toBe(Math.min(budget, 30));
    expect(rows).toHaveLength(Math.min(budget, 30));
  });

  it("fills the budget where patches are copies of one another", async () => {
    const vectors = vectorsOf(Array.from({ length: 12 }, (_, row) => [row % 3, 1]));
    const rows = (await entry.choose(input({ vectors, budget: 8 }))).map(({ row }) => row);
    expect(new Set(rows).size).toBe(8);
  });
});

describe("clustering", () => {
  it("takes the most uncertain of each group, most uncertain first", async () => {
    const { vectors, kinds } = blobs(40, 6, 5, 1, 3);
    const given = input({ vectors, budget: 5 });
    const chosen = await clustering.choose(given);
    const { utilities } = given;
    const best = Array.from({ length: 5 }, (_, kind) =>
      Array.from(kinds.keys())
        .filter((row) => kinds[row] === kind)
        .reduce((a, b) => (utilities[b]! > utilities[a]! ? b : a)),
    );
    expect(chosen.map(({ row }) => row)).toEqual(best.sort((a, b) => utilities[b]! - utilities[a]!));
    expect(chosen.every(({ cluster }) => cluster.size === 8)).toBe(true);
    expect(new Set(chosen.map(({ cluster }) => cluster.index)).size).toBe(5);
  });

  it("clusters by k-means with the budget as the number of clusters", async () => {
    const given = input({ budget: 6 });
    const { assignment } = await kmeans(tf, given.vectors, 6, createRandom(3), QUIET_WORK);
    for (const { row } of await clustering.choose(given)) {
      const own = Array.from(assignment.keys()).filter((other) => assignment[other] === assignment[row]);
      for (const other of own) expect(given.utilities[row]!).toBeGreaterThanOrEqual(given.utilities[other]!);
    }
  });

  it("refills from the most uncertain left over where clusters are empty", async () => {
    const vectors = vectorsOf([[0], [0], [0], [9], [9], [9]]);
    const utilities = Float32Array.of(0.1, 0.9, 0.8, 0.3, 0.2, 0.7);
    const chosen = await clustering.choose(input({ vectors, utilities, budget: 4 }));
    expect(chosen.map(({ row }) => row)).toEqual([1, 5, 2, 3]);
  });
});

describe("farthest points", () => {
  it("begins with the most uncertain and goes on with the farthest from all chosen", async () => {
    const vectors = vectorsOf([[0], [1], [4], [10], [5.5]]);
    const utilities = Float32Array.of(0.1, 0.9, 0.2, 0.3, 0.4);
    const chosen = await farthest.choose(input({ vectors, utilities, budget: 4 }));
    expect(chosen.map(({ row }) => row)).toEqual([1, 3, 4, 2]);
  });
});
