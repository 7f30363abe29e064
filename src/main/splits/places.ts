import { createCellIndex } from "./cell-index.ts";
import { CORNER_VALUES, centerOf, type PlacedPatches, sideOf } from "./placed-patches.ts";

/**
 * The different places that patches show: patches whose corners are the same to within half a pixel, such as
 * one window of scenes of several dates, are one place.
 */
export interface Places {
  readonly patches: PlacedPatches;
  /** Place of each patch, in the order of the patches; places are numbered in the order of their first patch. */
  readonly placeOf: Int32Array;
  /** The first patch of each place, which stands for its outline. */
  readonly first: Int32Array;
}

function isSameOutline({ plane, corners, pixel }: PlacedPatches, a: number, b: number): boolean {
  if (plane[a] !== plane[b]) return false;
  const tolerance = Math.min(pixel[a]!, pixel[b]!) / 2;
  for (let at = 0; at < CORNER_VALUES; at++) {
    if (Math.abs(corners[CORNER_VALUES * a + at]! - corners[CORNER_VALUES * b + at]!) > tolerance)
      return false;
  }
  return true;
}

/** The median side of the patches that `which` picks; 1 where there are none. */
export function medianSide(patches: PlacedPatches, which: (patch: number) => boolean = () => true): number {
  const sides: number[] = [];
  for (let patch = 0; patch < patches.ids.length; patch++)
    if (which(patch)) sides.push(sideOf(patches, patch));
  return Float64Array.from(sides).sort()[Math.floor(sides.length / 2)] ?? 1;
}

/** Time grows with the number of patches, however many of them show the same place. */
export function findPlaces(patches: PlacedPatches): Places {
  const count = patches.ids.length;
  const placeOf = new Int32Array(count);
  const first: number[] = [];
  const index = createCellIndex(count, medianSide(patches) / 2 || 1);
  for (let patch = 0; patch < count; patch++) {
    const reach = patches.pixel[patch]! / 2;
    const [x, y] = [centerOf(patches, patch, 0), centerOf(patches, patch, 1)];
    const plane = patches.plane[patch]!;
    let found = -1;
    index.near(plane, x - reach, y - reach, x + reach, y + reach, (place) => {
      // The lowest number, so that the order of the cells doesn't matter.
      if ((found < 0 || place < found) && isSameOutline(patches, patch, first[place]!)) found = place;
    });
    if (found < 0) {
      found = first.length;
      first.push(patch);
      index.add(found, plane, x, y, x, y);
    }
    placeOf[patch] = found;
  }
  return { patches, placeOf, first: Int32Array.from(first) };
}
