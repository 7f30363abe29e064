import { describe, expect, it } from "vitest";
import { fitChips } from "../../../src/renderer/workbench/grid/fit-chips.ts";

describe("chips in a place of two rows", () => {
  it("are all named where they fit", () => {
    expect(fitChips([], 100, 2)).toBe(0);
    expect(fitChips([40, 40, 40], 100, 2)).toBe(3);
    // 48 + 3 + 49 fills a row to the pixel.
    expect(fitChips([48, 49, 48, 49], 100, 2)).toBe(4);
    expect(fitChips([48, 50, 48, 50], 100, 2)).toBe(2);
  });

  it("leave room for the dots of those that do not fit", () => {
    // Three rows are needed; the third chip gives way to one dot of 8 beside the second.
    expect(fitChips([80, 80, 80], 100, 2)).toBe(2);
    expect(fitChips([80, 89, 80], 100, 2)).toBe(2);
    // Beside a chip of 90 there is no room for a dot, so the second chip is a dot, too.
    expect(fitChips([90, 90, 90], 100, 2)).toBe(1);
    // Nine dots fill a row of 96: 9 × 8 + 8 × 3.
    expect(fitChips([96, 96, ...Array(8).fill(96)], 96, 2)).toBe(1);
    expect(fitChips([96, 96, ...Array(9).fill(96)], 96, 2)).toBe(0);
  });

  it("cuts a name that is too long for a row, and still counts it as one row", () => {
    expect(fitChips([400, 400], 100, 2)).toBe(2);
    expect(fitChips([400, 400, 30], 100, 2)).toBe(1);
  });
});
