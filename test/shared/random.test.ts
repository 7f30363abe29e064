import { describe, expect, it } from "vitest";
import { createRandom } from "../../src/shared/random.ts";

/** Pearson's chi-square of counts against equal shares. */
function chiSquare(counts: ArrayLike<number>): number {
  const all = Array.from(counts);
  const expected = all.reduce((sum, count) => sum + count, 0) / all.length;
  return all.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

describe("createRandom", () => {
  it("gives the same numbers for the same seed, whatever its type, and others for another", () => {
    const draw = (seed: number | string) => {
      const random = createRandom(seed);
      return Array.from({ length: 20 }, () => random.next());
    };
    expect(draw(5)).toEqual(draw("5"));
    expect(draw(5)).not.toEqual(draw(6));
    expect(draw("").every((value) => value >= 0 && value < 1)).toBe(true);
  });

  it("draws integers evenly, and neighbours independently", () => {
    const random = createRandom(1);
    const single = new Uint32Array(64);
    const pairs = new Uint32Array(64);
    let before = random.integer(8);
    for (let i = 0; i < 200_000; i++) {
      single[random.integer(64)]!++;
      const now = random.integer(8);
      pairs[8 * before + now]!++;
      before = now;
    }
    // 63 degrees of freedom: mean 63, standard deviation √126 ≈ 11.2; beyond 4 of them is no chance.
    for (const counts of [single, pairs]) expect(Math.abs(chiSquare(counts) - 63)).toBeLessThan(45);
  });

  it("draws normal deviates with the moments of the standard normal", () => {
    const random = createRandom(2);
    const count = 200_000;
    const values = Array.from({ length: count }, () => random.normal());
    const moment = (power: number) => values.reduce((sum, value) => sum + value ** power, 0) / count;
    // Four standard errors each: √(1/n), √(2/n), √(15/n), √(96/n).
    expect(Math.abs(moment(1))).toBeLessThan(4 * Math.sqrt(1 / count));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(4 * Math.sqrt(2 / count));
    expect(Math.abs(moment(3))).toBeLessThan(4 * Math.sqrt(15 / count));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(4 * Math.sqrt(96 / count));
    const neighbours = values.slice(1).reduce((sum, value, i) => sum + value * values[i]!, 0) / count;
    expect(Math.abs(neighbours)).toBeLessThan(4 * Math.sqrt(1 / count));
  });

  it("shuffles in place, every order equally often", () => {
    const random = createRandom(3);
    const orders = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const order = random.shuffle([..."abcd"]).join("");
      orders.set(order, (orders.get(order) ?? 0) + 1);
    }
    expect(orders.size).toBe(24);
    // 23 degrees of freedom: standard deviation √46 ≈ 6.8.
    expect(Math.abs(chiSquare([...orders.values()]) - 23)).toBeLessThan(28);
    const typed = random.shuffle(Int32Array.from([1, 2, 3]));
    expect(typed).toBeInstanceOf(Int32Array);
    expect([...typed].sort()).toEqual([1, 2, 3]);
  });

  it("samples distinct items, each equally often, and no more than there are", () => {
    const random = createRandom(4);
    const items = Int32Array.from({ length: 10 }, (_, i) => i);
    const chosen = new Uint32Array(10);
    for (let i = 0; i < 20_000; i++) {
      const sample = random.sample(items, 3);
      expect(new Set(sample).size).toBe(3);
      for (const item of sample) chosen[item]!++;
    }
    // Drawn without replacement, so narrower than 9 degrees of freedom would be.
    expect(chiSquare(chosen)).toBeLessThan(26);
    expect(random.sample(items, 99).sort((a, b) => a - b)).toEqual([...items]);
    expect(random.sample([], 3)).toEqual([]);
    expect([...items]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it("forks streams that depend on their name, not on what was drawn before", () => {
    const fresh = createRandom(5).fork("noise");
    const used = createRandom(5);
    used.next();
    used.normal();
    const late = used.fork("noise");
    const numbers = Array.from({ length: 10 }, () => fresh.next());
    expect(Array.from({ length: 10 }, () => late.next())).toEqual(numbers);
    expect(createRandom(5).fork("other").next()).not.toBe(numbers[0]);
    expect(createRandom(5).next()).not.toBe(numbers[0]);
  });
});
