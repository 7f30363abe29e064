import { createRandom } from "../../shared/random.ts";
import type { Groups } from "./groups.ts";
import { CODE_OF, type SplitColumn } from "./split-column.ts";

export interface SplitShares {
  /** Shares of all patches, 0 to 1, together below 1; the rest is the pool. */
  readonly val: number;
  readonly test: number;
}

/**
 * Draws groups of patches that stay together until val and test have about their shares: from the
 * shuffled groups, each that brings a split nearer to its share is taken. A split with a share gets at
 * least one group, and the pool keeps one. The same groups and seed give the same splits.
 *
 * @param groups every patch in one group
 */
export function drawSplits(groups: Groups, shares: SplitShares, seed: number): SplitColumn {
  const total = groups.reduce((sum, group) => sum + group.length, 0);
  const splits = new Uint8Array(total).fill(CODE_OF.pool);
  let remaining = createRandom(seed)
    .fork("splits")
    .shuffle([...groups]);
  for (const split of ["test", "val"] as const) {
    const target = shares[split] * total;
    const left: (readonly number[])[] = [];
    let drawn = 0;
    for (const [index, group] of remaining.entries()) {
      const isLast = left.length + remaining.length - index === 1;
      if (!isLast && group.length <= 2 * (target - drawn)) {
        drawn += group.length;
        for (const patch of group) splits[patch] = CODE_OF[split];
      } else left.push(group);
    }
    if (drawn === 0 && target > 0 && left.length > 1) {
      const smallest = left.reduce((a, b) => (b.length < a.length ? b : a));
      left.splice(left.indexOf(smallest), 1);
      for (const patch of smallest) splits[patch] = CODE_OF[split];
    }
    remaining = left;
  }
  return splits;
}
