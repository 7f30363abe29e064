import { centerOf, GROUND } from "./placed-patches.ts";
import { medianSide, type Places } from "./places.ts";

/** Patches that stay together: patches by their position in the columns, every patch in one group. */
export type Groups = readonly (readonly number[])[];

/** Sides of the square blocks. */
export interface BlockSides {
  /** Metres. */
  readonly ground: number;
  /** Pixels, in scenes without georeferencing. */
  readonly pixels: number;
}

/** With fewer blocks the shares come out badly and each split sees too few places. */
const FEWEST_BLOCKS = 20;
/** Blocks of more patches along a side have few of them on their border already. */
const LARGEST_FACTOR = 64;

/** Patches by the key of their place, in the order of the keys; one place is never divided. */
function groupByKey({ placeOf }: Places, keys: readonly string[]): Groups {
  const groups = new Map<string, number[]>();
  for (const [patch, place] of placeOf.entries()) {
    const key = keys[place]!;
    const group = groups.get(key);
    if (group) group.push(patch);
    else groups.set(key, [patch]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

function blockKey({ patches }: Places, patch: number, side: number): string {
  const [x, y] = [centerOf(patches, patch, 0), centerOf(patches, patch, 1)];
  return `${patches.plane[patch]} ${Math.floor(x / side)} ${Math.floor(y / side)}`;
}

/**
 * Square blocks of patches, each by its middle. A whole file without georeferencing is a block of its own.
 */
export function groupByBlock(places: Places, sides: BlockSides): Groups {
  const { plane } = places.patches;
  return groupByKey(
    places,
    Array.from(places.first, (patch) =>
      blockKey(places, patch, plane[patch] === GROUND ? sides.ground : sides.pixels),
    ),
  );
}

/** Every place by itself: scenes of several dates stay together, neighbours don't. */
export function groupByPlace({ placeOf, first }: Places): Groups {
  const groups = Array.from(first, (): number[] => []);
  for (const [patch, place] of placeOf.entries()) groups[place]!.push(patch);
  return groups;
}

/** Whole scenes; those that show the same place, such as two dates of one tile, stay together. */
export function groupByScene({ patches: { scene }, placeOf, first }: Places): Groups {
  const parent = new Map<number, number>();
  const rootOf = (each: number): number => {
    let root = each;
    for (let up = parent.get(root); up !== undefined && up !== root; up = parent.get(root)) root = up;
    parent.set(each, root);
    return root;
  };
  for (const [patch, place] of placeOf.entries()) {
    const [a, b] = [rootOf(scene[patch]!), rootOf(scene[first[place]!]!)];
    parent.set(Math.max(a, b), Math.min(a, b));
  }
  const groups = new Map<number, number[]>();
  for (const patch of placeOf.keys()) {
    const root = rootOf(scene[patch]!);
    const group = groups.get(root);
    if (group) group.push(patch);
    else groups.set(root, [patch]);
  }
  return [...groups.values()];
}

/** The largest side that still makes at least 20 blocks of these places: the median patch side times a power of two. */
function suggestSide(places: Places, onGround: boolean): number {
  const { plane } = places.patches;
  const wanted = (patch: number) => (plane[patch] === GROUND) === onGround;
  const side = medianSide(places.patches, wanted);
  const chosen = places.first.filter(wanted);
  const blocks = (factor: number) =>
    new Set(Array.from(chosen, (patch) => blockKey(places, patch, factor * side))).size;
  let factor = 2;
  while (factor < LARGEST_FACTOR && blocks(2 * factor) >= FEWEST_BLOCKS) factor *= 2;
  return factor * side;
}

/**
 * The larger the blocks, the fewer patches have a neighbour in another split: 2 to 64 patches along a side, as
 * many as leave at least 20 blocks.
 */
export function suggestBlockSides(places: Places): BlockSides {
  return { ground: suggestSide(places, true), pixels: suggestSide(places, false) };
}
