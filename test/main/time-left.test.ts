import { expect, it } from "vitest";
import { createTimeLeft, describeSeconds } from "../../src/main/time-left.ts";

it("knows nothing at first, then follows the rate", () => {
  let now = 0;
  const timeLeft = createTimeLeft(() => now);
  expect(timeLeft.update(0, 100)).toBeNull();
  now = 400;
  expect(timeLeft.update(10, 100)).toBeNull();
  now = 1000;
  // 10 a second, 90 left.
  expect(timeLeft.update(10, 100)).toBeCloseTo(9, 6);
  now = 5000;
  expect(timeLeft.update(50, 100)).toBeCloseTo(5, 6);
});

it("starts anew with a new phase, and does not count what was there before", () => {
  let now = 0;
  const timeLeft = createTimeLeft(() => now);
  timeLeft.update(0, 10);
  now = 10_000;
  expect(timeLeft.update(900, 1000)).toBeNull();
  now = 11_000;
  expect(timeLeft.update(950, 1000)).toBeCloseTo(1, 6);
});

it("says it in words", () => {
  expect([0.2, 42, 180, 4800].map(describeSeconds)).toEqual(["1 s", "42 s", "3 min", "1 h 20 min"]);
});
