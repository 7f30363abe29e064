import { expect, it } from "vitest";
import { seriesOf } from "../../../src/main/simulation-report/gains.ts";
import {
  betaSweep,
  budgetSweep,
  costs,
  defaultMarks,
  labelsNeeded,
  warmAgainstCold,
} from "../../../src/main/simulation-report/tables.ts";
import { formulaRows, row } from "./rows.ts";

it("counts seconds of rounds that queried, and parameters of the largest model", () => {
  const rows = [
    row({ function: "ll", round: 0, querySeconds: 0, parameters: { classifier: 100, lossModule: 7 } }),
    row({ function: "ll", round: 1, querySeconds: 2, parameters: { classifier: 120, lossModule: 7 } }),
    row({ function: "ll", round: 2, querySeconds: 4, parameters: { classifier: 140, lossModule: 7 } }),
    row({ function: "random", round: 0 }),
  ];
  expect(costs(rows)).toEqual([
    { function: "ll", samplingSeconds: 3, trainSeconds: 2, classifier: 140, withLossModule: 147 },
    { function: "random", samplingSeconds: null, trainSeconds: 2, classifier: null, withLossModule: null },
  ]);
});

it("tells the labels at which trials first reached a micro F1", () => {
  const [random, auto] = seriesOf(formulaRows());
  // By hand: random reaches 0.75 at 100, never and 100 labels; auto at 80, 60 and 100.
  expect(random && labelsNeeded(random, [0.75])[0]).toMatchObject({
    reached: 2,
    trials: 3,
    labels: { mean: 100 },
  });
  expect(auto && labelsNeeded(auto, [0.75])[0]).toMatchObject({ reached: 3, labels: { mean: 80 } });
  expect(auto && labelsNeeded(auto, [0.99])[0]).toMatchObject({ reached: 0, labels: null });
});

it("chooses marks between the start and the best", () => {
  const rows = [row({ microF1: 0.52 }), row({ round: 1, microF1: 0.71 })];
  expect(defaultMarks(rows)).toEqual([0.55, 0.6, 0.65, 0.7]);
  expect(defaultMarks([])).toEqual([]);
});

it("compares values of β and of b, the other conditions being equal", () => {
  const mge = (change: object) => row({ function: "mge+clustering", round: 1, ...change });
  const rows = [
    row({ round: 1, microF1: 0.5 }),
    row({ round: 1, budget: 40, microF1: 0.45 }),
    mge({ beta: 1, microF1: 0.55 }),
    mge({ beta: 3, microF1: 0.6 }),
    mge({ beta: 3, budget: 40, microF1: 0.58 }),
  ];
  expect(
    betaSweep(rows, null).map(({ rest, cells }) => [
      rest,
      cells.map(({ value, mean }) => [value, mean?.mean]),
    ]),
  ).toEqual([
    [
      "b=20, cold start",
      [
        [1, 0.55],
        [3, 0.6],
      ],
    ],
    [
      "b=40, cold start",
      [
        [1, undefined],
        [3, 0.58],
      ],
    ],
  ]);
  expect(budgetSweep(rows, null).map(({ function: name, rest }) => `${name}: ${rest}`)).toEqual([
    "random: cold start",
    "mge+clustering: cold start, β=1",
    "mge+clustering: cold start, β=3",
  ]);
  expect(betaSweep(formulaRows(), null)).toEqual([]);
});

it("pairs warm with cold starts by trial", () => {
  const rows = [
    ...formulaRows(),
    ...formulaRows({ warmStart: true }).map((one) => ({ ...one, microF1: one.microF1 - 0.02 })),
  ];
  const [random, auto] = warmAgainstCold(rows, [60, 100]);
  // NumPy on the same formula: auto's means from 60 to 100 labels are 0.76333, 0.75667 and 0.74667.
  expect(auto?.cold?.mean).toBeCloseTo((0.7633333333 + 0.7566666667 + 0.7466666667) / 3, 9);
  expect(random?.difference?.mean).toBeCloseTo(-0.02, 12);
  expect(random?.difference?.halfWidth).toBeCloseTo(0, 12);
});
