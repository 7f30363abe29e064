import { expect, it } from "vitest";
import { sketchSplits } from "../../../src/main/splits/sketch.ts";
import { CODE_OF } from "../../../src/main/splits/split-column.ts";
import { board, placesOf } from "./squares.ts";

it("draws the ground to scale, north up", () => {
  const splits = Uint8Array.from({ length: 8 }, (_, at) => (at < 4 ? CODE_OF.pool : CODE_OF.val));
  splits[7] = CODE_OF.none;
  const { width, height, boxes, simplified } = sketchSplits(placesOf(board(4, 2)), splits);
  expect([width, height, simplified]).toEqual([1000, 500, false]);
  expect(boxes).toHaveLength(8);
  expect(boxes[0]).toEqual([0, 250, 250, 250, "pool"]);
  expect(boxes[4]).toEqual([0, 0, 250, 250, "val"]);
  expect(boxes[7]).toEqual([750, 0, 250, 250, null]);
});

it("gives each scene without georeferencing a room of its own", () => {
  const scenes = Array.from({ length: 4 }, (_, plane) => ({ at: [0, 0] as const, plane: plane + 1 }));
  const { width, height, boxes } = sketchSplits(placesOf(scenes), new Uint8Array(4).fill(CODE_OF.test));
  expect([width, height]).toEqual([1000, 1000]);
  expect(boxes.map(([x, y]) => [Math.floor(x / 500), Math.floor(y / 500)])).toEqual([
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
  ]);
  expect(new Set(boxes.map(([, , , , split]) => split))).toEqual(new Set(["test"]));
});

it("draws large archives in cells, with the split of most patches in each", () => {
  const splits = Uint8Array.from({ length: 10_000 }, (_, at) => (at % 100 < 50 ? CODE_OF.pool : CODE_OF.val));
  const { boxes, simplified } = sketchSplits(placesOf(board(100, 100)), splits);
  expect(simplified).toBe(true);
  expect(boxes.length).toBeLessThanOrEqual(4200);
  for (const [x, , width, , split] of boxes) {
    if (x + width < 490) expect(split).toBe("pool");
    if (x > 510) expect(split).toBe("val");
  }
});

it("gives regions that lie far apart a map each", () => {
  const far = board(3, 3).map(({ at: [x, y] }) => ({ at: [x + 5000, y - 2000] as const }));
  const { width, height, boxes } = sketchSplits(
    placesOf([...board(3, 3), ...far]),
    new Uint8Array(18).fill(1),
  );
  expect([width, height]).toEqual([1000, 500]);
  for (const [at, [x, , boxWidth]] of boxes.entries()) {
    expect(Math.floor(x / 500)).toBe(at < 9 ? 0 : 1);
    expect(boxWidth).toBeGreaterThan(100);
  }
});
