import { describe, expect, it } from "vitest";
import { drawSymmetry, type Symmetry, writeTransformed } from "../../../src/engine/networks/dihedral.ts";
import { createRandom } from "../../../src/shared/random.ts";

function transformed(image: number[], height: number, width: number, symmetry: Symmetry): number[] {
  const target = new Float32Array(image.length + 1);
  const shape = { height, width, bands: image.length / (height * width) };
  writeTransformed(Float32Array.from(image), shape, symmetry, target, 1);
  expect(target[0]).toBe(0);
  return [...target.subarray(1)];
}

describe("turns and mirror images", () => {
  // 1 2
  // 3 4
  const square = [1, 2, 3, 4];

  it.each([
    { turns: 0, mirrored: false, expected: [1, 2, 3, 4] },
    { turns: 1, mirrored: false, expected: [2, 4, 1, 3] },
    { turns: 2, mirrored: false, expected: [4, 3, 2, 1] },
    { turns: 3, mirrored: false, expected: [3, 1, 4, 2] },
    { turns: 0, mirrored: true, expected: [2, 1, 4, 3] },
    { turns: 1, mirrored: true, expected: [4, 2, 3, 1] },
    { turns: 2, mirrored: true, expected: [3, 4, 1, 2] },
    { turns: 3, mirrored: true, expected: [1, 3, 2, 4] },
  ])("$turns quarter turns, mirrored: $mirrored", ({ expected, ...symmetry }) => {
    expect(transformed(square, 2, 2, symmetry)).toEqual(expected);
  });

  it("keeps the bands of a pixel together, and turns what is not square by half", () => {
    const image = [1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6];
    expect(transformed(image, 2, 3, { turns: 2, mirrored: false })).toEqual([
      6, -6, 5, -5, 4, -4, 3, -3, 2, -2, 1, -1,
    ]);
    expect(transformed(image, 2, 3, { turns: 0, mirrored: true })).toEqual([
      3, -3, 2, -2, 1, -1, 6, -6, 5, -5, 4, -4,
    ]);
  });

  it("draws all eight alike, and only those that keep the shape where it is not square", () => {
    const count = (isSquare: boolean) => {
      const random = createRandom(1);
      const counts = new Map<string, number>();
      for (let i = 0; i < 8000; i++) {
        const { turns, mirrored } = drawSymmetry(random, isSquare);
        const key = `${turns} ${mirrored}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
      return counts;
    };
    const square = count(true);
    expect(square.size).toBe(8);
    for (const times of square.values()) expect(Math.abs(times - 1000)).toBeLessThan(150);
    expect([...count(false).keys()].sort()).toEqual(["0 false", "0 true", "2 false", "2 true"]);
  });
});
