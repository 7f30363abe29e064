import { expect, it } from "vitest";
import type { StoredPatchVectors } from "../../../src/engine/embeddings/patch-vectors.ts";
import { memoryVectors } from "../../../src/engine/embeddings/patch-vectors.ts";
import type { OpenHead } from "../../../src/engine/heads/head.ts";
import { type ExplainedContext, explain } from "../../../src/engine/query-functions/explain.ts";
import { QUIET_WORK } from "../../../src/engine/work.ts";
import { queryExplanationSchema } from "../../../src/shared/domain/learning.ts";
import { createRandom } from "../../../src/shared/random.ts";
import { tf, vectorsOf } from "../fixture.ts";

const candidates = vectorsOf([
  [1, 0],
  [0, 2],
]);
const labeled = vectorsOf([
  [3, 0],
  [1, 1],
  [0, -1],
  [-2, 0],
]);
const now = [0.9, 0.45, 0.2, 0.6];
const before = [0.5, 0.5, Number.NaN, 0.6];
const model = (rows: readonly number[]): OpenHead => {
  const probabilities = ({ count }: { count: number }) =>
    Float32Array.from({ length: count * 4 }, (_, i) => rows[i % 4]!);
  return {
    probabilities,
    // The other way round: nearest in features is farthest in embeddings.
    features: ({ values, count, dimensions }) => ({
      values: values.map((value, i) => (i % 2 === 0 ? value : -value)),
      count,
      dimensions,
    }),
    lastLayer: (features) => ({ probabilities: probabilities(features), features, bias: true }),
  };
};
const ids = Int32Array.of(40, 41, 42, 43);
const stored: StoredPatchVectors = {
  ...memoryVectors(labeled, [0, 1, 2, 3]),
  ids,
  missing: new Int32Array(0),
};

function context(change: Partial<ExplainedContext>): ExplainedContext {
  return {
    tf,
    kind: "multi-label",
    random: createRandom(1),
    work: QUIET_WORK,
    candidates: memoryVectors(candidates, [0, 1]),
    labeled: stored,
    head: model(now),
    previous: model(before),
    budget: 2,
    classIds: [7, 8, 9, 10],
    ...change,
  };
}
const choices = [
  { position: 1, score: 0.7, reason: "", rank: { at: 1, of: 9 }, cluster: { index: 3, size: 5 } },
  { position: 0, score: 0.2, reason: "" },
];

it("tells the classes in doubt, the nearest labelled patches, the group and what changed", async () => {
  const [first, second] = await explain(choices, context({}), { space: "embedding" });
  queryExplanationSchema.parse(first);
  expect(first).toMatchObject({ score: 0.7, rank: { at: 1, of: 9 }, cluster: { index: 3, size: 5 } });
  expect(second).toMatchObject({ score: 0.2, rank: null, cluster: null });
  expect(first?.torn.map(({ classId }) => classId)).toEqual([8, 10, 9]);
  expect(first?.torn[0]?.probability).toBeCloseTo(0.45, 6);
  // (0, 2) with (1, 1): 45 degrees; with (3, 0) and (−2, 0): 90; with (0, −1): 180.
  expect(first?.nearest.map(({ patchId }) => patchId)).toEqual([41, 40, 43]);
  expect(first?.nearest[0]?.similarity).toBeCloseTo(Math.SQRT1_2, 6);
  expect(second?.nearest[0]).toEqual({ patchId: 40, similarity: 1 });
  // Class 9 is new: the earlier model knew nothing of it.
  expect(first?.change?.distance).toBeCloseTo(Math.hypot(0.4, 0.05), 6);
  expect(first?.change?.classes.map(({ classId }) => classId)).toEqual([7, 8, 10]);
});

it("compares in what the last layer sees where the function does", async () => {
  const [first] = await explain(choices, context({}), { space: "features" });
  // (0, −2) with (1, −1) is as near as before: both sides were turned.
  expect(first?.nearest[0]?.patchId).toBe(41);
  expect(first?.nearest[0]?.similarity).toBeCloseTo(Math.SQRT1_2, 6);
});

it("says less without models or labels, never nothing", async () => {
  const [without] = await explain(choices, context({ head: null, previous: null }), { space: "features" });
  expect(without).toMatchObject({ torn: [], change: null });
  expect(without?.nearest).toHaveLength(3);
  const none: StoredPatchVectors = { ...memoryVectors(labeled, []), ids: ids.slice(0, 0), missing: ids };
  const [unlabeled] = await explain(choices, context({ labeled: none }), { space: "features" });
  expect(unlabeled?.nearest).toEqual([]);
  expect(unlabeled?.torn).toHaveLength(3);
});
