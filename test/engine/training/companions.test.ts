import { expect, it } from "vitest";
import { intoSpace } from "../../../src/engine/embeddings/embedding-space.ts";
import { memoryVectors } from "../../../src/engine/embeddings/patch-vectors.ts";
import { squaredNorms } from "../../../src/engine/neighbours/distances.ts";
import {
  besideProbabilities,
  companion,
  companionProbabilities,
  featureSpace,
  firstColumns,
} from "../../../src/engine/training/companions.ts";
import { vectorsOf } from "../fixture.ts";

const ROWS = [
  [3, 4, 1234.567],
  [0, 1, -0.1],
];

it("carries companions without loss and without weight in distances", async () => {
  const seen = intoSpace(featureSpace(2, 1), vectorsOf(ROWS));
  expect(Array.from(companion(seen, 2))).toEqual([Math.fround(1234.567), Math.fround(-0.1)]);
  const probabilities = Float32Array.of(0.1, Number.NaN, 1, 0);
  const wide = await besideProbabilities(memoryVectors(seen, [0, 1]), probabilities, 2).read([1, 0]);
  expect(Array.from(companionProbabilities(wide, 2))).toEqual([1, 0, Math.fround(0.1), Number.NaN]);
  expect(Array.from(firstColumns(wide, 2).values)).toEqual([0, 1, 3, 4]);
  expect(Array.from(companion(wide, 2))[1]).toBe(Math.fround(1234.567));
  expect(Array.from(squaredNorms(wide))).toEqual([1, 25]);
});
