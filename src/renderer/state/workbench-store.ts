import { create } from "zustand";
import type { KeyPrefix } from "../labelling/keyboard.ts";
import { createPatchList, type PatchList } from "./patch-list.ts";
import { shownPatch } from "./patches-store.ts";

/** The patches of a round, in query order. */
export const queueList = createPatchList({ view: "queue" });
/** Whatever was last looked for among all patches. */
export const browseList = createPatchList({ view: "all" });

interface WorkbenchState {
  /** The round that the queue shows; null for the newest. */
  readonly round: number | null;
  /** A newer round that arrived while this one was being labelled. */
  readonly waitingRound: number | null;
  readonly prefix: KeyPrefix;
  readonly large: boolean;
  /** A class is being looked for by letters. */
  readonly searching: boolean;
  /** Stretch, gamma and colour map are being adjusted. */
  readonly adjusting: boolean;
  /** Columns and whole rows of the grid on screen, for moving by keys. */
  readonly columns: number;
  readonly rows: number;
}

const initial: WorkbenchState = {
  round: null,
  waitingRound: null,
  prefix: null,
  large: false,
  searching: false,
  adjusting: false,
  columns: 1,
  rows: 1,
};

export const useWorkbench = create<WorkbenchState>()(() => initial);

export function forgetLists(): void {
  queueList.clear();
  browseList.clear();
  useWorkbench.setState(initial);
}

/** Shows a round's patches in the queue, from where labelling goes on; null for the newest round. */
export async function showRound(round: number | null): Promise<void> {
  useWorkbench.setState({ round, waitingRound: null, prefix: null });
  await queueList.load(round === null ? { view: "queue" } : { view: "queue", round });
  const { ids, filter } = queueList.store.getState();
  const patches = ids.map((id) => (id === undefined ? undefined : shownPatch(id)));
  const shown = filter.round ?? patches[0]?.query?.round;
  // From here on it is this round, also when a newer one comes while it is labelled.
  if (shown !== undefined) queueList.store.setState({ filter: { ...filter, round: shown } });
  const firstOpen = patches.findIndex(
    (patch) => patch?.status === "unseen" || patch?.status === "in-progress",
  );
  if (firstOpen > 0) queueList.focus(firstOpen);
}

/** Loads a list completely, so that what is open in it can be counted. */
export function loadWhole(list: PatchList): void {
  list.ensure(0, list.store.getState().total ?? 0);
}
