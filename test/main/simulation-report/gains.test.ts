import { describe, expect, it } from "vitest";
import { gainsOverRandom } from "../../../src/main/simulation-report/gains.ts";
import { formulaRows, row, SEEDS } from "./rows.ts";

const RANDOM = new Set(["random"]);

describe("gains over random", () => {
  it("are paired by trial and averaged over the rounds in the range", () => {
    const [micro, macro] = gainsOverRandom(formulaRows(), [60, 100], RANDOM);
    expect(micro).toMatchObject({ function: "auto", metric: "microF1", from: 60, to: 100, budget: 20 });
    // NumPy and SciPy on the same formula: means of each seed; t.ppf(0.975, 2) · standard error.
    const expected = [0.053333333333333344, 0.05333333333333338, 0.01666666666666668];
    expect(micro?.values.map(({ seed }) => seed)).toEqual(SEEDS);
    micro?.values.forEach(({ gain, rounds }, index) => {
      expect(gain).toBeCloseTo(expected[index] ?? Number.NaN, 12);
      expect(rounds).toBe(3);
    });
    expect(micro?.mean).toBeCloseTo(0.04111111111111113, 12);
    expect((micro?.high ?? 0) - (micro?.mean ?? 0)).toBeCloseTo(0.052587977808049004, 5);
    expect((micro?.mean ?? 0) - (micro?.low ?? 0)).toBeCloseTo(0.052587977808049004, 5);
    expect(macro).toMatchObject({ metric: "macroF1", mean: 0 });
  });

  it("compare only rounds that both have, in trials that both have", () => {
    const rows = [
      ...[0, 1, 2].map((round) => row({ round, microF1: 0.5 })),
      ...[0, 1].map((round) => row({ function: "auto", round, microF1: 0.6 })),
      row({ function: "auto", trial: 1, seed: 2, round: 1, microF1: 0.9 }),
    ];
    const [micro] = gainsOverRandom(rows, null, RANDOM);
    expect(micro?.values).toEqual([{ trial: 0, seed: 1, gain: expect.closeTo(0.1, 12), rounds: 1 }]);
    expect(micro).toMatchObject({ low: null, high: null });
    expect(gainsOverRandom(rows, [500, 600], RANDOM)).toEqual([]);
    expect(gainsOverRandom(rows, null, new Set())).toEqual([]);
  });

  it("compare with random under the same budget and start, whatever β", () => {
    const rows = [
      row({ round: 1, microF1: 0.5 }),
      row({ round: 1, budget: 10, microF1: 0.4 }),
      row({ round: 1, warmStart: true, microF1: 0.3 }),
      row({ function: "mge+clustering", round: 1, beta: 3, microF1: 0.6 }),
      row({ function: "mge+clustering", round: 1, beta: 3, budget: 10, microF1: 0.6 }),
      row({ function: "mge+clustering", round: 1, beta: 3, warmStart: true, microF1: 0.6 }),
    ];
    const micro = gainsOverRandom(rows, null, RANDOM).filter(({ metric }) => metric === "microF1");
    expect(micro.map(({ mean }) => Number(mean.toFixed(6)))).toEqual([0.1, 0.2, 0.3]);
  });
});
