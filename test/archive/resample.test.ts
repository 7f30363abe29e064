import { describe, expect, test } from "vitest";
import { resample } from "../../src/archive/resample.ts";
import { plane } from "./fixtures.ts";

const whole = (width: number, height: number) => ({ x: 0, y: 0, width, height });

describe("shrinking", () => {
  test("averages by area", () => {
    const source = plane(new Float32Array(6 * 4), 6, (column, row) => column + 10 * row);
    // Means of 3 × 2 blocks, by hand.
    expect([...resample(source, 6, whole(6, 4), 2, 2, null)]).toEqual([6, 9, 26, 29]);
  });

  test("weighs pixels that are cut by a border", () => {
    const source = Float32Array.of(0, 30, 90);
    // 1.5 pixels each: (0 + 30/2) / 1.5 and (30/2 + 90) / 1.5.
    expect([...resample(source, 3, whole(3, 1), 2, 1, null)]).toEqual([10, 70]);
  });

  test("keeps the mean of the whole", () => {
    const source = plane(
      new Float32Array(57 * 31),
      57,
      (column, row) => (column * 7919 + row * 104729) % 1000,
    );
    const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(resample(source, 57, whole(57, 31), 13, 9, null))).toBeCloseTo(mean(source), 2);
  });
});

describe("enlarging", () => {
  test("a linear ramp stays linear between the outer pixel centres", () => {
    const source = plane(
      new Float32Array(10 * 10),
      10,
      (column, row) => 3 * (column + 0.5) + 5 * (row + 0.5),
    );
    const out = resample(source, 10, whole(10, 10), 60, 60, null);
    for (let row = 3; row < 57; row++) {
      for (let column = 3; column < 57; column++) {
        const expected = 3 * ((column + 0.5) / 6) + 5 * ((row + 0.5) / 6);
        expect(out[row * 60 + column]).toBeCloseTo(expected, 4);
      }
    }
  });

  test("the border is repeated outwards", () => {
    expect([...resample(Float32Array.of(0, 8), 2, whole(2, 1), 8, 1, null)]).toEqual([
      0, 0, 1, 3, 5, 7, 8, 8,
    ]);
  });
});

describe("missing samples", () => {
  test("have no weight, and fill what they mostly cover", () => {
    const source = Float32Array.of(-9999, -9999, -9999, 4, 6, 8);
    expect([...resample(source, 6, whole(6, 1), 2, 1, -9999)]).toEqual([-9999, 6]);
    expect([...resample(source, 6, whole(6, 1), 3, 1, -9999)]).toEqual([-9999, 4, 7]);
    expect([...resample(Float32Array.of(Number.NaN, 2), 2, whole(2, 1), 4, 1, null)]).toEqual([
      NaN,
      NaN,
      2,
      2,
    ]);
  });
});
