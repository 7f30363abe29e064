import { createCellIndex } from "./cell-index.ts";
import { CORNER_VALUES, type PlacedPatches } from "./placed-patches.ts";
import type { Places } from "./places.ts";

/** Whether some edge of `a` has all of `b` farther than `gap` beyond it, or before the edge opposite to it. */
function isBeyondAnEdge(corners: Float64Array, a: number, b: number, gap: number): boolean {
  for (let edge = 0; edge < CORNER_VALUES; edge += 2) {
    const next = (edge + 2) % CORNER_VALUES;
    const deltaX = corners[a + next]! - corners[a + edge]!;
    const deltaY = corners[a + next + 1]! - corners[a + edge + 1]!;
    const length = Math.hypot(deltaX, deltaY);
    if (length === 0) continue;
    const [normalX, normalY] = [deltaY / length, -deltaX / length];
    let [lowA, highA, lowB, highB] = [
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ];
    for (let at = 0; at < CORNER_VALUES; at += 2) {
      const ofA = corners[a + at]! * normalX + corners[a + at + 1]! * normalY;
      const ofB = corners[b + at]! * normalX + corners[b + at + 1]! * normalY;
      lowA = Math.min(lowA, ofA);
      highA = Math.max(highA, ofA);
      lowB = Math.min(lowB, ofB);
      highB = Math.max(highB, ofB);
    }
    if (lowB - highA > gap || lowA - highB > gap) return true;
  }
  return false;
}

/** Whether two patches overlap, share an edge or a corner, to within half a pixel (separating axes of convex outlines). */
export function touch({ plane, corners, pixel }: PlacedPatches, a: number, b: number): boolean {
  if (plane[a] !== plane[b]) return false;
  const gap = Math.min(pixel[a]!, pixel[b]!) / 2;
  const [fromA, fromB] = [CORNER_VALUES * a, CORNER_VALUES * b];
  return !isBeyondAnEdge(corners, fromA, fromB, gap) && !isBeyondAnEdge(corners, fromB, fromA, gap);
}

/** Four numbers a place: left, bottom, right, top, with half a pixel around. */
function boxesOf({ patches: { corners, pixel }, first }: Places): Float64Array {
  const boxes = new Float64Array(4 * first.length);
  for (const [place, patch] of first.entries()) {
    const reach = pixel[patch]! / 2;
    for (const axis of [0, 1] as const) {
      const values = [0, 2, 4, 6].map((at) => corners[CORNER_VALUES * patch + at + axis]!);
      boxes[4 * place + axis] = Math.min(...values) - reach;
      boxes[4 * place + 2 + axis] = Math.max(...values) + reach;
    }
  }
  return boxes;
}

/** Not much larger than most places; where a few are huge, they fill at most some 64 × 64 cells each. */
function cellSide(boxes: Float64Array): number {
  const sides = new Float64Array(boxes.length / 4);
  for (let place = 0; place < sides.length; place++) {
    const at = 4 * place;
    sides[place] = Math.max(boxes[at + 2]! - boxes[at]!, boxes[at + 3]! - boxes[at + 1]!);
  }
  sides.sort();
  const median = sides[Math.floor(sides.length / 2)] ?? 1;
  return Math.max(median, (sides.at(-1) ?? 1) / 64) || 1;
}

/**
 * Calls `visit` for all pairs of places that overlap or touch and of which `wanted` says so first (asked often;
 * cheap). Time grows with the number of places and of neighbours, not with the number of pairs there could be.
 */
export function forEachTouchingPair(
  places: Places,
  wanted: (a: number, b: number) => boolean,
  visit: (a: number, b: number) => void,
): void {
  const { patches, first } = places;
  const boxes = boxesOf(places);
  const index = createCellIndex(first.length, cellSide(boxes));
  for (const [place, patch] of first.entries()) {
    const [left, bottom, right, top] = [
      boxes[4 * place]!,
      boxes[4 * place + 1]!,
      boxes[4 * place + 2]!,
      boxes[4 * place + 3]!,
    ];
    const plane = patches.plane[patch]!;
    index.near(plane, left, bottom, right, top, (other) => {
      const at = 4 * other;
      if (boxes[at]! > right || boxes[at + 2]! < left || boxes[at + 1]! > top || boxes[at + 3]! < bottom)
        return;
      if (wanted(other, place) && touch(patches, first[other]!, patch)) visit(other, place);
    });
    index.add(place, plane, left, bottom, right, top);
  }
}
