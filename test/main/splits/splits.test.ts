import { describe, expect, it } from "vitest";
import { drawSplits } from "../../../src/main/splits/draw-splits.ts";
import {
  groupByBlock,
  groupByPlace,
  groupByScene,
  suggestBlockSides,
} from "../../../src/main/splits/groups.ts";
import { findLeakage, leaveGap } from "../../../src/main/splits/leakage.ts";
import { CODE_OF, countSplits, type SplitColumn } from "../../../src/main/splits/split-column.ts";
import { forEachTouchingPair, touch } from "../../../src/main/splits/touching.ts";
import type { Split } from "../../../src/shared/domain/imagery.ts";
import { createRandom } from "../../../src/shared/random.ts";
import { board, placed, placesOf, type Rectangle } from "./squares.ts";

const always = () => true;

/** Pairs of places as "a b" with a < b. */
function pairsOf(rectangles: readonly Rectangle[]): string[] {
  const pairs: string[] = [];
  forEachTouchingPair(placesOf(rectangles), always, (a, b) =>
    pairs.push(`${Math.min(a, b)} ${Math.max(a, b)}`),
  );
  return pairs;
}

function column(splits: readonly (Split | "none")[]): SplitColumn {
  return Uint8Array.from(splits, (split) => CODE_OF[split]);
}

describe("touching", () => {
  it("counts an overlap, an edge and a corner, but no gap of a pixel", () => {
    const meets = (other: Rectangle) => touch(placed([{ at: [0, 0] }, other]), 0, 1);
    expect(meets({ at: [0.9, 0.9] })).toBe(true);
    expect(meets({ at: [1, 0.3] })).toBe(true);
    expect(meets({ at: [1, 1] })).toBe(true);
    expect(meets({ at: [0.4, 0.4], size: [0.1, 0.1] })).toBe(true);
    expect(meets({ at: [1.004, 0] })).toBe(true);
    expect(meets({ at: [1.01, 0] })).toBe(false);
    expect(meets({ at: [0, 0], plane: 1 })).toBe(false);
  });

  it("looks at the outlines, not at the boxes around them", () => {
    const meets = (at: readonly [number, number]) => {
      const patches = placed([{ at: [0, 0] }, { at }]);
      patches.corners.set([0, -1, 1, 0, 0, 1, -1, 0]);
      return touch(patches, 0, 1);
    };
    // The line x + y = 1 bounds the diamond: (0.6, 0.6) is beyond it, (0.4, 0.4) is not.
    expect(meets([0.6, 0.6])).toBe(false);
    expect(meets([0.4, 0.4])).toBe(true);
  });

  it("finds the pairs that comparing every two boxes finds", () => {
    const random = createRandom("boxes");
    const unique = new Map(
      Array.from({ length: 300 }, (_, index) => {
        const [x, y] = [random.integer(60), random.integer(60)];
        const [width, height] = [1 + random.integer(index % 50 === 0 ? 40 : 4), 1 + random.integer(4)];
        return [`${x} ${y} ${width} ${height}`, { x, y, width, height }] as const;
      }),
    );
    const boxes = [...unique.values()];
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
    const found = pairsOf(boxes.map(({ x, y, width, height }) => ({ at: [x, y], size: [width, height] })));
    expect(found).toHaveLength(expected.size);
    expect(new Set(found)).toEqual(expected);
  });

  it("finds the neighbours of a board", () => {
    // 12 × 11 pairs along rows, as many along columns, 2 × 11 × 11 diagonal ones.
    expect(pairsOf(board(12, 12))).toHaveLength(2 * 12 * 11 + 2 * 11 * 11);
  });
});

describe("places", () => {
  it("are one for patches whose corners are the same to within half a pixel", () => {
    const { placeOf, first } = placesOf([
      { at: [0, 0], scene: 0 },
      { at: [1, 0], scene: 0 },
      { at: [0.004, 0], scene: 1 },
      { at: [0.02, 0], scene: 2 },
      { at: [0, 0], size: [1, 1.5], scene: 3 },
      { at: [0, 0], plane: 1 },
    ]);
    expect([...placeOf]).toEqual([0, 1, 0, 2, 3, 4]);
    expect([...first]).toEqual([0, 1, 3, 4, 5]);
  });
});

describe("groups", () => {
  it("are square blocks of patches by their middles", () => {
    const groups = groupByBlock(placesOf(board(6, 4)), { ground: 2, pixels: 1 });
    expect(groups).toHaveLength(6);
    expect(groups.every((group) => group.length === 4)).toBe(true);
    expect(groups.map((group) => group.toSorted((a, b) => a - b))).toContainEqual([0, 1, 6, 7]);
  });

  it("never divide a place, wherever the border of a block lies", () => {
    // The middles are 0.002 before and behind the border at 2.
    const places = placesOf([{ at: [1.498, 0] }, { at: [1.502, 0] }, { at: [1.502, 1.2] }]);
    expect(groupByBlock(places, { ground: 2, pixels: 1 })).toEqual([[0, 1], [2]]);
    expect(groupByPlace(places)).toEqual([[0, 1], [2]]);
  });

  it("are a file each without georeferencing", () => {
    const files = Array.from({ length: 5 }, (_, plane) => ({
      at: [0, 0] as const,
      size: [256, 256] as const,
      plane: plane + 1,
    }));
    const places = placesOf(files);
    expect(groupByBlock(places, suggestBlockSides(places))).toHaveLength(5);
  });

  it("are whole scenes, with the scenes of the same place", () => {
    const places = placesOf([
      { at: [0, 0], scene: 0 },
      { at: [1, 0], scene: 0 },
      { at: [9, 0], scene: 1 },
      { at: [1, 0], scene: 2 },
      { at: [5, 0], scene: 2 },
      { at: [5, 0], scene: 3 },
    ]);
    expect(groupByScene(places)).toEqual([[0, 1, 3, 4, 5], [2]]);
  });

  it("have blocks as large as 20 of them allow, at most 64 patches", () => {
    // 40 × 40 squares: 5 × 5 blocks of 8, 3 × 3 of 16.
    expect(suggestBlockSides(placesOf(board(40, 40))).ground).toBeCloseTo(8, 9);
    // 12 × 12 squares: 9 blocks of 4 would be too few.
    expect(suggestBlockSides(placesOf(board(12, 12))).ground).toBeCloseTo(2, 9);
    const scattered = board(40, 1).map(({ at: [x] }) => ({ at: [100_000 * x, 0] as const }));
    expect(suggestBlockSides(placesOf(scattered)).ground).toBeCloseTo(64, 9);
  });

  it("have blocks on the ground that scenes without georeferencing don't change", () => {
    const files = Array.from({ length: 100 }, (_, plane) => ({ at: [0, 0] as const, plane: plane + 1 }));
    expect(suggestBlockSides(placesOf([...board(12, 12), ...files])).ground).toBeCloseTo(2, 9);
  });
});

describe("drawing", () => {
  const singles = Array.from({ length: 100 }, (_, index) => [index]);

  it("gives the shares, the same for the same seed", () => {
    const shares = { val: 0.2, test: 0.3 };
    const splits = drawSplits(singles, shares, 1);
    expect(countSplits(splits)).toEqual({ pool: 50, val: 20, test: 30, none: 0 });
    expect(drawSplits(singles, shares, 1)).toEqual(splits);
    expect(drawSplits(singles, shares, 2)).not.toEqual(splits);
  });

  it("keeps groups together and comes near the shares with uneven ones", () => {
    let next = 0;
    const uneven = Array.from({ length: 40 }, (_, group) =>
      Array.from({ length: 1 + (group % 7) }, () => next++),
    );
    const splits = drawSplits(uneven, { val: 0.2, test: 0.2 }, 5);
    for (const group of uneven) expect(new Set(group.map((patch) => splits[patch])).size).toBe(1);
    expect(Math.abs(countSplits(splits).val - 0.2 * next)).toBeLessThanOrEqual(3.5);
    expect(Math.abs(countSplits(splits).test - 0.2 * next)).toBeLessThanOrEqual(3.5);
  });

  it("gives each split a group, however large, and leaves one to the pool", () => {
    const large = [
      [0, 1, 2],
      [3, 4, 5, 6],
      [7, 8],
    ];
    expect(new Set(drawSplits(large, { val: 0.05, test: 0.05 }, 1)).size).toBe(3);
    expect(countSplits(drawSplits([[0], [1]], { val: 0.45, test: 0.45 }, 1)).pool).toBe(1);
    expect([...drawSplits([[0]], { val: 0.45, test: 0.45 }, 1)]).toEqual([CODE_OF.pool]);
  });
});

describe("leakage", () => {
  const squares = placesOf(board(12, 12));
  const halves = column(Array.from({ length: 144 }, (_, at) => (at % 12 < 6 ? "pool" : "val")));

  it("counts the pairs and the patches along the border of two halves", () => {
    const leakage = findLeakage(squares, halves);
    // 12 neighbours across the border and 2 × 11 diagonal ones.
    expect(leakage).toMatchObject({ pairs: 34, patches: { pool: 12, val: 12, test: 0 } });
    expect(leakage.examples).toHaveLength(5);
    for (const [a, b] of leakage.examples) {
      expect(halves[a - 1]).not.toBe(halves[b - 1]);
      expect(touch(squares.patches, a - 1, b - 1)).toBe(true);
    }
  });

  it("counts every pair of the dates of two places, and those of one place", () => {
    // Two places side by side with three dates each.
    const dates = placesOf([0, 0, 0, 1, 1, 1].map((x, scene) => ({ at: [x, 0], scene })));
    expect(findLeakage(dates, column(["pool", "pool", "pool", "val", "val", "none"]))).toMatchObject({
      pairs: 6,
      patches: { pool: 3, val: 2, test: 0 },
    });
    // Within the first place 1 × 2 pairs; pool and val against the test patch beside them.
    expect(findLeakage(dates, column(["pool", "val", "val", "test", "none", "none"]))).toMatchObject({
      pairs: 2 + 3,
      patches: { pool: 1, val: 2, test: 1 },
    });
  });

  it("does not count patches without a split", () => {
    const withoutColumn = halves.map((code, at) => (at % 12 === 6 ? CODE_OF.none : code));
    expect(findLeakage(squares, withoutColumn).pairs).toBe(0);
  });

  it("is gone with a gap, for which the pool gives way first", () => {
    const kept = leaveGap(squares, halves);
    expect(findLeakage(squares, kept).pairs).toBe(0);
    expect(countSplits(kept)).toEqual({ pool: 60, val: 72, test: 0, none: 12 });
    // The val patch goes for the test patch; the pool patch beside it may then stay.
    expect(leaveGap(placesOf(board(4, 1)), column(["test", "val", "pool", "pool"]))).toEqual(
      column(["test", "none", "pool", "pool"]),
    );
  });
});
