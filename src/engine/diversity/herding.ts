import type { EngineMath } from "../backends/index.ts";
import { rowRange, type Vectors } from "../embeddings/vectors.ts";
import { rowsPerBlock } from "../neighbours/distances.ts";
import { kernelMatrix } from "../neighbours/kernel.ts";
import { breathe, type Work } from "../work.ts";

export interface HerdingInput {
  readonly tf: EngineMath;
  /** Candidates, one a row. */
  readonly candidates: Vectors;
  /** What is to be covered: pool and labelled patches. */
  readonly reference: Vectors;
  /** Weight u(x) of every reference row, not negative. */
  readonly weights: Float32Array;
  /** What covers already: labelled patches. */
  readonly covering: Vectors;
  readonly budget: number;
  /** Squared length of the Gaussian kernel exp(−d²/scale). */
  readonly scale: number;
  readonly work: Work;
}

export interface HerdingChoice {
  readonly row: number;
  /** How much more weight is covered, as a share of all weight: 0 to 1. */
  readonly gain: number;
}

/**
 * Greedy generalised coverage: with cov(x) = max over what is labelled or chosen of k(x, s), again and again
 * the candidate with the largest Σₓ u(x)·max(0, k(x, c) − cov(x)). u = 1 is MaxHerding (Bae et al. 2024),
 * u = an uncertainty is Uncertainty Herding (Bae et al. 2025). The sum is submodular, so a candidate's last
 * known gain bounds its gain from above and most need no new computation.
 * Memory: candidates × reference float32 values; the caller bounds both.
 */
export async function herd(input: HerdingInput): Promise<HerdingChoice[]> {
  const { tf, candidates, reference, weights, budget, scale, work } = input;
  const covered = await coverage(input);
  const kernel = new Float32Array(candidates.count * reference.count);
  const step = rowsPerBlock(reference.count);
  for (let start = 0; start < candidates.count; start += step) {
    await breathe(work);
    const block = rowRange(candidates, start, Math.min(candidates.count, start + step));
    kernel.set(kernelMatrix(tf, block, reference, "gaussian", scale), start * reference.count);
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0) || 1;
  const gainOf = (row: number): number => {
    const offset = row * reference.count;
    let gain = 0;
    for (let x = 0; x < reference.count; x++) {
      const more = kernel[offset + x]! - covered[x]!;
      if (more > 0) gain += weights[x]! * more;
    }
    return gain;
  };
  const bounds = new Float64Array(candidates.count).fill(Number.POSITIVE_INFINITY);
  const chosen: HerdingChoice[] = [];
  const taken = new Uint8Array(candidates.count);
  const wanted = Math.min(budget, candidates.count);
  while (chosen.length < wanted) {
    await breathe(work);
    let best = -1;
    let bestGain = Number.NEGATIVE_INFINITY;
    const order = Array.from(bounds.keys())
      .filter((row) => !taken[row])
      .sort((a, b) => bounds[b]! - bounds[a]! || a - b);
    for (const row of order) {
      if (bounds[row]! <= bestGain) break;
      const gain = gainOf(row);
      bounds[row] = gain;
      if (gain > bestGain || (gain === bestGain && row < best)) {
        best = row;
        bestGain = gain;
      }
    }
    taken[best] = 1;
    chosen.push({ row: best, gain: bestGain / total });
    const offset = best * reference.count;
    for (let x = 0; x < reference.count; x++) {
      const value = kernel[offset + x]!;
      if (value > covered[x]!) covered[x] = value;
    }
  }
  return chosen;
}

/** cov(x) of what is labelled: 0 where nothing is. */
async function coverage({ tf, reference, covering, scale, work }: HerdingInput): Promise<Float32Array> {
  const covered = new Float32Array(reference.count);
  if (covering.count === 0) return covered;
  const step = rowsPerBlock(covering.count);
  for (let start = 0; start < reference.count; start += step) {
    await breathe(work);
    const block = rowRange(reference, start, Math.min(reference.count, start + step));
    const kernel = kernelMatrix(tf, block, covering, "gaussian", scale);
    for (let x = 0; x < block.count; x++) {
      let largest = 0;
      for (let s = 0; s < covering.count; s++) largest = Math.max(largest, kernel[x * covering.count + s]!);
      covered[start + x] = largest;
    }
  }
  return covered;
}
