import { GROUND, type PlacedPatches } from "../../../src/main/splits/placed-patches.ts";
import { findPlaces, type Places } from "../../../src/main/splits/places.ts";

/** An axis-parallel rectangle of a scene. */
export interface Rectangle {
  readonly at: readonly [left: number, bottom: number];
  readonly size?: readonly [width: number, height: number];
  /** 0 = on the ground. */
  readonly plane?: number;
  readonly scene?: number;
}

/** Patches with pixels of one hundredth; ids from 1. */
export function placed(rectangles: readonly Rectangle[]): PlacedPatches {
  return {
    ids: Int32Array.from(rectangles.keys(), (at) => at + 1),
    scene: Int32Array.from(rectangles, ({ scene, plane }) => scene ?? plane ?? 0),
    plane: Int32Array.from(rectangles, ({ plane = GROUND }) => plane),
    corners: Float64Array.from(
      rectangles.flatMap(({ at: [left, bottom], size: [width, height] = [1, 1] }) => {
        const [right, top] = [left + width, bottom + height];
        return [left, bottom, right, bottom, right, top, left, top];
      }),
    ),
    pixel: new Float64Array(rectangles.length).fill(0.01),
  };
}

export function placesOf(rectangles: readonly Rectangle[]): Places {
  return findPlaces(placed(rectangles));
}

/** `columns` × `rows` unit squares side by side, row by row. */
export function board(columns: number, rows: number): Rectangle[] {
  return Array.from({ length: columns * rows }, (_, index) => ({
    at: [index % columns, Math.floor(index / columns)],
  }));
}
