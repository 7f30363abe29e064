import type { Split } from "../../shared/domain/imagery.ts";
import type { SplitOf } from "./draw-splits.ts";
import type { PlacedPatch } from "./placed-patch.ts";
import { touchingPairs } from "./touching.ts";

const EXAMPLES = 5;

/** Patches of different splits that touch or overlap: the same ground on both sides flatters the metrics. */
export interface Leakage {
  /** Pairs of such patches. */
  readonly pairs: number;
  /** Patches of each split that touch one of another split. */
  readonly patches: Readonly<Record<Split, number>>;
  /** Some pairs, for a look at them. */
  readonly examples: readonly (readonly [number, number])[];
}

function inDifferentSplits(splits: ReadonlyMap<number, Split>): (a: number, b: number) => boolean {
  return (a, b) => {
    const [first, second] = [splits.get(a), splits.get(b)];
    return first !== undefined && second !== undefined && first !== second;
  };
}

/** Patches without a split don't count. */
export function findLeakage(patches: readonly PlacedPatch[], splits: ReadonlyMap<number, Split>): Leakage {
  const met = new Set<number>();
  const examples: (readonly [number, number])[] = [];
  let pairs = 0;
  for (const pair of touchingPairs(patches, inDifferentSplits(splits))) {
    pairs++;
    if (examples.length < EXAMPLES) examples.push(pair);
    for (const id of pair) met.add(id);
  }
  const counts = { pool: 0, val: 0, test: 0 };
  for (const id of met) {
    const split = splits.get(id);
    if (split) counts[split]++;
  }
  return { pairs, patches: counts, examples };
}

/**
 * Leaves patches out until no two of different splits touch: those of the val split beside the test
 * split first, then those of the pool beside either.
 */
export function leaveGap(patches: readonly PlacedPatch[], splits: SplitOf): SplitOf {
  const kept: SplitOf = new Map(splits);
  for (const yielding of ["val", "pool"] as const) {
    const dropped = new Set<number>();
    for (const pair of touchingPairs(patches, inDifferentSplits(kept))) {
      const others = pair.map((id) => kept.get(id));
      // Between pool and val it is the pool's patch that goes, in the second turn.
      if (yielding === "val" && others.includes("pool")) continue;
      for (const id of pair) if (kept.get(id) === yielding) dropped.add(id);
    }
    for (const id of dropped) kept.delete(id);
  }
  return kept;
}
