import { describe, expect, it } from "vitest";
import { latestByLabels } from "../../../src/renderer/screens/progress/latest-by-labels.ts";
import type { CurvePoint } from "../../../src/shared/domain/project.ts";

function point(labeled: number, modelId: string): CurvePoint {
  return {
    round: 0,
    modelId,
    labeled,
    function: null,
    metrics: null,
    metricSource: "none",
    trainSeconds: 1,
    createdAt: "2026-11-20T10:00:00Z",
  };
}

describe("models on the curve", () => {
  it("are one for each number of labels: the one trained last", () => {
    const points = [point(10, "a"), point(20, "b"), point(20, "c"), point(35, "d")];
    expect(latestByLabels(points).map(({ modelId }) => modelId)).toEqual(["a", "c", "d"]);
  });
});
