import { describe, expect, it } from "vitest";
import {
  binaryCrossEntropy,
  positiveWeightsOf,
} from "../../../src/engine/networks/losses/binary-cross-entropy.ts";
import { crossEntropy } from "../../../src/engine/networks/losses/cross-entropy.ts";
import { pairRankingLoss } from "../../../src/engine/networks/losses/pair-ranking.ts";
import { createRandom } from "../../../src/shared/random.ts";

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** Compares a gradient with central differences. */
function expectSlope(loss: (logits: Float32Array) => number, at: Float32Array, gradient: Float32Array): void {
  at.forEach((_, i) => {
    const moved = (step: number) => loss(at.map((value, j) => (i === j ? value + step : value)));
    const slope = (moved(0.01) - moved(-0.01)) / 0.02;
    expect(Math.abs(slope - gradient[i]!)).toBeLessThan(1e-4);
  });
}

describe("binary cross-entropy", () => {
  const logits = Float32Array.of(0.5, -1, 2, 0, 3, -2);
  const labels = Int8Array.of(1, 0, -1, 0, 1, 1);

  it("is the mean over reviewed entries, of the batch and of each row", () => {
    const entries = [
      -Math.log(sigmoid(0.5)),
      -Math.log(1 - sigmoid(-1)),
      -Math.log(1 - sigmoid(0)),
      -Math.log(sigmoid(3)),
      -Math.log(sigmoid(-2)),
    ];
    const { loss, rowLosses } = binaryCrossEntropy(logits, labels, 3);
    expect(loss).toBeCloseTo(entries.reduce((sum, entry) => sum + entry) / 5, 10);
    expect(rowLosses[0]).toBeCloseTo((entries[0]! + entries[1]!) / 2, 10);
    expect(rowLosses[1]).toBeCloseTo((entries[2]! + entries[3]! + entries[4]!) / 3, 10);
  });

  it("has the slope it says, with positive weights too, and none where masked", () => {
    for (const weights of [null, Float32Array.of(3, 1, 2)]) {
      const { gradient } = binaryCrossEntropy(logits, labels, 3, weights);
      expectSlope((moved) => binaryCrossEntropy(moved, labels, 3, weights).loss, logits, gradient);
      expect(gradient[2]).toBe(0);
    }
  });

  it("stays finite for extreme logits", () => {
    const { loss, gradient } = binaryCrossEntropy(Float32Array.of(1000, -1000), Int8Array.of(0, 1), 2);
    expect(loss).toBe(1000);
    expect([...gradient]).toEqual([0.5, -0.5]);
  });

  it("says nothing of a batch that nobody reviewed", () => {
    const { loss, rowLosses, gradient } = binaryCrossEntropy(logits, new Int8Array(6).fill(-1), 3);
    expect(loss).toBe(0);
    expect([...rowLosses]).toEqual([Number.NaN, Number.NaN]);
    expect([...gradient]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it("weighs presences by absences, up to a limit", () => {
    // Present and absent by class: 1 and 3; 0 and 2; 2 and 2; 1 and 1 with two masked.
    const matrix = Int8Array.of(1, 0, 1, 1, 0, -1, 1, 0, 0, 0, 0, -1, 0, -1, 0, -1);
    expect([...positiveWeightsOf(matrix, 4, 10)]).toEqual([3, 1, 1, 1]);
    expect([...positiveWeightsOf(matrix, 4, 2)]).toEqual([2, 1, 1, 1]);
  });
});

describe("cross-entropy", () => {
  it("is −log of the softmax of the present class, and has the slope it says", () => {
    const logits = Float32Array.of(1, 2, 0.5, 800, 0, 3);
    const labels = Int8Array.of(0, 1, 0, 0, -1, 0);
    const { loss, rowLosses, gradient } = crossEntropy(logits, labels, 3);
    const expected = -Math.log(Math.exp(2) / (Math.exp(1) + Math.exp(2) + Math.exp(0.5)));
    expect(loss).toBeCloseTo(expected, 10);
    expect([...rowLosses]).toEqual([loss, Number.NaN]);
    expectSlope((moved) => crossEntropy(moved, labels, 3).loss, logits, gradient);
  });
});

describe("the pair ranking loss", () => {
  const ranks = Float32Array.of(0.2, 1.5, -0.3);
  /** The order in which the same stream shuffles these rows. */
  const orderOf = (rows: number[], seed: number) => createRandom(seed).shuffle(rows);

  it("is max(0, −sign(l_i − l_j)(ŝ_i − ŝ_j) + ξ) of the first two of three shuffled rows", () => {
    const losses = Float64Array.of(0.9, 0.1, 0.5);
    for (let seed = 0; seed < 8; seed++) {
      const [i = 0, j = 0, left = 0] = orderOf([0, 1, 2], seed);
      const sign = losses[i]! > losses[j]! ? 1 : -1;
      const expected = Math.max(0, -sign * (ranks[i]! - ranks[j]!) + 1);
      const { loss, pairs, gradient } = pairRankingLoss(ranks, losses, 1, createRandom(seed));
      expect(pairs).toBe(1);
      expect(loss).toBeCloseTo(expected, 6);
      expect(gradient[left]).toBe(0);
      expect(gradient[i]).toBe(expected > 0 ? -sign : 0);
      expect(gradient[j]).toBe(expected > 0 ? sign : 0);
    }
  });

  it("has no slope where a pair is ordered well enough, nor where losses are equal", () => {
    const rightOrder = pairRankingLoss(Float32Array.of(3, 0), Float64Array.of(2, 1), 1, createRandom(1));
    expect(rightOrder).toMatchObject({ loss: 0, pairs: 1 });
    expect([...rightOrder.gradient]).toEqual([0, 0]);
    const equal = pairRankingLoss(Float32Array.of(3, 0), Float64Array.of(1, 1), 0.5, createRandom(1));
    expect(equal.loss).toBe(0.5);
    expect(equal.gradient.every((value) => Math.abs(value) === 0)).toBe(true);
  });

  it("leaves out rows without a loss, and is 0 where no pair is left", () => {
    const { loss, pairs, gradient } = pairRankingLoss(
      ranks,
      Float64Array.of(1, Number.NaN, Number.NaN),
      1,
      createRandom(1),
    );
    expect({ loss, pairs }).toEqual({ loss: 0, pairs: 0 });
    expect([...gradient]).toEqual([0, 0, 0]);
  });

  it("is the mean over pairs", () => {
    const four = Float32Array.of(0, 0, 0, 0);
    const { loss, pairs, gradient } = pairRankingLoss(four, Float64Array.of(1, 2, 3, 4), 1, createRandom(2));
    expect({ loss, pairs }).toEqual({ loss: 1, pairs: 2 });
    expect([...gradient].map(Math.abs)).toEqual([0.5, 0.5, 0.5, 0.5]);
  });
});
