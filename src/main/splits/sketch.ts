import type { Split } from "../../shared/domain/imagery.ts";
import type { SplitSketch } from "../../shared/domain/splits.ts";
import { CORNER_VALUES, GROUND } from "./placed-patches.ts";
import type { Places } from "./places.ts";
import { roomsOf } from "./rooms.ts";
import { SPLIT_CODES, type SplitColumn, splitOf } from "./split-column.ts";

/** Longer edge of the drawing. */
const SIZE = 1000;
/** More boxes than this take long to send and show no more. */
const MOST_BOXES = 4000;
/** Share of a plane's room that stays free around it, where there are several. */
const MARGIN = 0.06;

interface Extent {
  left: number;
  bottom: number;
  right: number;
  top: number;
}

/** A drawn thing in the plane's unit, y down, with how many patches of each split it stands for. */
interface Box extends Extent {
  readonly counts: Int32Array;
}

function grow(extent: Extent, box: Extent): void {
  extent.left = Math.min(extent.left, box.left);
  extent.bottom = Math.min(extent.bottom, box.bottom);
  extent.right = Math.max(extent.right, box.right);
  extent.top = Math.max(extent.top, box.top);
}

function nothing(): Extent {
  const { POSITIVE_INFINITY: high, NEGATIVE_INFINITY: low } = Number;
  return { left: high, bottom: high, right: low, top: low };
}

/** The box around a place, y down also on the ground. */
function boxOf({ patches, first }: Places, place: number): Box {
  const box = { ...nothing(), counts: new Int32Array(SPLIT_CODES.length) };
  const flip = patches.plane[first[place]!] === GROUND ? -1 : 1;
  const from = CORNER_VALUES * first[place]!;
  for (let at = 0; at < CORNER_VALUES; at += 2) {
    const [x, y] = [patches.corners[from + at]!, flip * patches.corners[from + at + 1]!];
    grow(box, { left: x, right: x, bottom: y, top: y });
  }
  return box;
}

/** Cells in the place of boxes, as many as there is room for; each takes the patches whose middle it holds. */
function simplify(boxes: readonly Box[], extent: Extent, mostCells: number): Box[] {
  const [width, height] = [extent.right - extent.left, extent.top - extent.bottom];
  const side = Math.max(
    Math.sqrt((width * height) / mostCells),
    Math.max(width, height) / mostCells,
    Number.MIN_VALUE,
  );
  const cells = new Map<string, Box>();
  for (const box of boxes) {
    const column = Math.floor(((box.left + box.right) / 2 - extent.left) / side);
    const row = Math.floor(((box.bottom + box.top) / 2 - extent.bottom) / side);
    const key = `${column} ${row}`;
    const left = extent.left + column * side;
    const bottom = extent.bottom + row * side;
    const cell = cells.get(key) ?? {
      left,
      bottom,
      right: left + side,
      top: bottom + side,
      counts: new Int32Array(SPLIT_CODES.length),
    };
    for (const [code, count] of box.counts.entries()) cell.counts[code]! += count;
    cells.set(key, cell);
  }
  return [...cells.values()];
}

function mostFrequent(counts: Int32Array): Split | null {
  return splitOf(counts.indexOf(Math.max(...counts)));
}

/** Every `step`-th, so that at most `most` are left, spread over all. */
function thin<Item>(items: readonly Item[], most: number): readonly Item[] {
  const step = Math.ceil(items.length / most);
  return step <= 1 ? items : items.filter((_, at) => at % step === 0);
}

/**
 * A small map of the patches: those on the ground to scale, north up, in one map or one for each of a few regions;
 * each scene without georeferencing by itself. Large archives are drawn in cells, and of very many scenes some are
 * left out.
 */
export function sketchSplits(places: Places, splits: SplitColumn): SplitSketch {
  const all = roomsOf(places);
  const rooms = thin(all, MOST_BOXES);
  const columns = Math.max(1, Math.ceil(Math.sqrt(rooms.length)));
  const rows = Math.max(1, Math.ceil(rooms.length / columns));
  const counts = new Map<number, Int32Array>();
  const drawn = rooms.map((room) =>
    room.map((place) => {
      const box = boxOf(places, place);
      counts.set(place, box.counts);
      return box;
    }),
  );
  for (const [patch, place] of places.placeOf.entries()) {
    const ofPlace = counts.get(place);
    if (ofPlace) ofPlace[splits[patch]!]!++;
  }

  const simplified =
    rooms.length < all.length || drawn.reduce((sum, boxes) => sum + boxes.length, 0) > MOST_BOXES;
  const extents = drawn.map((boxes) => {
    const extent = nothing();
    for (const box of boxes) grow(extent, box);
    return extent;
  });
  const [single] = extents;
  const aspect =
    rooms.length === 1 && single
      ? (single.right - single.left) / Math.max(single.top - single.bottom, Number.MIN_VALUE)
      : columns / rows;
  const width = Math.max(1, Math.round(aspect >= 1 ? SIZE : SIZE * aspect));
  const height = Math.max(1, Math.round(aspect >= 1 ? SIZE / aspect : SIZE));
  const space = { width: width / columns, height: height / rows };
  const free = rooms.length === 1 ? 0 : MARGIN;
  const mostCells = Math.max(1, Math.floor(MOST_BOXES / Math.max(1, rooms.length)));

  const boxes = drawn.flatMap((ofRoom, at): SplitSketch["boxes"] => {
    const extent = extents[at]!;
    const [wide, high] = [extent.right - extent.left, extent.top - extent.bottom];
    const scale = (1 - 2 * free) * Math.min(space.width / wide, space.height / high);
    const originX = space.width * (at % columns) + (space.width - scale * wide) / 2;
    const originY = space.height * Math.floor(at / columns) + (space.height - scale * high) / 2;
    const shown = simplified ? simplify(ofRoom, extent, mostCells) : ofRoom;
    return shown.map((box) => {
      const [x, y] = [
        originX + scale * (box.left - extent.left),
        originY + scale * (box.bottom - extent.bottom),
      ];
      return [
        Math.round(x),
        Math.round(y),
        Math.max(1, Math.round(x + scale * (box.right - box.left)) - Math.round(x)),
        Math.max(1, Math.round(y + scale * (box.top - box.bottom)) - Math.round(y)),
        mostFrequent(box.counts),
      ];
    });
  });
  return { width, height, boxes, simplified };
}
