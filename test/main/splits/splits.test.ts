import { describe, expect, it } from "vitest";
import { groupIntoBlocks, suggestBlockSides } from "../../../src/main/splits/blocks.ts";
import { drawSplits } from "../../../src/main/splits/draw-splits.ts";
import { findLeakage, leaveGap } from "../../../src/main/splits/leakage.ts";
import type { PlacedPatch } from "../../../src/main/splits/placed-patch.ts";
import { touch, touchingPairs } from "../../../src/main/splits/touching.ts";
import type { Split } from "../../../src/shared/domain/imagery.ts";
import { createRandom } from "../../../src/shared/random.ts";
import { board, rectangle } from "./squares.ts";

const always = () => true;

describe("touching", () => {
  it("counts an overlap, an edge and a corner, but no gap of a pixel", () => {
    const square = rectangle(1, [0, 0]);
    expect(touch(square, rectangle(2, [0.9, 0.9]))).toBe(true);
    expect(touch(square, rectangle(2, [1, 0.3]))).toBe(true);
    expect(touch(square, rectangle(2, [1, 1]))).toBe(true);
    expect(touch(square, rectangle(2, [0.4, 0.4], [0.1, 0.1]))).toBe(true);
    expect(touch(square, rectangle(2, [1.004, 0]))).toBe(true);
    expect(touch(square, rectangle(2, [1.01, 0]))).toBe(false);
    expect(touch(square, rectangle(2, [0, 0], [1, 1], "scene a"))).toBe(false);
  });

  it("looks at the outlines, not at the boxes around them", () => {
    const diamond: PlacedPatch = {
      ...rectangle(1, [0, 0]),
      corners: [
        [0, -1],
        [1, 0],
        [0, 1],
        [-1, 0],
      ],
    };
    // The line x + y = 1 bounds the diamond: (0.6, 0.6) is beyond it, (0.4, 0.4) is not.
    expect(touch(diamond, rectangle(2, [0.6, 0.6]))).toBe(false);
    expect(touch(diamond, rectangle(2, [0.4, 0.4]))).toBe(true);
  });

  it("finds the pairs that comparing every two boxes finds", () => {
    const random = createRandom("boxes");
    const boxes = Array.from({ length: 300 }, (_, index) => ({
      x: random.integer(60),
      y: random.integer(60),
      width: 1 + random.integer(index % 50 === 0 ? 40 : 4),
      height: 1 + random.integer(4),
    }));
    const expected = new Set<string>();
    for (const [a, first] of boxes.entries()) {
      for (const [b, second] of boxes.entries()) {
        const apart =
          first.x + first.width < second.x ||
          second.x + second.width < first.x ||
          first.y + first.height < second.y ||
          second.y + second.height < first.y;
        if (a < b && !apart) expected.add(`${a} ${b}`);
      }
    }
    const patches = boxes.map(({ x, y, width, height }, id) => rectangle(id, [x, y], [width, height]));
    const found = [...touchingPairs(patches, always)].map(([a, b]) => `${Math.min(a, b)} ${Math.max(a, b)}`);
    expect(found).toHaveLength(expected.size);
    expect(new Set(found)).toEqual(expected);
  });

  it("finds the neighbours of a board", () => {
    // 12 × 11 pairs along rows, as many along columns, 2 × 11 × 11 diagonal ones.
    expect([...touchingPairs(board(12, 12), always)]).toHaveLength(2 * 12 * 11 + 2 * 11 * 11);
  });
});

describe("blocks", () => {
  it("group patches by their middles", () => {
    const groups = groupIntoBlocks(board(6, 4), { ground: 2, pixels: 1 });
    expect(groups).toHaveLength(6);
    expect(groups.every((group) => group.length === 4)).toBe(true);
    expect(groups.map((group) => group.toSorted((a, b) => a - b))).toContainEqual([1, 2, 7, 8]);
  });

  it("are a file each without georeferencing", () => {
    const files = Array.from({ length: 5 }, (_, id) => rectangle(id, [0, 0], [256, 256], `scene ${id}`));
    expect(groupIntoBlocks(files, suggestBlockSides(files))).toHaveLength(5);
  });

  it("are as large as 20 of them allow", () => {
    // 40 × 40 squares: 5 × 5 blocks of 8, 3 × 3 of 16.
    expect(suggestBlockSides(board(40, 40)).ground).toBeCloseTo(8, 9);
    // 12 × 12 squares: 9 blocks of 4 would be too few.
    expect(suggestBlockSides(board(12, 12)).ground).toBeCloseTo(2, 9);
  });
});

describe("drawing", () => {
  const singles = Array.from({ length: 100 }, (_, index) => [index]);
  const sizes = (splits: ReadonlyMap<number, Split>) => {
    const counts = { pool: 0, val: 0, test: 0 };
    for (const split of splits.values()) counts[split]++;
    return counts;
  };

  it("gives the shares, the same for the same seed", () => {
    const shares = { val: 0.2, test: 0.3 };
    const splits = drawSplits(singles, shares, 1);
    expect(sizes(splits)).toEqual({ pool: 50, val: 20, test: 30 });
    expect(drawSplits(singles, shares, 1)).toEqual(splits);
    expect(drawSplits(singles, shares, 2)).not.toEqual(splits);
  });

  it("keeps groups together and comes near the shares with uneven ones", () => {
    const uneven = Array.from({ length: 40 }, (_, group) =>
      Array.from({ length: 1 + (group % 7) }, (_, index) => 10 * group + index),
    );
    const total = uneven.flat().length;
    const splits = drawSplits(uneven, { val: 0.2, test: 0.2 }, 5);
    for (const group of uneven) expect(new Set(group.map((id) => splits.get(id))).size).toBe(1);
    expect(Math.abs(sizes(splits).val - 0.2 * total)).toBeLessThanOrEqual(3.5);
    expect(Math.abs(sizes(splits).test - 0.2 * total)).toBeLessThanOrEqual(3.5);
  });

  it("gives each split a group, however large, and leaves one to the pool", () => {
    const large = [
      [1, 2, 3],
      [4, 5, 6, 7],
      [8, 9],
    ];
    expect(new Set(drawSplits(large, { val: 0.05, test: 0.05 }, 1).values()).size).toBe(3);
    expect(sizes(drawSplits([[1], [2]], { val: 0.45, test: 0.45 }, 1)).pool).toBe(1);
    expect(sizes(drawSplits([[1]], { val: 0.45, test: 0.45 }, 1))).toEqual({ pool: 1, val: 0, test: 0 });
  });
});

describe("leakage", () => {
  const halves = new Map<number, Split>(
    board(12, 12).map(({ id }) => [id, (id - 1) % 12 < 6 ? "pool" : "val"]),
  );

  it("counts the pairs and the patches along the border of two halves", () => {
    const leakage = findLeakage(board(12, 12), halves);
    // 12 neighbours across the border and 2 × 11 diagonal ones.
    expect(leakage).toMatchObject({ pairs: 34, patches: { pool: 12, val: 12, test: 0 } });
    expect(leakage.examples).toHaveLength(5);
  });

  it("does not count patches without a split", () => {
    const withoutColumn = new Map([...halves].filter(([id]) => (id - 1) % 12 !== 6));
    expect(findLeakage(board(12, 12), withoutColumn).pairs).toBe(0);
  });

  it("is gone with a gap, for which the pool gives way first", () => {
    const kept = leaveGap(board(12, 12), halves);
    expect(findLeakage(board(12, 12), kept).pairs).toBe(0);
    expect(halves.size - kept.size).toBe(12);
    expect([...kept.values()].filter((split) => split === "val")).toHaveLength(72);
    const row = new Map<number, Split>([
      [1, "test"],
      [2, "val"],
      [3, "pool"],
      [4, "pool"],
    ]);
    // The val patch goes for the test patch; the pool patch beside it may then stay.
    expect([...leaveGap(board(4, 1), row).keys()]).toEqual([1, 3, 4]);
  });
});
