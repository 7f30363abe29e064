import { createStore, type StoreApi } from "zustand";
import type { PatchFilter } from "../../shared/contracts/app.ts";
import { takePatches } from "./patches-store.ts";
import { call } from "./session.ts";

export const PAGE = 200;

/** Lists with more loaded pages than this are refreshed where they are looked at, and elsewhere when seen again. */
const MOST_REFRESHED = 10;

export interface PatchListState {
  readonly filter: PatchFilter;
  /** Null until the first page is there. */
  readonly total: number | null;
  /** Patch ids in list order; holes where nothing was loaded yet. Changed in place; see `revision`. */
  readonly ids: (number | undefined)[];
  /** Grows when `ids` was filled. */
  readonly revision: number;
  readonly focus: number;
  /** Where a range selection started. */
  readonly anchor: number;
  readonly selection: ReadonlySet<number>;
  readonly error: unknown;
}

/** A list of patches in an order that stays while it is worked on: pages are loaded as they are needed. */
export interface PatchList {
  readonly store: StoreApi<PatchListState>;
  /** Starts the list anew with a filter; the old one stays visible until the first page is there. */
  load(filter: PatchFilter): Promise<void>;
  /** Loads the pages that hold these indices, end not included. */
  ensure(from: number, to: number): void;
  /** Loads what is loaded again, without losing focus and selection. */
  refresh(): Promise<void>;
  focus(index: number): void;
  /** Focuses and selects everything between the anchor and there. */
  extendTo(index: number): void;
  toggleSelected(index: number): void;
  /** Selects everything that was loaded. */
  selectAll(): void;
  clearSelection(): void;
  /** The patches that an action goes to: the selection, or else the focused patch. */
  targets(): number[];
  focusedId(): number | undefined;
  clear(): void;
}

export function createPatchList(initial: PatchFilter): PatchList {
  const empty = {
    total: null,
    ids: [],
    revision: 0,
    focus: 0,
    anchor: 0,
    selection: new Set<number>(),
    error: null,
  };
  const store = createStore<PatchListState>()(() => ({ ...empty, filter: initial }));
  let generation = 0;
  let requested = new Set<number>();
  let visible: readonly [number, number] = [0, 0];

  async function fetchPage(page: number, filter: PatchFilter) {
    return call("patches.page", { filter, offset: page * PAGE, limit: PAGE });
  }

  async function load(filter: PatchFilter): Promise<void> {
    const mine = ++generation;
    store.setState({ filter, error: null });
    try {
      const { total, items } = await fetchPage(0, filter);
      if (mine !== generation) return;
      takePatches(items);
      requested = new Set([0]);
      const ids: (number | undefined)[] = items.map((item) => item.id);
      ids.length = total;
      store.setState({ ...empty, filter, total, ids, revision: store.getState().revision + 1 });
    } catch (error) {
      if (mine === generation) store.setState({ error });
    }
  }

  async function loadPage(page: number): Promise<void> {
    const mine = generation;
    requested.add(page);
    try {
      const { items } = await fetchPage(page, store.getState().filter);
      if (mine !== generation) return;
      takePatches(items);
      const { ids, revision } = store.getState();
      items.forEach((item, at) => {
        ids[page * PAGE + at] = item.id;
      });
      store.setState({ revision: revision + 1 });
    } catch {
      // Asked for again when the page comes into view the next time.
      requested.delete(page);
    }
  }

  function clamp(index: number): number {
    return Math.max(0, Math.min((store.getState().total ?? 1) - 1, index));
  }

  function focusedId(): number | undefined {
    const { ids, focus } = store.getState();
    return ids[focus];
  }

  return {
    store,
    load,
    ensure(from, to) {
      const { total } = store.getState();
      if (total === null || total === 0) return;
      const first = Math.floor(Math.max(0, from) / PAGE);
      const last = Math.floor((Math.min(to, total) - 1) / PAGE);
      visible = [first, last];
      for (let page = first; page <= last; page++) {
        if (!requested.has(page)) void loadPage(page);
      }
    },
    async refresh() {
      const [first, last] = visible;
      if (requested.size > MOST_REFRESHED) {
        requested = new Set([...requested].filter((page) => page >= first && page <= last));
      }
      await Promise.all([...requested].map(loadPage));
    },
    focus(index) {
      const focus = clamp(index);
      store.setState({ focus, anchor: focus, selection: new Set() });
    },
    extendTo(index) {
      const { anchor, ids } = store.getState();
      const focus = clamp(index);
      const range = ids.slice(Math.min(anchor, focus), Math.max(anchor, focus) + 1);
      store.setState({ focus, selection: new Set(range.filter((id) => id !== undefined)) });
    },
    toggleSelected(index) {
      const { ids, selection, focus } = store.getState();
      const id = ids[index];
      if (id === undefined) return;
      const next = new Set(selection);
      const before = ids[focus];
      if (next.size === 0 && before !== undefined) next.add(before);
      if (next.has(id) && next.size > 1) next.delete(id);
      else next.add(id);
      store.setState({ selection: next, focus: index, anchor: index });
    },
    selectAll() {
      const { ids } = store.getState();
      store.setState({
        selection: new Set(ids.filter((id) => id !== undefined)),
      });
    },
    clearSelection() {
      store.setState({ selection: new Set() });
    },
    targets() {
      const { selection } = store.getState();
      if (selection.size > 0) return [...selection];
      const id = focusedId();
      return id === undefined ? [] : [id];
    },
    focusedId,
    clear() {
      generation++;
      requested = new Set();
      store.setState({ ...empty, filter: initial });
    },
  };
}
