import type { SplitRequest } from "../../shared/domain/splits.ts";
import { FieldmarkError, throwIfCancelled } from "../../shared/errors.ts";
import type { ProjectStore, SplitCounts } from "../../store/project-store.ts";
import { drawSplits } from "../splits/draw-splits.ts";
import {
  type Groups,
  groupByBlock,
  groupByPlace,
  groupByScene,
  suggestBlockSides,
} from "../splits/groups.ts";
import { findLeakage, type Leakage, leaveGap } from "../splits/leakage.ts";
import { createPatchPlacer } from "../splits/place-patches.ts";
import { countUnplaced } from "../splits/placed-patches.ts";
import { findPlaces, type Places } from "../splits/places.ts";
import { CODE_OF, countSplits, type SplitColumn, splitOf } from "../splits/split-column.ts";
import { breathe, type Work } from "../work.ts";
import { requireWritable } from "./project-folder.ts";

const CHUNK = 5000;

export interface SplitFacts {
  readonly splits: SplitCounts;
  readonly leakage: Leakage;
  /** Patches without a position on the ground: windows of one scene can be compared, files cannot. */
  readonly unplaced: number;
}

/** Splits that were drawn and not written yet. */
export interface SplitPlan extends SplitFacts {
  readonly column: SplitColumn;
  /** Metres; null where nothing has a position on the ground, or where there are no blocks. */
  readonly blockSize: number | null;
  /** What `blockSize: null` stands for; null where nothing has a position on the ground. */
  readonly suggestedBlockSize: number | null;
  /** What stayed together: blocks, scenes or places. */
  readonly groups: number;
  /** Patches left out for the gap. */
  readonly leftOut: number;
}

export interface MadeSplits extends Omit<SplitPlan, "column"> {
  /** What there was before, where there were splits. */
  readonly replaced: SplitCounts | null;
}

/** Where all patches of a project lie; labels can be committed in between. Kept by who asks again. */
export async function readPlaces(store: ProjectStore, work: Work): Promise<Places> {
  const ids = store.patchIds();
  const placer = createPatchPlacer();
  for (let from = 0; from < ids.length; from += CHUNK) {
    throwIfCancelled(work.signal);
    work.progress({ done: from, total: ids.length, message: "Finding out where the patches lie" });
    placer.add(store.patchTables(ids.subarray(from, from + CHUNK)));
    await breathe();
  }
  return findPlaces(placer.finish());
}

/** How large splits are and whether they leak. */
export function describeSplits(places: Places, column: SplitColumn): SplitFacts {
  return {
    splits: countSplits(column),
    leakage: findLeakage(places, column),
    unplaced: countUnplaced(places.patches),
  };
}

function groupsOf(places: Places, { method, blockSize }: SplitRequest): Groups {
  switch (method) {
    case "blocks": {
      const suggested = suggestBlockSides(places);
      return groupByBlock(places, { ...suggested, ground: blockSize ?? suggested.ground });
    }
    case "scenes":
      return groupByScene(places);
    case "random":
      return groupByPlace(places);
  }
}

/**
 * Draws splits without writing them; the same request gives the same splits. Errors: `invalid-input` where the
 * shares leave nothing for the pool.
 */
export function planSplits(places: Places, request: SplitRequest): SplitPlan {
  const { method, val, test } = request;
  if (val + test >= 1) {
    throw new FieldmarkError(
      "invalid-input",
      `val (${val}) and test (${test}) leave nothing for the pool. Their shares must add up to less than 1.`,
    );
  }
  const groups = groupsOf(places, request);
  const drawn = drawSplits(groups, { val, test }, request.seed);
  const column = request.gap ? leaveGap(places, drawn) : drawn;
  const facts = describeSplits(places, column);
  const onGround = facts.unplaced < places.patches.ids.length;
  const suggestedBlockSize = onGround ? suggestBlockSides(places).ground : null;
  return {
    ...facts,
    column,
    blockSize: method === "blocks" && onGround ? (request.blockSize ?? suggestedBlockSize) : null,
    suggestedBlockSize,
    groups: groups.length,
    leftOut: facts.splits.none,
  };
}

/** The project's splits as they are; null where it has none. */
export function currentSplits(store: ProjectStore, places: Places): SplitColumn | null {
  if (!store.project().hasSplits) return null;
  const column = new Uint8Array(places.patches.ids.length);
  const at = new Map(Array.from(places.patches.ids, (id, patch) => [id, patch] as const));
  for (const split of ["pool", "val", "test"] as const) {
    for (const id of store.patchIds({ split })) {
      const patch = at.get(id);
      if (patch !== undefined) column[patch] = CODE_OF[split];
    }
  }
  return column;
}

/** Writes splits over those that there are. Errors: `read-only`. */
export function writeSplits(store: ProjectStore, places: Places, column: SplitColumn): void {
  requireWritable(store);
  store.setSplits(
    Array.from(places.patches.ids, (patchId, patch) => ({ patchId, split: splitOf(column[patch]) })).flatMap(
      ({ patchId, split }) => (split === null ? [] : [{ patchId, split }]),
    ),
  );
}

/** Makes the project's splits anew; the same request gives the same splits. */
export async function makeSplits(
  store: ProjectStore,
  request: SplitRequest,
  work: Work,
): Promise<MadeSplits> {
  const places = await readPlaces(store, work);
  const { column, ...plan } = planSplits(places, request);
  const replaced = store.project().hasSplits ? store.splitCounts() : null;
  writeSplits(store, places, column);
  return { ...plan, replaced };
}

/** How large the splits of a project are and whether they leak; null for a project without splits. */
export async function checkSplits(store: ProjectStore, work: Work): Promise<SplitFacts | null> {
  if (!store.project().hasSplits) return null;
  const places = await readPlaces(store, work);
  const column = currentSplits(store, places);
  return column && describeSplits(places, column);
}
