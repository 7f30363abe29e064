/** The plane of patches with a position on the ground; each scene without georeferencing has one of its own. */
export const GROUND = 0;

/** Patches in columns with the place of each: one entry a patch, in ascending order of id. */
export interface PlacedPatches {
  readonly ids: Int32Array;
  /** Number of the patch's scene within the project, from 0. */
  readonly scene: Int32Array;
  /** `GROUND`, or a number above it. Patches of different planes never touch. */
  readonly plane: Int32Array;
  /**
   * Eight numbers a patch: x and y of the corners of a convex quadrilateral, in the order of its outline, in
   * metres on the ground (x east, y north) or in pixels of the scene (y down).
   */
  readonly corners: Float64Array;
  /** Side of a pixel in the plane's unit, the smaller one where they differ. */
  readonly pixel: Float64Array;
}

export const CORNER_VALUES = 8;

/** The middle of a patch, x or y. */
export function centerOf({ corners }: PlacedPatches, patch: number, axis: 0 | 1): number {
  const from = CORNER_VALUES * patch + axis;
  return (corners[from]! + corners[from + 2]! + corners[from + 4]! + corners[from + 6]!) / 4;
}

/** Side of the square of the same area as the patch (shoelace formula). */
export function sideOf({ corners }: PlacedPatches, patch: number): number {
  const from = CORNER_VALUES * patch;
  let doubled = 0;
  for (let at = 0; at < CORNER_VALUES; at += 2) {
    const next = (at + 2) % CORNER_VALUES;
    doubled +=
      corners[from + at]! * corners[from + next + 1]! - corners[from + next]! * corners[from + at + 1]!;
  }
  return Math.sqrt(Math.abs(doubled) / 2);
}

/** Patches that have no position on the ground. */
export function countUnplaced({ plane }: PlacedPatches): number {
  return plane.reduce((count, each) => count + (each === GROUND ? 0 : 1), 0);
}
