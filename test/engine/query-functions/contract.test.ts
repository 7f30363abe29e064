import { beforeAll, describe, expect, it } from "vitest";
import { memoryVectors } from "../../../src/engine/embeddings/patch-vectors.ts";
import { rowRange, type Vectors } from "../../../src/engine/embeddings/vectors.ts";
import type { OpenHead } from "../../../src/engine/heads/head.ts";
import { mlp } from "../../../src/engine/heads/mlp/index.ts";
import { QUERY_FUNCTIONS } from "../../../src/engine/query-functions/index.ts";
import type { Choice, QueryContext } from "../../../src/engine/query-functions/query-function.ts";
import { QUIET_WORK } from "../../../src/engine/work.ts";
import type { ProjectKind } from "../../../src/shared/domain/learning.ts";
import { Cancelled } from "../../../src/shared/errors.ts";
import { createRandom } from "../../../src/shared/random.ts";
import { blobs, tf, vectorsOf } from "../fixture.ts";

interface Scene {
  readonly vectors: Vectors;
  readonly labeled: number;
  readonly head: OpenHead;
  readonly previous: OpenHead;
  readonly kind: ProjectKind;
}

async function scene(
  vectors: Vectors,
  labels: Int8Array,
  classes: number,
  labeled: number,
  kind: ProjectKind,
) {
  // The earlier model has seen half of what the newest one has.
  const train = async (count: number, seed: number) => {
    const data = {
      vectors: rowRange(vectors, 0, count),
      labels: labels.subarray(0, count * classes),
      classes,
    };
    const needs = { lossModule: { lambda: 1, xi: 1 }, passes: true };
    const context = { tf, kind, random: createRandom(seed), work: QUIET_WORK, warmStart: null, needs };
    const trained = await mlp.train(data, mlp.options.parse({ epochs: 5 }), context);
    return mlp.open(trained.state, kind, tf);
  };
  const previous = await train(Math.ceil(labeled / 2), 2);
  return { vectors, labeled, kind, head: await train(labeled, 1), previous };
}

function contextOf(
  { vectors, labeled, head, previous, kind }: Scene,
  budget: number,
  seed = 1,
): QueryContext {
  const rows = Uint32Array.from({ length: vectors.count }, (_, row) => row);
  return {
    tf,
    kind,
    random: createRandom(seed),
    work: QUIET_WORK,
    candidates: memoryVectors(vectors, rows.subarray(labeled)),
    labeled: memoryVectors(vectors, rows.subarray(0, labeled)),
    head,
    previous,
    budget,
  };
}

function expectGood(choices: readonly Choice[], count: number, candidates: number): void {
  expect(choices).toHaveLength(count);
  expect(new Set(choices.map(({ position }) => position)).size).toBe(count);
  for (const { position, score, reason } of choices) {
    expect(Number.isInteger(position) && position >= 0 && position < candidates).toBe(true);
    expect(Number.isFinite(score)).toBe(true);
    expect(reason).toMatch(/^[A-Z].{5,}\.$/);
  }
}

describe.each(QUERY_FUNCTIONS.map((entry) => [entry.id, entry] as const))(
  "query function %s",
  (_id, entry) => {
    const options = entry.options.parse({});
    let usual: Scene;
    beforeAll(async () => {
      const { vectors, labels } = blobs(70, 10, 4, 3, 2);
      usual = await scene(vectors, labels, 3, 12, "multi-label");
    });

    it.each([1, 7, 20, 57])("fills a budget of %i", async (budget) => {
      expectGood(await entry.select(contextOf(usual, budget), options), budget, 58);
    });

    it("gives all candidates where there are fewer than the budget", async () => {
      expectGood(await entry.select(contextOf(usual, 500), options), 58, 58);
    });

    it("gives the same query for the same seed", async () => {
      const first = await entry.select(contextOf(usual, 9, 3), options);
      expect(await entry.select(contextOf(usual, 9, 3), options)).toEqual(first);
    });

    it("works with one class, and with a single candidate", async () => {
      const { vectors, labels } = blobs(11, 4, 2, 1, 3);
      const tiny = await scene(vectors, labels, 1, 10, "multi-label");
      expectGood(await entry.select(contextOf(tiny, 5), options), 1, 1);
      const few = await scene(vectors, labels, 1, 5, "multi-label");
      expectGood(await entry.select(contextOf(few, 4), options), 4, 6);
    });

    it("works in single-label projects", async () => {
      const { vectors, kinds } = blobs(40, 6, 3, 1, 4);
      const labels = Int8Array.from({ length: 120 }, (_, i) => (kinds[Math.floor(i / 3)] === i % 3 ? 1 : 0));
      const single = await scene(vectors, labels, 3, 10, "single-label");
      expectGood(await entry.select(contextOf(single, 8), options), 8, 30);
    });

    it("works where all embeddings are the same", async () => {
      const same = vectorsOf(Array.from({ length: 20 }, () => [1, 2, 3]));
      const labels = Int8Array.from({ length: 20 }, (_, i) => i % 2);
      expectGood(
        await entry.select(contextOf(await scene(same, labels, 1, 4, "multi-label"), 6), options),
        6,
        16,
      );
    });

    it("works without a model exactly where it says so", async () => {
      const without = { ...contextOf(usual, 5), head: null };
      if (entry.needs.model)
        await expect(entry.select(without, options)).rejects.toMatchObject({ code: "no-model" });
      else expectGood(await entry.select(without, options), 5, 58);
    });

    it("works without labelled patches", async () => {
      const rows = Uint32Array.from({ length: 70 }, (_, row) => row);
      const fresh = {
        ...contextOf(usual, 6),
        candidates: memoryVectors(usual.vectors, rows),
        labeled: memoryVectors(usual.vectors, []),
      };
      expectGood(await entry.select(fresh, options), 6, 70);
    });

    it("leaves nothing on the device", async () => {
      const before = tf.memory().numTensors;
      await entry.select(contextOf(usual, 9), options);
      expect(tf.memory().numTensors).toBe(before);
    });

    it("stops when it is cancelled", async () => {
      if (entry.id === "random") return;
      const cancelled = { ...contextOf(usual, 9), work: { ...QUIET_WORK, signal: AbortSignal.abort() } };
      await expect(entry.select(cancelled, options)).rejects.toThrow(Cancelled);
    });
  },
);

it("names every query function once", () => {
  const ids = QUERY_FUNCTIONS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
