import { useStore } from "zustand";
import type { PatchItem } from "../../shared/domain/project.ts";
import { usePatches } from "../state/patches-store.ts";
import { usePatchList } from "./workbench-context.ts";

/** The focused patch; undefined while the list is empty or loading. */
export function useFocusedPatch(): PatchItem | undefined {
  const list = usePatchList();
  const id = useStore(list.store, (state) => (state.revision >= 0 ? state.ids[state.focus] : undefined));
  return usePatches(({ shown }) => (id === undefined ? undefined : shown.get(id)));
}

/** How many patches an action goes to. */
export function useTargetCount(): number {
  const list = usePatchList();
  const selected = useStore(list.store, (state) => state.selection.size);
  const any = useStore(list.store, (state) => (state.total ?? 0) > 0);
  return selected > 0 ? selected : any ? 1 : 0;
}
