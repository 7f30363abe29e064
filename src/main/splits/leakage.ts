import type { Split } from "../../shared/domain/imagery.ts";
import type { Places } from "./places.ts";
import { CODE_OF, SPLIT_CODES, type SplitColumn } from "./split-column.ts";
import { forEachTouchingPair } from "./touching.ts";

const EXAMPLES = 5;
const CODES = [CODE_OF.pool, CODE_OF.val, CODE_OF.test] as const;
const WIDTH = SPLIT_CODES.length;

/** Patches of different splits that touch or overlap: the same ground on both sides flatters the metrics. */
export interface Leakage {
  /** Pairs of such patches. */
  readonly pairs: number;
  /** Patches of each split that touch one of another split. */
  readonly patches: Readonly<Record<Split, number>>;
  /** Some pairs of patch ids, for a look at them. */
  readonly examples: readonly (readonly [number, number])[];
}

/** One bit for each split that has patches at a place. */
function masksOf({ placeOf, first }: Places, splits: SplitColumn): Uint8Array {
  const masks = new Uint8Array(first.length);
  for (const [patch, place] of placeOf.entries()) {
    if (splits[patch] !== CODE_OF.none) masks[place]! |= 1 << splits[patch]!;
  }
  return masks;
}

/** Whether a patch of one mask and one of the other can be of different splits. */
function differ(a: number, b: number): boolean {
  return a !== 0 && b !== 0 && ((a | b) & ((a | b) - 1)) !== 0;
}

/** Patches without a split don't count. */
export function findLeakage(places: Places, splits: SplitColumn): Leakage {
  const { patches, placeOf, first } = places;
  const masks = masksOf(places, splits);
  const counts = new Int32Array(WIDTH * first.length);
  for (const [patch, place] of placeOf.entries()) counts[WIDTH * place + splits[patch]!]!++;

  /** Splits that lie beside a place, as bits. */
  const beside = new Uint8Array(first.length);
  const exampleKeys: (readonly [place: number, code: number])[] = [];
  let pairs = 0;

  function meet(a: number, b: number): void {
    beside[a]! |= masks[b]!;
    beside[b]! |= masks[a]!;
    for (const codeA of CODES) {
      for (const codeB of CODES) {
        // Within one place each pair of splits is met once.
        if (codeA === codeB || (a === b && codeA > codeB)) continue;
        const met = counts[WIDTH * a + codeA]! * counts[WIDTH * b + codeB]!;
        pairs += met;
        if (met > 0 && exampleKeys.length < 2 * EXAMPLES) exampleKeys.push([a, codeA], [b, codeB]);
      }
    }
  }

  for (const [place, mask] of masks.entries()) if (differ(mask, mask)) meet(place, place);
  forEachTouchingPair(places, (a, b) => differ(masks[a]!, masks[b]!), meet);

  const met = { pool: 0, val: 0, test: 0 };
  const exampleIds = new Map<string, number>();
  const wanted = new Set(exampleKeys.map((key) => key.join(" ")));
  for (const [patch, place] of placeOf.entries()) {
    const code = splits[patch]!;
    const name = SPLIT_CODES[code]!;
    if (name === "none") continue;
    if ((beside[place]! & ~(1 << code)) !== 0) met[name]++;
    const key = `${place} ${code}`;
    if (wanted.has(key) && !exampleIds.has(key)) exampleIds.set(key, patches.ids[patch]!);
  }
  const examples: (readonly [number, number])[] = [];
  for (let at = 0; at < exampleKeys.length; at += 2) {
    const [a, b] = [exampleKeys[at], exampleKeys[at + 1]].map((key) => exampleIds.get(key?.join(" ") ?? ""));
    if (a !== undefined && b !== undefined) examples.push([a, b]);
  }
  return { pairs, patches: met, examples };
}

/**
 * Leaves patches out until no two of different splits touch: those of the val split beside the test
 * split first, then those of the pool beside either. Every place has to be of one split.
 */
export function leaveGap(places: Places, splits: SplitColumn): SplitColumn {
  const kept = splits.slice();
  for (const yielding of [CODE_OF.val, CODE_OF.pool]) {
    const masks = masksOf(places, kept);
    const [own, pool] = [1 << yielding, 1 << CODE_OF.pool];
    const dropped = new Uint8Array(places.first.length);
    forEachTouchingPair(
      places,
      // Between pool and val it is the pool's patch that goes, in the second turn.
      (a, b) =>
        differ(masks[a]!, masks[b]!) && (yielding !== CODE_OF.val || ((masks[a]! | masks[b]!) & pool) === 0),
      (a, b) => {
        if (masks[a] === own) dropped[a] = 1;
        if (masks[b] === own) dropped[b] = 1;
      },
    );
    for (const [patch, place] of places.placeOf.entries()) if (dropped[place]) kept[patch] = CODE_OF.none;
  }
  return kept;
}
