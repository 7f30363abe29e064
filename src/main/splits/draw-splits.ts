import type { Split } from "../../shared/domain/imagery.ts";
import { createRandom } from "../../shared/random.ts";

export interface SplitShares {
  /** Shares of all patches, 0 to 1, together below 1; the rest is the pool. */
  readonly val: number;
  readonly test: number;
}

export type SplitOf = Map<number, Split>;

/**
 * Draws groups of patches that stay together until val and test have about their shares: from the
 * shuffled groups, each that brings a split nearer to its share is taken. A split with a share gets at
 * least one group, and the pool keeps one. The same groups and seed give the same splits.
 *
 * @param groups patch ids; every patch in one group
 */
export function drawSplits(
  groups: readonly (readonly number[])[],
  shares: SplitShares,
  seed: number,
): SplitOf {
  const total = groups.reduce((sum, group) => sum + group.length, 0);
  let remaining = createRandom(seed)
    .fork("splits")
    .shuffle([...groups]);
  const splits: SplitOf = new Map();
  for (const split of ["test", "val"] as const) {
    const target = shares[split] * total;
    const left: (readonly number[])[] = [];
    let drawn = 0;
    for (const [index, group] of remaining.entries()) {
      const isLast = left.length + remaining.length - index === 1;
      if (!isLast && group.length <= 2 * (target - drawn)) {
        drawn += group.length;
        for (const id of group) splits.set(id, split);
      } else left.push(group);
    }
    if (drawn === 0 && target > 0 && left.length > 1) {
      const smallest = left.reduce((a, b) => (b.length < a.length ? b : a));
      left.splice(left.indexOf(smallest), 1);
      for (const id of smallest) splits.set(id, split);
    }
    remaining = left;
  }
  for (const group of remaining) for (const id of group) splits.set(id, "pool");
  return splits;
}
