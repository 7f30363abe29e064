import { useMemo } from "react";
import { useStore } from "zustand";
import { usePatches } from "../../state/patches-store.ts";
import { queueList } from "../../state/workbench-store.ts";

export interface RoundState {
  /** The round that the queue shows; null while it is empty or loading. */
  readonly number: number | null;
  readonly total: number;
  readonly confirmed: number;
  readonly skipped: number;
}

/** How far the round on screen has come. */
export function useRoundState(): RoundState {
  const ids = useStore(queueList.store, (state) => (state.revision >= 0 ? state.ids : state.ids));
  const total = useStore(queueList.store, (state) => state.total) ?? 0;
  const revision = useStore(queueList.store, (state) => state.revision);
  // Not the patches' own: one that was left open may be proposed again by a newer round.
  const number = useStore(queueList.store, (state) => state.filter.round) ?? null;
  // A string, so that the component is drawn again only when a number changes.
  const summary = usePatches(({ shown }) => {
    let confirmed = 0;
    let skipped = 0;
    for (const id of ids) {
      const patch = id === undefined ? undefined : shown.get(id);
      if (!patch) continue;
      if (patch.status === "confirmed") confirmed++;
      if (patch.status === "skipped") skipped++;
    }
    return `${confirmed}/${skipped}/${revision}`;
  });
  return useMemo(() => {
    const [confirmed, skipped] = summary.split("/");
    return { number, total, confirmed: Number(confirmed), skipped: Number(skipped) };
  }, [summary, total, number]);
}
