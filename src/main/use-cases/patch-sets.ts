import type { Split } from "../../shared/domain/imagery.ts";
import type { ProjectStore } from "../../store/project-store.ts";

const SPLITS = ["pool", "val", "test"] as const satisfies readonly Split[];

/** Patches that take part: all of them, or those that the project's splits name. */
export function usableIds(store: ProjectStore): Int32Array {
  if (!store.project().hasSplits) return store.patchIds();
  return Int32Array.from(SPLITS.flatMap((split) => Array.from(store.patchIds({ split })))).sort();
}

export interface FinishedPatch {
  readonly id: number;
  readonly split: Split;
}

/** Confirmed patches with their split; without splits the whole project is the pool. */
export function finishedPatches(store: ProjectStore): FinishedPatch[] {
  const confirmed = (split: Split | null) => Array.from(store.patchIds({ split, status: "confirmed" }));
  if (!store.project().hasSplits) return confirmed(null).map((id) => ({ id, split: "pool" }));
  return SPLITS.flatMap((split) => confirmed(split).map((id) => ({ id, split }))).sort((a, b) => a.id - b.id);
}
