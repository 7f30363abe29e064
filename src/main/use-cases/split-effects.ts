import type { SplitEffects } from "../../shared/domain/splits.ts";
import { FieldmarkError } from "../../shared/errors.ts";
import type { ProjectStore } from "../../store/project-store.ts";
import type { PlacedPatches } from "../splits/placed-patches.ts";
import { CODE_OF, countSplits, SPLIT_CODES, type SplitColumn } from "../splits/split-column.ts";

/** Whether labels, rounds or splits are there, which new splits give another meaning to. */
export function dependsOnSplits(store: ProjectStore): boolean {
  return store.project().hasSplits || store.counts().confirmed > 0 || store.currentRound() !== null;
}

/** Refuses to change splits that something depends on, unless the user was told and agreed. */
export function requireUnderstood(store: ProjectStore, understood: boolean): void {
  if (understood || !dependsOnSplits(store)) return;
  throw new FieldmarkError(
    "invalid-input",
    "The project has labels, rounds or splits already, and other splits change what they are used for. Look at what it means, and confirm it.",
  );
}

/** What splits would mean for what was done already; null where nothing was. */
export function effectsOf(
  store: ProjectStore,
  { ids }: PlacedPatches,
  column: SplitColumn,
): SplitEffects | null {
  if (!dependsOnSplits(store)) return null;
  const codes = new Map(Array.from(ids, (id, patch) => [id, column[patch] ?? CODE_OF.none] as const));
  const codeOf = (id: number) => codes.get(id) ?? CODE_OF.none;
  const rounds = store.rounds();
  const control = new Set(store.controlIds());
  const confirmed = Array.from(store.patchIds({ status: "confirmed" }));
  const chosen = new Set(
    rounds.flatMap(({ patchIds, controlIds }) => {
      const drawn = new Set(controlIds);
      return patchIds.filter((id) => !drawn.has(id));
    }),
  );
  const confirmedCounts = { none: 0, pool: 0, val: 0, test: 0 };
  for (const id of confirmed) confirmedCounts[SPLIT_CODES[codeOf(id)] ?? "none"]++;
  // The control stream measures where there is no val split, as far as it lies in the pool.
  const measured = countSplits(column).val > 0 ? CODE_OF.val : CODE_OF.pool;
  return {
    replaced: store.project().hasSplits ? store.splitCounts() : null,
    rounds: rounds.length,
    models: store.models().length,
    confirmed: confirmedCounts,
    trainNoMore: store.trainingIds().filter((id) => codeOf(id) !== CODE_OF.pool).length,
    chosenInVal: confirmed.filter((id) => codeOf(id) === CODE_OF.val && chosen.has(id)).length,
    controlUnused: confirmed.filter((id) => control.has(id) && codeOf(id) !== measured).length,
  };
}
