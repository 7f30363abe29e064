import { hash, hashUnit } from "./noise.ts";

/** How land is divided: districts of one orientation, in them strips cut across into parcels. Lengths in pixels. */
export interface ParcelGrid {
  readonly seed: number;
  /** Distance between district centres; within a district all parcels are parallel. */
  readonly district: number;
  /** Mean width of a strip. */
  readonly strip: number;
  /** Mean length of a parcel along its strip. */
  readonly length: number;
}

/** Where a pixel lies in a parcel grid; reused between calls, since it is asked for every pixel. */
export interface ParcelPlace {
  /** A 32-bit key that the parcel's pixels share. */
  key: number;
  /** Pixels to the nearest boundary of the parcel. */
  edge: number;
  /** Position across the parcel in pixels: rows of plants run along lines where it is constant. */
  across: number;
}

export function createParcelPlace(): ParcelPlace {
  return { key: 0, edge: 0, across: 0 };
}

/** Position of a strip boundary, shifted by up to 18 % of the width so that strips differ. */
function stripEdge(key: number, index: number, width: number): number {
  return (index + 0.36 * (hashUnit(key, index) - 0.5)) * width;
}

/** Finds the parcel at (x, y) and writes it into `place`. */
export function locateParcel(grid: ParcelGrid, x: number, y: number, place: ParcelPlace): void {
  const { seed, district } = grid;
  const column = Math.floor(x / district);
  const row = Math.floor(y / district);
  let nearest = Number.POSITIVE_INFINITY;
  let second = Number.POSITIVE_INFINITY;
  let key = 0;
  for (let r = row - 1; r <= row + 1; r++) {
    for (let c = column - 1; c <= column + 1; c++) {
      const candidate = hash(hash(seed, c + 4096), r + 4096);
      const dx = (c + 0.15 + 0.7 * hashUnit(candidate, 1)) * district - x;
      const dy = (r + 0.15 + 0.7 * hashUnit(candidate, 2)) * district - y;
      const distance = dx * dx + dy * dy;
      if (distance < nearest) {
        second = nearest;
        nearest = distance;
        key = candidate;
      } else if (distance < second) second = distance;
    }
  }
  const angle = hashUnit(key, 3) * Math.PI;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const u = x * cos + y * sin;
  const v = y * cos - x * sin;

  const width = grid.strip * (0.7 + 0.7 * hashUnit(key, 4));
  let strip = Math.round(u / width);
  if (u < stripEdge(key, strip, width)) strip--;
  const fromLeft = u - stripEdge(key, strip, width);
  const fromRight = stripEdge(key, strip + 1, width) - u;

  const stripKey = hash(key, strip + 8192);
  const length = grid.length * (0.6 + 0.9 * hashUnit(stripKey, 5));
  const along = v + hashUnit(stripKey, 6) * length;
  const part = Math.floor(along / length);
  const fromEnd = along - part * length;

  const border = (Math.sqrt(second) - Math.sqrt(nearest)) / 2;
  place.key = hash(stripKey, part + 16384);
  place.edge = Math.min(fromLeft, fromRight, fromEnd, length - fromEnd, border);
  place.across = u;
}
