import { rowOf, type Vectors } from "../embeddings/vectors.ts";
import { squaredNorms } from "../neighbours/distances.ts";
import { drawWeighted } from "../neighbours/kmeans.ts";
import { PSEUDO_THRESHOLD, pseudoErrors } from "../uncertainty/gradient.ts";
import { NO_MODEL_NEEDS } from "../uncertainty/uncertainty.ts";
import { breathe } from "../work.ts";
import { noOptions, type QueryFunction, requireHead } from "./query-function.ts";
import { workingSet } from "./working-set.ts";

const MOST_CANDIDATES = 20_000;

/**
 * BADGE (Ash et al. 2020, Algorithm 1): k-means++ seeding on the gradient embeddings (p − ŷ)·(h, 1)ᵀ, which
 * are large where the model is unsure and point elsewhere where patches differ. Inner products of outer
 * products are products of inner products, so the embeddings themselves are never formed.
 */
export const badge = {
  id: "badge",
  name: "BADGE",
  description:
    "Patches with large and different gradients: uncertain and diverse at once. Better with many labels.",
  reference:
    "Ash et al. 2020, Deep Batch Active Learning by Diverse, Uncertain Gradient Lower Bounds, Algorithm 1",
  options: noOptions,
  needs: { ...NO_MODEL_NEEDS, model: true },
  space: "features",
  async select(context) {
    const { candidates, budget, kind, random, work } = context;
    const pool = await workingSet(candidates, MOST_CANDIDATES, random.fork("pool"), budget);
    const { probabilities, features, bias } = requireHead(context).lastLayer(pool.vectors);
    const { count } = pool.vectors;
    const classes = probabilities.length / count;
    const values = pseudoErrors(probabilities, classes, kind, PSEUDO_THRESHOLD);
    const errors: Vectors = { values, count, dimensions: classes };
    const errorNorms = squaredNorms(errors);
    const one = bias ? 1 : 0;
    const featureNorms = squaredNorms(features).map((norm) => norm + one);
    const magnitude = Float64Array.from(errorNorms, (norm, row) => norm * featureNorms[row]!);
    const distanceTo = (row: number, other: number): number => {
      const inner = dot(rowOf(errors, row), rowOf(errors, other));
      const product = inner * (dot(rowOf(features, row), rowOf(features, other)) + one);
      return Math.max(0, magnitude[row]! + magnitude[other]! - 2 * product);
    };
    const taken = new Uint8Array(count);
    // The first one is the largest gradient, as in the authors' own code.
    let next = magnitude.reduce((best, value, row) => (value > magnitude[best]! ? row : best), 0);
    const nearest = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
    const chosen: number[] = [];
    while (chosen.length < Math.min(budget, count)) {
      await breathe(work);
      if (chosen.length > 0) next = drawWeighted(nearest, random);
      while (taken[next]) next = (next + 1) % count;
      taken[next] = 1;
      chosen.push(next);
      for (let row = 0; row < count; row++) {
        nearest[row] = taken[row] ? 0 : Math.min(nearest[row]!, distanceTo(row, next));
      }
    }
    return chosen.map((row) => {
      const score = Math.sqrt(magnitude[row]!);
      return {
        position: pool.positions[row]!,
        score,
        reason: `Would change the model in a way of its own (gradient ${score.toPrecision(3)}).`,
      };
    });
  },
} as const satisfies QueryFunction<typeof noOptions>;

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
