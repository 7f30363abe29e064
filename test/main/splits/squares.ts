import type { PlacedPatch, Point } from "../../../src/main/splits/placed-patch.ts";

/** An axis-parallel rectangle; pixels of one hundredth. */
export function rectangle(
  id: number,
  [left, bottom]: Point,
  [width, height]: Point = [1, 1],
  plane = "ground",
): PlacedPatch {
  const corners: Point[] = [
    [left, bottom],
    [left + width, bottom],
    [left + width, bottom + height],
    [left, bottom + height],
  ];
  return { id, plane, corners, pixel: 0.01 };
}

/** `columns` × `rows` unit squares side by side; ids from 1, row by row. */
export function board(columns: number, rows: number): PlacedPatch[] {
  return Array.from({ length: columns * rows }, (_, index) =>
    rectangle(index + 1, [index % columns, Math.floor(index / columns)]),
  );
}
