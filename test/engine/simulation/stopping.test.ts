import { expect, it } from "vitest";
import { isDone } from "../../../src/engine/simulation/stopping.ts";

it.each([
  ["no rule", [0.9, 0.9, 0.9], null, null, false],
  ["the wanted F1 is reached", [0.5, 0.8], 0.8, null, true],
  ["the wanted F1 is not reached", [0.5, 0.79], 0.8, null, false],
  ["the curve is flat", [0.5, 0.6, 0.605, 0.603], null, { patience: 2, epsilon: 0.01 }, true],
  ["the curve still climbs", [0.5, 0.6, 0.605, 0.612], null, { patience: 2, epsilon: 0.01 }, false],
  ["a fall counts as flat", [0.7, 0.6, 0.65], null, { patience: 2, epsilon: 0.01 }, true],
  ["too few rounds to tell", [0.5, 0.5], null, { patience: 2, epsilon: 0.01 }, false],
])("%s", (_, scores, untilF1, flat, expected) => {
  expect(isDone(scores, { untilF1, flat })).toBe(expected);
});
