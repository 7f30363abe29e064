import { describe, expect, it } from "vitest";
import { moveInGrid, nextOpen } from "../../../src/renderer/labelling/grid-navigation.ts";

/** 0 1 2 3 / 4 5 6 7 / 8 9 */
const GRID = { columns: 4, rows: 2, total: 10 };

describe("moving in a grid", () => {
  it.each([
    [0, "left", 0],
    [3, "right", 4],
    [9, "right", 9],
    [2, "up", 2],
    [6, "up", 2],
    [5, "down", 9],
    [7, "down", 9],
    [8, "down", 8],
    [9, "down", 9],
    [1, "pagedown", 9],
    [0, "pagedown", 8],
    [9, "pageup", 1],
    [6, "pageup", 2],
    [5, "home", 0],
    [5, "end", 9],
  ] as const)("from %i %s to %i", (from, move, to) => {
    expect(moveInGrid(from, move, GRID)).toBe(to);
  });

  it("stays at 0 in an empty grid", () => {
    expect(moveInGrid(0, "down", { columns: 3, rows: 2, total: 0 })).toBe(0);
  });
});

describe("the next open patch", () => {
  it("is the nearest one after, then the first one before, then none", () => {
    const open = new Set([1, 7]);
    expect(nextOpen(3, 10, (index) => open.has(index))).toBe(7);
    expect(nextOpen(7, 10, (index) => open.has(index))).toBe(1);
    open.clear();
    expect(nextOpen(7, 10, (index) => open.has(index))).toBeNull();
  });
});
