import { describe, expect, it } from "vitest";
import { linearScale, niceDomain, niceTicks } from "../../../src/renderer/charts/scale.ts";

describe("chart scales", () => {
  it("maps linearly, and what has no extent to the middle", () => {
    const scale = linearScale([10, 20], [100, 0]);
    expect([10, 12.5, 20].map(scale)).toEqual([100, 75, 0]);
    expect(linearScale([3, 3], [0, 10])(3)).toBe(5);
  });

  it("puts ticks on round numbers inside the range", () => {
    expect(niceTicks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(niceTicks(13, 97, 4)).toEqual([50]);
    expect(niceTicks(-0.3, 0.3, 6)).toEqual([-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]);
    expect(niceTicks(5, 5, 4)).toEqual([5]);
  });

  it("finds a range of round numbers around the values, within the limits", () => {
    const [low, high] = niceDomain([0.41, 0.83], [0, 1]);
    expect(low).toBeLessThanOrEqual(0.41);
    expect(high).toBeGreaterThanOrEqual(0.83);
    expect(niceDomain([0.02, 0.99], [0, 1])).toEqual([0, 1]);
    expect(niceDomain([])).toEqual([0, 1]);
    expect(niceDomain([Number.NaN])).toEqual([0, 1]);
  });

  it("of a domain is at least as wide as asked for, and stays inside the limits", () => {
    expect(niceDomain([0.79, 0.74], [0, 1], 0.2)).toEqual([0.6, 0.9]);
    expect(niceDomain([0.99, 0.98], [0, 1], 0.2)).toEqual([0.85, 1]);
    expect(niceDomain([0.1, 0.9], [0, 1], 0.2)).toEqual(niceDomain([0.1, 0.9], [0, 1]));
  });
});
