import { describe, expect, test } from "vitest";
import { fieldQuantile, fractalNoise, hash, hashUnit } from "../../../src/archive/demo/noise.ts";
import { createRandom } from "../../../src/shared/random.ts";

describe("fractalNoise", () => {
  test("has mean 0 and variance 1 over many cells, with any octaves", () => {
    for (const options of [{ cell: 5 }, { cell: 12, octaves: 3, gain: 0.6 }]) {
      const field = fractalNoise(700, 500, options, createRandom(3));
      const mean = field.reduce((sum, value) => sum + value, 0) / field.length;
      const variance = field.reduce((sum, value) => sum + (value - mean) ** 2, 0) / field.length;
      expect(Math.abs(mean)).toBeLessThan(0.05);
      expect(Math.abs(variance - 1)).toBeLessThan(0.08);
    }
  });

  test("changes little from pixel to pixel where its cells are large", () => {
    const field = fractalNoise(200, 3, { cell: 50 }, createRandom(1));
    for (let x = 1; x < 200; x++) expect(Math.abs(field[x]! - field[x - 1]!)).toBeLessThan(0.15);
  });
});

test("hashes are 32-bit, repeatable and evenly spread", () => {
  expect(hash(7, 9)).toBe(hash(7, 9));
  const counts = new Array<number>(10).fill(0);
  for (let key = 0; key < 20_000; key++) counts[Math.floor(10 * hashUnit(key, 5))]!++;
  // Four standard deviations of a binomial count with n = 20,000 and p = 0.1.
  for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(4 * Math.sqrt(1800));
});

test("a quantile splits the field as asked, among eligible pixels only", () => {
  const field = Float32Array.from({ length: 70_000 }, (_, i) => (i * 7919) % 70_000);
  expect(Math.abs(fieldQuantile(field, 0.3) - 21_000)).toBeLessThan(700);
  expect(Math.abs(fieldQuantile(field, 0.5, (i) => field[i]! < 10_000) - 5000)).toBeLessThan(400);
  expect(fieldQuantile(field, 0)).toBe(Number.NEGATIVE_INFINITY);
  expect(fieldQuantile(field, 1)).toBe(Number.POSITIVE_INFINITY);
});
