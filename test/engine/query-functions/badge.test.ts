import { expect, it } from "vitest";
import { memoryVectors } from "../../../src/engine/embeddings/patch-vectors.ts";
import type { OpenHead } from "../../../src/engine/heads/head.ts";
import { drawWeighted } from "../../../src/engine/neighbours/kmeans.ts";
import { badge } from "../../../src/engine/query-functions/badge.ts";
import { QUIET_WORK } from "../../../src/engine/work.ts";
import { createRandom } from "../../../src/shared/random.ts";
import { normalVectors, tf } from "../fixture.ts";

const COUNT = 25;
const CLASSES = 3;
const features = normalVectors(COUNT, 4, createRandom(1));
const source = createRandom(2);
const probabilities = Float32Array.from({ length: COUNT * CLASSES }, () => source.next());
const head: OpenHead = {
  probabilities: () => probabilities,
  features: () => features,
  lastLayer: () => ({ probabilities, features, bias: true }),
};

/** (p − ŷ)·(h, 1)ᵀ written out, 3 × 5 values. */
function gradientOf(row: number): number[] {
  const h = [...features.values.subarray(row * 4, row * 4 + 4), 1];
  return Array.from(probabilities.subarray(row * 3, row * 3 + 3)).flatMap((p) =>
    h.map((value) => (p >= 0.5 ? p - 1 : p) * value),
  );
}

it("is k-means++ on the gradients, as if they had been written out", async () => {
  const all = Array.from({ length: COUNT }, (_, row) => row);
  const choices = await badge.select({
    tf,
    kind: "multi-label",
    random: createRandom(7),
    work: QUIET_WORK,
    candidates: memoryVectors(features, all),
    labeled: memoryVectors(features, []),
    head,
    previous: null,
    budget: 8,
  });
  const gradients = all.map(gradientOf);
  const norm = (row: number) => Math.hypot(...gradients[row]!);
  // The same draws on distances between whole outer products.
  const random = createRandom(7);
  const expected = [all.reduce((a, b) => (norm(b) > norm(a) ? b : a))];
  while (expected.length < 8) {
    const nearest = Float64Array.from(all, (row) =>
      Math.min(
        ...expected.map((other) =>
          gradients[row]!.reduce((sum, value, i) => sum + (value - gradients[other]![i]!) ** 2, 0),
        ),
      ),
    );
    expected.push(drawWeighted(nearest, random));
  }
  expect(choices.map(({ position }) => position)).toEqual(expected);
  choices.forEach(({ position, score }) => void expect(score).toBeCloseTo(norm(position), 4));
});
