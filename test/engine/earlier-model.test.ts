import { expect, it } from "vitest";
import { asEarlier } from "../../src/engine/earlier-model.ts";
import type { Vectors } from "../../src/engine/embeddings/vectors.ts";
import type { OpenModel } from "../../src/engine/open-model.ts";
import type { ProjectKind } from "../../src/shared/domain/learning.ts";
import { vectorsOf } from "./fixture.ts";

/** A model whose probabilities are the coordinates of what it sees. */
function model(
  classIds: number[],
  mean: number[],
  scale: number[],
  kind: ProjectKind = "multi-label",
): OpenModel {
  const probabilities = ({ values }: Vectors) => values;
  return {
    head: {
      probabilities,
      features: (vectors) => vectors,
      lastLayer: (features) => ({ probabilities: features.values, features, bias: false }),
    },
    space: { mean: Float32Array.from(mean), scale: Float32Array.from(scale) },
    kind,
    classes: classIds.length,
    classIds,
  };
}

it("moves vectors into the earlier model's own space", () => {
  const newest = model([1, 2], [10, 20], [2, 0.5]);
  const earlier = model([1, 2], [9, 20], [1, 1]);
  // Raw (11, 24): (2, 2) in the newest space, (2, 4) in the earlier one.
  const seen = asEarlier(earlier, newest)?.probabilities(vectorsOf([[2, 2]]));
  expect(Array.from(seen ?? [])).toEqual([2, 4]);
});

it("puts classes in the newest order, NaN where the earlier model knew none", () => {
  const newest = model([5, 9, 7], [0, 0, 0], [1, 1, 1]);
  const earlier = model([7, 5, 6], [0, 0, 0], [1, 1, 1]);
  const seen = asEarlier(earlier, newest)?.probabilities(vectorsOf([[0.1, 0.2, 0.3]]));
  expect(Array.from(seen ?? [])).toEqual([Math.fround(0.2), Number.NaN, Math.fround(0.1)]);
});

it("does not compare what has nothing in common, or softmaxes over different classes", () => {
  const space = [[0], [1]] as const;
  expect(asEarlier(model([1], [...space[0]], [...space[1]]), model([2], [0], [1]))).toBeNull();
  const single = (ids: number[]) => model(ids, [0, 0], [1, 1], "single-label");
  expect(asEarlier(single([1, 2]), single([2, 1]))).toBeNull();
  expect(asEarlier(single([1, 2]), single([1, 2]))).not.toBeNull();
});
