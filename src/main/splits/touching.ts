import type { PlacedPatch, Point } from "./placed-patch.ts";

interface Box {
  readonly patch: PlacedPatch;
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

function boxOf(patch: PlacedPatch): Box {
  const xs = patch.corners.map(([x]) => x);
  const ys = patch.corners.map(([, y]) => y);
  return {
    patch,
    left: Math.min(...xs),
    right: Math.max(...xs),
    bottom: Math.min(...ys),
    top: Math.max(...ys),
  };
}

/** Whether some edge of `a` has all of `b` farther than `gap` beyond it. */
function isBeyondAnEdge(a: readonly Point[], b: readonly Point[], gap: number): boolean {
  return a.some(([x, y], index) => {
    const [nextX, nextY] = a[(index + 1) % a.length]!;
    const length = Math.hypot(nextX - x, nextY - y);
    if (length === 0) return false;
    const [normalX, normalY] = [(nextY - y) / length, (x - nextX) / length];
    const along = (points: readonly Point[]) => points.map(([px, py]) => px * normalX + py * normalY);
    const [ofA, ofB] = [along(a), along(b)];
    return Math.min(...ofB) - Math.max(...ofA) > gap || Math.min(...ofA) - Math.max(...ofB) > gap;
  });
}

/** Whether two patches overlap, share an edge or a corner, to within half a pixel (separating axes of convex outlines). */
export function touch(a: PlacedPatch, b: PlacedPatch): boolean {
  if (a.plane !== b.plane) return false;
  const gap = Math.min(a.pixel, b.pixel) / 2;
  return !isBeyondAnEdge(a.corners, b.corners, gap) && !isBeyondAnEdge(b.corners, a.corners, gap);
}

/** Side of the cells that patches are sorted into: not much larger than most patches, so that few share a cell. */
function cellSide(boxes: readonly Box[]): number {
  const sides = Float64Array.from(boxes, ({ left, right, bottom, top }) =>
    Math.max(right - left, top - bottom),
  ).sort();
  const median = sides[Math.floor(sides.length / 2)] ?? 1;
  return Math.max(median, (sides.at(-1) ?? 1) / 64) || 1;
}

/**
 * All pairs of patches that overlap or touch and of which `wanted` says so first (asked often; cheap).
 * Time grows with the number of patches and of neighbours, not with the number of pairs there could be.
 */
export function* touchingPairs(
  patches: readonly PlacedPatch[],
  wanted: (a: number, b: number) => boolean,
): Generator<readonly [number, number]> {
  for (const group of Map.groupBy(patches, ({ plane }) => plane).values()) {
    const boxes = group.map(boxOf);
    const side = cellSide(boxes);
    const cells = new Map<string, Box[]>();
    for (const box of boxes) {
      const reach = box.patch.pixel / 2;
      const columns = [
        Math.floor((box.left - reach) / side),
        Math.floor((box.right + reach) / side),
      ] as const;
      const rows = [Math.floor((box.bottom - reach) / side), Math.floor((box.top + reach) / side)] as const;
      const met = new Set<number>();
      for (let column = columns[0]; column <= columns[1]; column++) {
        for (let row = rows[0]; row <= rows[1]; row++) {
          const key = `${column} ${row}`;
          const cell = cells.get(key) ?? [];
          for (const other of cell) {
            if (!wanted(other.patch.id, box.patch.id) || met.has(other.patch.id)) continue;
            met.add(other.patch.id);
            if (touch(other.patch, box.patch)) yield [other.patch.id, box.patch.id];
          }
          cell.push(box);
          cells.set(key, cell);
        }
      }
    }
  }
}
