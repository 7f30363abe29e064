import { expect, test } from "vitest";
import { joinBlocks, RUN_BYTES } from "../../../src/archive/tiff/block-runs.ts";

const blocks = (...extents: [offset: number, length: number][]) =>
  extents.map(([offset, length], column) => ({
    place: { plane: 0, row: 0, column },
    extent: { offset, length },
  }));

const lengths = (extents: [number, number][], decodedBytes = 100) =>
  joinBlocks(blocks(...extents), decodedBytes).map((run) => [run.extent.length, run.blocks.length]);

test("blocks without a gap are read at once, others are not", () => {
  expect(
    lengths([
      [1000, 10],
      [1010, 20],
      [1031, 5],
      [1036, 5],
      [900, 100],
    ]),
  ).toEqual([
    [30, 2],
    [10, 2],
    [100, 1],
  ]);
});

test("runs are bounded in the file and in memory", () => {
  const half = RUN_BYTES / 2;
  const neighbours: [number, number][] = Array.from({ length: 5 }, (_, index) => [8 + index * half, half]);
  expect(lengths(neighbours)).toEqual([
    [RUN_BYTES, 2],
    [RUN_BYTES, 2],
    [half, 1],
  ]);
  const small: [number, number][] = Array.from({ length: 5 }, (_, index) => [8 + index, 1]);
  expect(lengths(small, RUN_BYTES / 3)).toEqual([
    [3, 3],
    [2, 2],
  ]);
  expect(lengths([[8, 3 * RUN_BYTES]], 9 * RUN_BYTES)).toEqual([[3 * RUN_BYTES, 1]]);
});

test("every block is in one run, in its order", () => {
  const runs = joinBlocks(blocks([5, 1], [6, 1], [9, 1], [2, 3], [5, 4]), 1);
  expect(runs.flatMap((run) => run.blocks.map(({ place }) => place.column))).toEqual([0, 1, 2, 3, 4]);
});
