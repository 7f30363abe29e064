import { describe, expect, it } from "vitest";
import { averagePrecision } from "../../../src/engine/metrics/average-precision.ts";
import { computeMetrics } from "../../../src/engine/metrics/metrics.ts";

// Expected values from scikit-learn 1.9: f1_score, precision_score, recall_score, average_precision_score.
const probabilities = Float32Array.of(
  ...[0.63, 0.9, 0.78, 0.01, 0.3, 0.87, 0.01, 0.82, 0.8, 0.47, 0.3, 0.28],
  ...[0.25, 0.45, 0.5, 0.55, 1.0, 0.79, 0.62, 0.99, 0.22, 0.16, 0.61, 0.04],
);
const labels = Int8Array.of(0, 0, 0, 1, 1, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 1);

describe("computeMetrics", () => {
  it("agrees with scikit-learn on multi-labels, ties and a class without hits included", () => {
    const metrics = computeMetrics(probabilities, labels, [4, 5, 6], "multi-label");
    expect(metrics?.microF1).toBeCloseTo(0.34782608695652173, 12);
    expect(metrics?.macroF1).toBeCloseTo(0.31746031746031744, 12);
    expect(metrics?.perClass.map((one) => one.classId)).toEqual([4, 5, 6]);
    const column = (name: "f1" | "precision" | "recall" | "averagePrecision") =>
      metrics?.perClass.map((one) => Number(one[name]?.toFixed(10)));
    expect(column("f1")).toEqual([0, 0.6666666667, 0.2857142857]);
    expect(column("precision")).toEqual([0, 0.6, 0.2]);
    expect(column("recall")).toEqual([0, 0.75, 0.5]);
    expect(column("averagePrecision")).toEqual([0.3958333333, 0.65, 0.375]);
    expect(metrics?.mAP).toBeCloseTo((0.3958333333 + 0.65 + 0.375) / 3, 9);
    expect(metrics?.samples).toBe(8);
  });

  it("takes the most probable class alone in single-label projects", () => {
    const softmax = Float32Array.of(0.5, 0.3, 0.2, 0.1, 0.8, 0.1, 0.3, 0.3, 0.4, 0.2, 0.5, 0.3);
    const truth = Int8Array.of(1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0);
    const metrics = computeMetrics(softmax, truth, [1, 2, 3], "single-label");
    expect(metrics?.microF1).toBeCloseTo(0.75, 12);
    expect(metrics?.macroF1).toBeCloseTo(0.6, 12);
  });

  it("counts masked entries nowhere: the same as leaving them away", () => {
    const masked = Int8Array.of(1, 0, -1, 1, 0, -1);
    const metrics = computeMetrics(
      Float32Array.of(0.9, 0.2, 0.9, 0.4, 0.7, 0.1),
      masked,
      [1, 2, 3],
      "multi-label",
    );
    // Class 1: one hit, one miss. Class 2: one false alarm. Class 3: nothing reviewed.
    expect(metrics?.perClass[2]).toEqual({
      classId: 3,
      precision: null,
      recall: null,
      f1: null,
      averagePrecision: null,
      support: 0,
    });
    expect(metrics?.microF1).toBeCloseTo(2 / 4, 12);
    expect(metrics?.mAP).toBeCloseTo(1, 12);
  });

  it("is null where nothing is reviewed", () => {
    expect(computeMetrics(Float32Array.of(0.5), Int8Array.of(-1), [1], "multi-label")).toBeNull();
    expect(computeMetrics(new Float32Array(0), new Int8Array(0), [1], "multi-label")).toBeNull();
  });
});

describe("averagePrecision", () => {
  it("is 1 for a perfect order, the share of positives for all ties, null without positives", () => {
    expect(averagePrecision([0.9, 0.8, 0.1], [1, 1, 0])).toBe(1);
    expect(averagePrecision([0.5, 0.5, 0.5, 0.5], [1, 0, 0, 1])).toBe(0.5);
    expect(averagePrecision([0.5], [0])).toBeNull();
  });
});
