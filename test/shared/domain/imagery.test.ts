import { expect, test } from "vitest";
import { bandStatisticsSchema, compositeSchema } from "../../../src/shared/domain/imagery.ts";

test("stretches that earlier versions stored still mean the same", () => {
  const parsed = (stretch: unknown) => compositeSchema.parse({ id: "custom", stretch }).stretch;
  const percentiles = { method: "percentile", low: 2, high: 98, deviations: 2, limits: null };
  expect(parsed("project")).toEqual({ ...percentiles, scope: "project" });
  expect(parsed("patch")).toEqual({ ...percentiles, scope: "patch" });
  expect(parsed("none")).toMatchObject({ method: "fixed", limits: null });
  expect(compositeSchema.parse({ id: "ndvi" })).toEqual({ id: "ndvi", gamma: 1 });
  expect(compositeSchema.safeParse({ id: "ndvi", stretch: "sepia" }).success).toBe(false);
});

test("statistics that were stored without quantiles are still read", () => {
  const stored = { name: "B04", min: 0, max: 9, mean: 1, standardDeviation: 1, p2: 1, p98: 8, count: 10 };
  expect(bandStatisticsSchema.parse(stored)).toEqual(stored);
});
