import { describe, expect, test } from "vitest";
import { blockMeans, blur, enlarge } from "../../../src/archive/demo/optics.ts";

test("a point blurs into the outer product of the kernel", () => {
  const plane = new Float32Array(25);
  plane[12] = 1;
  blur(plane, 5, 5, 0.2);
  const kernel = [0, 0.2, 0.6, 0.2, 0];
  kernel.forEach((a, y) => {
    kernel.forEach((b, x) => {
      expect(plane[5 * y + x]).toBeCloseTo(a * b, 6);
    });
  });
});

test("an even plane stays even under the blur, to its border", () => {
  const plane = new Float32Array(12).fill(3);
  blur(plane, 4, 3, 0.15);
  for (const value of plane) expect(value).toBeCloseTo(3, 5);
});

describe("resampling", () => {
  test("averages blocks, smaller ones at the border", () => {
    const plane = Float32Array.from({ length: 15 }, (_, i) => i);
    const coarse = blockMeans(plane, 5, 3, 2);
    expect([coarse.width, coarse.height]).toEqual([3, 2]);
    expect([...coarse.values]).toEqual([3, 5, 6.5, 10.5, 12.5, 14]);
  });

  test("brings a ramp back as a ramp between the outer block centres", () => {
    const width = 12;
    const ramp = Float32Array.from(
      { length: width * width },
      (_, i) => 2 * (i % width) + Math.floor(i / width),
    );
    const back = enlarge(blockMeans(ramp, width, width, 3), width, width, 3);
    for (let y = 1; y < width - 1; y++) {
      for (let x = 1; x < width - 1; x++) expect(back[y * width + x]).toBeCloseTo(2 * x + y, 4);
    }
  });
});
