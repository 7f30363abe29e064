import { describe, expect, it } from "vitest";
import { mutualInformation } from "../../../src/engine/uncertainty/bald.ts";
import { meanEntropy } from "../../../src/engine/uncertainty/entropy.ts";
import { lackOfConfidence } from "../../../src/engine/uncertainty/least-confidence.ts";
import { closeness } from "../../../src/engine/uncertainty/margin.ts";
import { discrepancies } from "../../../src/engine/uncertainty/tpd.ts";

const rows = (...values: number[][]) => Float32Array.from(values.flat());

describe("entropy", () => {
  it("agrees with SciPy's entropy in bits, mean over classes", () => {
    const entropies = meanEntropy(rows([0.1, 0.5, 0.9], [0.3, 0.2, 0.99]), 3, "multi-label");
    expect(entropies[0]).toBeCloseTo(0.645997062392854, 6);
    expect(entropies[1]).toBeCloseTo(0.5613373766713221, 6);
  });

  it("agrees with SciPy's entropy of a softmax over log₂ of the classes", () => {
    const entropies = meanEntropy(rows([0.5, 0.3, 0.2], [1, 0, 0]), 3, "single-label");
    expect(entropies[0]).toBeCloseTo(0.9372305632161297, 6);
    expect(entropies[1]).toBe(0);
  });
});

describe("least confidence", () => {
  it("is the mean of what each decision lacks to be certain", () => {
    const lacks = lackOfConfidence(rows([0.5, 0.5], [0, 1], [0.9, 0.3]), 2, "multi-label");
    [0.5, 0, 0.2].forEach((value, row) => void expect(lacks[row]).toBeCloseTo(value, 6));
  });

  it("is what the most probable class lacks in single-label projects", () => {
    const lacks = lackOfConfidence(rows([0.5, 0.3, 0.2], [0, 1, 0]), 3, "single-label");
    [0.5, 0].forEach((value, row) => void expect(lacks[row]).toBeCloseTo(value, 6));
  });
});

describe("closeness to the decision", () => {
  it("is 1 at the threshold and 0 where all is certain", () => {
    expect(Array.from(closeness(rows([0.5, 0.5], [0, 1], [0.5, 1]), 2, "multi-label"))).toEqual([1, 0, 0.25]);
    expect(Array.from(closeness(rows([0.5, 0.5, 0], [0, 0, 1]), 3, "single-label"))).toEqual([1, 0]);
  });
});

describe("TPD", () => {
  it("is the Euclidean distance between two known models' probabilities", () => {
    const distances = discrepancies(
      rows([0.9, 0.1, 0.5], [0.2, 0.2, 0.2]),
      rows([0.6, 0.5, 0.5], [0.2, 0.2, 0.2]),
      3,
    );
    expect(distances[0]).toBeCloseTo(0.5, 6);
    expect(distances[1]).toBe(0);
  });

  it("leaves out classes that the earlier model did not know", () => {
    const distances = discrepancies(rows([0.9, 0.1]), rows([0.6, Number.NaN]), 2);
    expect(distances[0]).toBeCloseTo(0.3, 6);
  });
});

describe("BALD", () => {
  it("is 1 bit where two networks are sure of the opposite, and 0 where all agree or all are unsure", () => {
    const passes = [rows([0, 0.7], [0.5, 0.5]), rows([1, 0.7], [0.5, 0.5])];
    const information = mutualInformation(passes, 2, "multi-label");
    // The first class is worth a bit, the second nothing: 0.5 in the mean.
    expect(information[0]).toBeCloseTo(0.5, 6);
    expect(information[1]).toBeCloseTo(0, 6);
  });

  it("agrees with the closed form for a binary class: H(0.5) − (H(0.2) + H(0.8))/2", () => {
    const information = mutualInformation([rows([0.2]), rows([0.8])], 1, "multi-label");
    expect(information[0]).toBeCloseTo(1 + 0.2 * Math.log2(0.2) + 0.8 * Math.log2(0.8), 6);
  });

  it("is all of the entropy where each softmax is sure of another class", () => {
    const passes = [rows([1, 0, 0]), rows([0, 1, 0]), rows([0, 0, 1])];
    expect(mutualInformation(passes, 3, "single-label")[0]).toBeCloseTo(1, 6);
  });
});
