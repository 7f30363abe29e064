import { expect, it } from "vitest";
import { learningCurve } from "../../../src/main/evaluation/learning-curve.ts";
import type { Counts } from "../../../src/main/evaluation/outcomes.ts";
import { curveAt, fitSaturatingCurve } from "../../../src/main/evaluation/saturating-curve.ts";
import { verdictOf } from "../../../src/main/evaluation/verdict.ts";
import { createRandom, type Random } from "../../../src/shared/random.ts";

const LABELED = [20, 40, 60, 80, 100, 120];

it("finds a curve of its own shape again", () => {
  const truth = { ceiling: 0.92, drop: 1.7, rate: 0.5 };
  const fitted = fitSaturatingCurve(
    LABELED,
    LABELED.map((n) => curveAt(truth, n)),
    0.5,
  );
  expect(fitted.ceiling).toBeCloseTo(truth.ceiling, 10);
  expect(fitted.drop).toBeCloseTo(truth.drop, 10);
});

it("never falls and never rises above 1", () => {
  const falling = fitSaturatingCurve([20, 40, 60], [0.8, 0.7, 0.6], 0.5);
  expect(falling.drop).toBeCloseTo(0, 12);
  expect(falling.ceiling).toBeCloseTo(0.7, 12);
  const steep = fitSaturatingCurve([20, 40, 60], [0.3, 0.7, 0.95], 0.25);
  expect(steep.ceiling).toBe(1);
  expect(curveAt(steep, 1e9)).toBeLessThanOrEqual(1);
});

/** One pair a patch that is present: F1 = 2p / (1 + p) with p the share that is found. */
function models(patches: number, found: readonly number[], random: Random) {
  // What one model finds a better one finds too: models of one project make much the same mistakes.
  const ease = Array.from({ length: patches }, () => random.next());
  return found.map((share, at) => ({
    labeled: LABELED[at] ?? 0,
    counts: ease.map((one): Counts => {
      const hit = random.next() < 0.85 ? one < share : random.next() < share;
      return { hits: Number(hit), falseAlarms: 0, misses: Number(!hit) };
    }),
  }));
}

const f1Of = (found: number) => (2 * found) / (1 + found);

it("holds the true gain of one and of five more rounds in most intervals", () => {
  const truth = { ceiling: 0.9, drop: 1.5, rate: 0.6 };
  const found = (n: number) => curveAt(truth, n);
  const [one, five] = [f1Of(found(140)) - f1Of(found(120)), f1Of(found(220)) - f1Of(found(120))];
  const trials = 80;
  let [holdsOne, holdsFive, mean] = [0, 0, 0];
  for (let trial = 0; trial < trials; trial++) {
    const random = createRandom(`gain ${trial}`);
    const { gains } = learningCurve(models(80, LABELED.map(found), random), [20, 100], random);
    const [next, later] = gains ?? [];
    const within = (gain: typeof next, real: number) =>
      Number(gain?.interval ? gain.interval.low <= real && real <= gain.interval.high : false);
    holdsOne += within(next, one) / trials;
    holdsFive += within(later, five) / trials;
    mean += (later?.value ?? 0) / trials;
  }
  expect(holdsOne).toBeGreaterThanOrEqual(0.9);
  expect(holdsFive).toBeGreaterThanOrEqual(0.9);
  expect(Math.abs(mean - five)).toBeLessThan(0.01);
});

it("fits no curve to three models, but measures them", () => {
  const random = createRandom(9);
  const { scores, gains } = learningCurve(models(50, [0.5, 0.6, 0.7], random), [20], random);
  expect(gains).toBeNull();
  expect(scores).toHaveLength(3);
  for (const { value, interval } of scores) {
    expect(interval?.low).toBeLessThan(value);
    expect(interval?.high).toBeGreaterThan(value);
  }
});

it("puts the look ahead into one word", () => {
  const ahead = (value: number, low: number, high: number) => [
    { rounds: 5, patches: 100, gain: { value, interval: { low, high } } },
  ];
  expect(verdictOf([])).toBe("too-early");
  expect(verdictOf(ahead(0.002, -0.004, 0.008))).toBe("level");
  expect(verdictOf(ahead(0.03, 0.01, 0.06))).toBe("rising");
  expect(verdictOf(ahead(0.03, -0.01, 0.06))).toBe("unclear");
});
