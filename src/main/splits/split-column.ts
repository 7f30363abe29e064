import type { Split } from "../../shared/domain/imagery.ts";

/** The split of each patch as a number, in the order of the patches. */
export type SplitColumn = Uint8Array;

/** What the numbers of a `SplitColumn` mean. */
export const SPLIT_CODES = ["none", "pool", "val", "test"] as const satisfies readonly (Split | "none")[];
export const CODE_OF = { none: 0, pool: 1, val: 2, test: 3 } as const satisfies Record<
  Split | "none",
  number
>;

export function splitOf(code: number | undefined): Split | null {
  const name = SPLIT_CODES[code ?? 0] ?? "none";
  return name === "none" ? null : name;
}

/** How many patches each split has; "none" counts those without one. */
export function countSplits(splits: SplitColumn): Record<Split | "none", number> {
  const counts = { none: 0, pool: 0, val: 0, test: 0 };
  for (const code of splits) counts[SPLIT_CODES[code] ?? "none"]++;
  return counts;
}
