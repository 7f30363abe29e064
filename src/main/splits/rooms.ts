import { centerOf, GROUND } from "./placed-patches.ts";
import { medianSide, type Places } from "./places.ts";

/** Places nearer to each other than this many patches are drawn on one map. */
const NEAR = 4;
/** More maps than this side by side say less than one on which every patch is a dot. */
const MOST_ISLANDS = 36;
/** Where the islands fill more than this share of the map, it is drawn as it is. */
const SPARSE = 0.1;

/** Places that are drawn together, to one scale. */
export type Room = readonly number[];

function placesByPlane({ patches, first }: Places): Map<number, number[]> {
  const planes = new Map<number, number[]>();
  for (const [place, patch] of first.entries()) {
    const plane = patches.plane[patch]!;
    const members = planes.get(plane);
    if (members) members.push(place);
    else planes.set(plane, [place]);
  }
  return planes;
}

/** Groups of places with wide empty ground between them, found by flooding coarse cells. */
function islandsOf(places: Places, ground: Room, side: number): { islands: Room[]; filled: number } {
  const cells = new Map<string, { column: number; row: number; members: number[] }>();
  for (const place of ground) {
    const patch = places.first[place]!;
    const column = Math.floor(centerOf(places.patches, patch, 0) / side);
    const row = Math.floor(centerOf(places.patches, patch, 1) / side);
    const cell = cells.get(`${column} ${row}`) ?? { column, row, members: [] };
    cell.members.push(place);
    cells.set(`${column} ${row}`, cell);
  }
  const columns = Array.from(cells.values(), ({ column }) => column).sort((a, b) => a - b);
  const rows = Array.from(cells.values(), ({ row }) => row).sort((a, b) => a - b);
  const area = ((columns.at(-1) ?? 0) - (columns[0] ?? 0) + 1) * ((rows.at(-1) ?? 0) - (rows[0] ?? 0) + 1);
  const filled = cells.size / area;

  const islands: Room[] = [];
  for (const start of [...cells.values()]) {
    if (!cells.delete(`${start.column} ${start.row}`)) continue;
    const island: number[] = [];
    const open = [start];
    for (let cell = open.pop(); cell; cell = open.pop()) {
      for (const member of cell.members) island.push(member);
      for (let column = cell.column - 1; column <= cell.column + 1; column++) {
        for (let row = cell.row - 1; row <= cell.row + 1; row++) {
          const next = cells.get(`${column} ${row}`);
          if (next && cells.delete(`${column} ${row}`)) open.push(next);
        }
      }
    }
    islands.push(island);
  }
  return { islands, filled };
}

/**
 * What is drawn together: the ground as one map, or, where a few scenes lie far apart, one map for each; and
 * each scene without georeferencing by itself.
 */
export function roomsOf(places: Places): Room[] {
  const byPlane = placesByPlane(places);
  const ground = byPlane.get(GROUND) ?? [];
  byPlane.delete(GROUND);
  const scenes = [...byPlane].sort(([a], [b]) => a - b).map(([, members]) => members);
  if (ground.length === 0) return scenes;
  const side = NEAR * medianSide(places.patches, (patch) => places.patches.plane[patch] === GROUND);
  const { islands, filled } = islandsOf(places, ground, side || 1);
  const apart = islands.length <= MOST_ISLANDS && filled < SPARSE;
  return [...(apart ? islands : [ground]), ...scenes];
}
