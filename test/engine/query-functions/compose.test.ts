import { describe, expect, it } from "vitest";
import type { Diversity, DiversityInput } from "../../../src/engine/diversity/diversity.ts";
import { memoryVectors } from "../../../src/engine/embeddings/patch-vectors.ts";
import type { OpenHead } from "../../../src/engine/heads/head.ts";
import { compose } from "../../../src/engine/query-functions/compose.ts";
import { QUERY_FUNCTIONS } from "../../../src/engine/query-functions/index.ts";
import type { QueryContext } from "../../../src/engine/query-functions/query-function.ts";
import { trainingNeeds } from "../../../src/engine/query-functions/training-needs.ts";
import { entropy } from "../../../src/engine/uncertainty/entropy.ts";
import { ll } from "../../../src/engine/uncertainty/ll.ts";
import { tpd } from "../../../src/engine/uncertainty/tpd.ts";
import type { Uncertainty } from "../../../src/engine/uncertainty/uncertainty.ts";
import { QUIET_WORK } from "../../../src/engine/work.ts";
import { createRandom } from "../../../src/shared/random.ts";
import { normalVectors, tf } from "../fixture.ts";

const vectors = normalVectors(50, 3, createRandom(1));
/** A head whose only class has the probability 0.5 + the first coordinate's sign and size, squeezed. */
const head: OpenHead = {
  probabilities: ({ values, count }) =>
    Float32Array.from({ length: count }, (_, row) => 1 / (1 + Math.exp(-values[row * 3]!))),
  features: (some) => some,
  lastLayer: (features) => ({ probabilities: head.probabilities(features), features, bias: true }),
};

function context(change: Partial<QueryContext> = {}): QueryContext {
  return {
    tf,
    kind: "multi-label",
    random: createRandom(5),
    work: QUIET_WORK,
    candidates: memoryVectors(
      vectors,
      Array.from({ length: 50 }, (_, row) => row),
    ),
    labeled: memoryVectors(vectors, []),
    head,
    previous: null,
    budget: 6,
    ...change,
  };
}

/** By nearness of the first coordinate to 0: what the head above is unsure of. */
const byDoubt = Array.from({ length: 50 }, (_, row) => row).sort(
  (a, b) => Math.abs(vectors.values[a * 3]!) - Math.abs(vectors.values[b * 3]!),
);

it("registers every pair of criteria and every other function", () => {
  const uncertainties = ["ll", "tpd", "mge", "entropy", "least-confidence", "bald"];
  const expected = [
    ...uncertainties.flatMap((id) => [id, `${id}+clustering`, `${id}+fps`]),
    ...["auto", "uherding", "maxherding", "typiclust", "badge", "fps", "random"],
  ];
  expect(QUERY_FUNCTIONS.map(({ id }) => id).sort()).toEqual(expected.sort());
});

it("has plain words and a source for each function and option", () => {
  for (const { description, reference, id, name } of QUERY_FUNCTIONS) {
    expect(description).toMatch(/\.$/);
    expect(name.length).toBeGreaterThan(1);
    if (id !== "random") expect(reference).not.toBe("");
  }
});

describe("an uncertainty alone", () => {
  it("takes the most uncertain in order, with their places", async () => {
    const choices = await compose(entropy, null).select(context(), {});
    expect(choices.map(({ position }) => position)).toEqual(byDoubt.slice(0, 6));
    expect(choices.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5, 6].map((at) => ({ at, of: 50 })));
  });

  it("judges a random part of very many candidates", async () => {
    const some: Uncertainty = { ...entropy, mostCandidates: 20 };
    const choices = await compose(some, null).select(context(), {});
    expect(choices).toHaveLength(6);
    expect(choices[0]?.rank).toEqual({ at: 1, of: 20 });
    const doubts = choices.map(({ position }) => byDoubt.indexOf(position));
    expect(doubts).toEqual([...doubts].sort((a, b) => a - b));
    expect(await compose(some, null).select(context(), {})).toEqual(choices);
    expect(await compose(some, null).select(context({ budget: 30 }), {})).toHaveLength(30);
  });
});

describe("an uncertainty with a diversity", () => {
  it.each([
    [1, 6],
    [3, 18],
    [2.5, 15],
    [50, 50],
  ])("keeps the β·b most uncertain (β = %f)", async (beta, kept) => {
    const seen: DiversityInput[] = [];
    const watching: Diversity = {
      id: "watching",
      name: "",
      picks: "",
      reference: "",
      async choose(given) {
        seen.push(given);
        return Array.from({ length: given.budget }, (_, row) => ({ row, why: "first" }));
      },
    };
    await compose(entropy, watching).select(context(), { beta });
    const rows = byDoubt.slice(0, kept);
    expect(seen[0]?.vectors.count).toBe(kept);
    expect(seen[0]?.vectors.values).toEqual((await context().candidates.read(rows)).values);
  });
});

describe("TPD", () => {
  const shifted: OpenHead = {
    ...head,
    probabilities: ({ values, count }) =>
      Float32Array.from({ length: count }, (_, row) => 1 / (1 + Math.exp(-values[row * 3 + 1]!))),
  };

  it("takes the patches whose probabilities moved most between two known models", async () => {
    const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
    const moved = (row: number) =>
      Math.abs(sigmoid(vectors.values[row * 3]!) - sigmoid(vectors.values[row * 3 + 1]!));
    const expected = Array.from({ length: 50 }, (_, row) => row).sort((a, b) => moved(b) - moved(a));
    const choices = await compose(tpd, null).select(context({ previous: shifted }), {});
    expect(choices.map(({ position }) => position)).toEqual(expected.slice(0, 6));
    expect(choices[0]?.score).toBeCloseTo(moved(expected[0]!), 5);
  });

  it("draws at random in the first round, and says so", async () => {
    for (const entry of QUERY_FUNCTIONS.filter(({ id }) => id.startsWith("tpd"))) {
      const choices = await entry.select(context(), entry.options.parse({}));
      expect(new Set(choices.map(({ position }) => position)).size).toBe(6);
      expect(choices.every(({ reason }) => reason.includes("random"))).toBe(true);
      const other = await entry.select(context({ random: createRandom(6) }), entry.options.parse({}));
      expect(other).not.toEqual(choices);
    }
  });
});

describe("what a function needs", () => {
  it("is told where a model lacks it, with what to choose instead", async () => {
    await expect(compose(ll, null).select(context(), {})).rejects.toMatchObject({
      code: "no-model",
      message: expect.stringMatching(/predict its own loss.*"mlp"/),
    });
    const bald = QUERY_FUNCTIONS.find(({ id }) => id === "bald");
    await expect(bald?.select(context(), bald.options.parse({}))).rejects.toMatchObject({
      code: "no-model",
      message: expect.stringMatching(/dropout.*"mlp"/),
    });
  });

  it("is handed to the training: λ and ξ for the loss module, dropout for BALD, else nothing", () => {
    const needsOf = (id: string, options = {}) =>
      trainingNeeds(QUERY_FUNCTIONS.find((entry) => entry.id === id)!, options);
    expect(needsOf("ll+clustering", { lambda: 0.5, beta: 4 })).toEqual({
      lossModule: { lambda: 0.5, xi: 1 },
      passes: false,
    });
    expect(needsOf("bald+fps")).toEqual({ lossModule: null, passes: true });
    expect(needsOf("auto")).toEqual({ lossModule: null, passes: false });
  });
});
