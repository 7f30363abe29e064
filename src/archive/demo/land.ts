/** What covers the ground, before any light or sensor; all fields are row-major, one value a pixel. */
export interface Land {
  readonly width: number;
  readonly height: number;
  /** Codes of `COVER`. */
  readonly cover: Uint8Array;
  /** A key shared by the pixels of one field, stand or building block: what belongs together looks alike. */
  readonly segment: Uint32Array;
  /** Pixels to the segment's boundary, or to the shore for water and beaches. */
  readonly edge: Float32Array;
  /** Position across a field in pixels; rows of plants run along lines where it is constant. */
  readonly across: Float32Array;
}

export function createLand(width: number, height: number): Land {
  const size = width * height;
  return {
    width,
    height,
    cover: new Uint8Array(size),
    segment: new Uint32Array(size),
    edge: new Float32Array(size),
    across: new Float32Array(size),
  };
}

/** Keys of what is one piece throughout a scene; the keys of parcels and stands are hashes. */
export const SEGMENT = {
  rock: 1,
  marsh: 2,
  road: 3,
  sea: 4,
  lake: 5,
  stream: 6,
  sand: 7,
} as const;
