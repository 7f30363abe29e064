import { describe, expect, test } from "vitest";
import { QUANTILE_SHARES, quantile } from "../../../src/shared/display/quantiles.ts";
import { fullRange, jointRange, liftingGamma, stretchedRange } from "../../../src/shared/display/stretch.ts";
import { type BandStatistics, DEFAULT_STRETCH, type Stretch } from "../../../src/shared/domain/imagery.ts";

/** Of values spread evenly from 0 to 1000: the quantile of a share is 1000 times the share. */
const EVEN: BandStatistics = {
  name: "B04",
  min: 0,
  max: 1000,
  mean: 500,
  standardDeviation: 1000 / Math.sqrt(12),
  p2: 20,
  p98: 980,
  quantiles: QUANTILE_SHARES.map((share) => 1000 * share),
  count: 1001,
};
const FULL = { low: 0, high: 65535 };

function range(stretch: Partial<Stretch>, known: BandStatistics | null = EVEN) {
  return stretchedRange({ ...DEFAULT_STRETCH, ...stretch }, known, FULL);
}

describe("the range of a stretch", () => {
  test.each<[Partial<Stretch>, number, number]>([
    [{}, 20, 980],
    [{ low: 0.5, high: 99.5 }, 5, 995],
    [{ low: 7, high: 75 }, 70, 750],
    [{ low: 0, high: 100 }, 0, 1000],
    [{ method: "min-max" }, 0, 1000],
    [{ method: "fixed" }, 0, 65535],
    [{ method: "fixed", limits: [-5, 300] }, -5, 300],
  ])("%j is %i to %i", (stretch, low, high) => {
    const made = range(stretch);
    expect(made.low).toBeCloseTo(low, 9);
    expect(made.high).toBeCloseTo(high, 9);
  });

  test("mean ± n·σ maps the mean to the middle, and goes beyond what there is", () => {
    const { low, high } = range({ method: "deviation", deviations: 2 });
    expect(low).toBeCloseTo(500 - 2000 / Math.sqrt(12), 9);
    expect(high).toBeCloseTo(500 + 2000 / Math.sqrt(12), 9);
    expect((EVEN.mean - low) / (high - low)).toBeCloseTo(0.5, 12);
    expect(low).toBeLessThan(0);
  });

  test("without a single value only fixed limits mean something", () => {
    expect(range({}, null)).toEqual(FULL);
    expect(range({ method: "fixed", limits: [1, 2] }, null)).toEqual({ low: 1, high: 2 });
  });
});

test("projects that know two percentiles only are read between those and the ends", () => {
  const { quantiles: _, ...earlier } = EVEN;
  const known = { ...earlier, p2: 100, p98: 600 };
  expect([0, 0.01, 0.02, 0.5, 0.98, 0.99, 1].map((share) => quantile(known, share))).toEqual([
    0, 50, 100, 350, 600, 800, 1000,
  ]);
});

test("one range for all bands holds each", () => {
  expect(
    jointRange([
      { low: 3, high: 9 },
      { low: 5, high: 20 },
    ]),
  ).toEqual({ low: 3, high: 20 });
});

test("dark archives are lifted, by two at most, bright ones left alone", () => {
  const lift = (mean: number) => liftingGamma([{ low: 0, high: 100 }], [{ ...EVEN, mean }]);
  expect([60, 35].map(lift)).toEqual([1, 1]);
  // 0.2 ** (1 / gamma) = 0.35
  expect(0.2 ** (1 / lift(20))).toBeCloseTo(0.35, 9);
  expect([5, 0, -3].map(lift)).toEqual([2, 2, 2]);
  expect(liftingGamma([{ low: 0, high: 100 }], [null])).toBe(1);
});

test("what a sample type can hold", () => {
  expect(fullRange("uint8").high).toBe(255);
  expect(fullRange("float32")).toEqual({ low: 0, high: 1 });
});
