import { expect, it } from "vitest";
import { normalCdf, studentT95 } from "../../../src/main/evaluation/distributions.ts";
import { f1Interval, percentileInterval, quantile, wilson } from "../../../src/main/evaluation/intervals.ts";

it("knows the normal distribution and Student's t as tables print them", () => {
  expect(normalCdf(0)).toBeCloseTo(0.5, 6);
  expect(normalCdf(1.96)).toBeCloseTo(0.9750021, 6);
  expect(normalCdf(-1)).toBeCloseTo(0.1586553, 6);
  expect(studentT95(9)).toBeCloseTo(2.262, 3);
  expect(studentT95(19)).toBeCloseTo(2.093, 3);
  expect(studentT95(60)).toBeCloseTo(2.0003, 3);
  expect(studentT95(1e6)).toBeCloseTo(1.96, 4);
});

it("gives Wilson's interval as textbooks print it", () => {
  expect(wilson(0, 0)).toBeNull();
  // Brown, Cai and DasGupta's formula worked out by hand for 8 of 10 and for 0 of 20.
  expect(wilson(8, 10)?.low).toBeCloseTo(0.4902, 4);
  expect(wilson(8, 10)?.high).toBeCloseTo(0.9433, 4);
  expect(wilson(0, 20)?.low).toBeCloseTo(0, 12);
  expect(wilson(0, 20)?.high).toBeCloseTo(3.841459 / 23.841459, 6);
});

it("carries Wilson's interval of the overlap over to F1", () => {
  expect(f1Interval(0, 0, 0)).toBeNull();
  const overlap = wilson(8, 10);
  const f1 = f1Interval(8, 1, 1);
  expect(f1?.low).toBeCloseTo((2 * (overlap?.low ?? 0)) / (1 + (overlap?.low ?? 0)), 12);
  expect(f1?.high).toBeCloseTo((2 * (overlap?.high ?? 0)) / (1 + (overlap?.high ?? 0)), 12);
});

it("interpolates quantiles, and expands percentiles for few patches", () => {
  expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
  expect(quantile([1, 2, 3, 4], 1)).toBe(4);
  const uniform = Array.from({ length: 10_001 }, (_, at) => at / 10_000);
  // 10 patches: Φ(−√(10/9) · 2.262) = Φ(−2.3845) = 0.00855 on both sides.
  expect(percentileInterval(uniform, 10)?.low).toBeCloseTo(0.00855, 4);
  expect(percentileInterval(uniform, 10)?.high).toBeCloseTo(0.99145, 4);
  expect(percentileInterval([...uniform, Number.NaN], 1e6)?.low).toBeCloseTo(0.025, 3);
  expect(percentileInterval([Number.NaN], 10)).toBeNull();
});
