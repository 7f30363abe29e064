import type { Split } from "../../shared/domain/imagery.ts";
import { FieldmarkError } from "../../shared/errors.ts";
import type { ProjectStore, SplitCounts } from "../../store/project-store.ts";
import { groupIntoBlocks, suggestBlockSides } from "../splits/blocks.ts";
import { drawSplits, type SplitShares } from "../splits/draw-splits.ts";
import { findLeakage, type Leakage, leaveGap } from "../splits/leakage.ts";
import { GROUND, type PlacedPatch, placePatches } from "../splits/placed-patch.ts";

const SPLITS = ["pool", "val", "test"] as const satisfies readonly Split[];

export interface SplitRequest extends SplitShares {
  readonly by: "blocks" | "random";
  readonly seed: number;
  /** Side of a block on the ground in metres; null = what suits the archive. */
  readonly blockSize: number | null;
  /** Leave out patches that touch another split. */
  readonly gap: boolean;
}

export interface SplitReport {
  readonly splits: SplitCounts;
  readonly leakage: Leakage;
  /** Patches without a position on the ground: windows of one scene can be compared, files cannot. */
  readonly unplaced: number;
}

export interface MadeSplits extends SplitReport {
  /** Metres; null for random splits and where nothing has a position on the ground. */
  readonly blockSize: number | null;
  readonly blocks: number | null;
  /** Patches left out for the gap. */
  readonly leftOut: number;
  /** What there was before, where there were splits. */
  readonly replaced: SplitCounts | null;
}

function report(
  store: ProjectStore,
  patches: readonly PlacedPatch[],
  splits: ReadonlyMap<number, Split>,
): SplitReport {
  return {
    splits: store.splitCounts(),
    leakage: findLeakage(patches, splits),
    unplaced: patches.filter(({ plane }) => plane !== GROUND).length,
  };
}

/** Makes the project's splits anew, by blocks on the ground or at random; the same seed gives the same splits. */
export function makeSplits(store: ProjectStore, request: SplitRequest): MadeSplits {
  const { by, seed, val, test } = request;
  if (val + test >= 1) {
    throw new FieldmarkError(
      "invalid-input",
      `val (${val}) and test (${test}) leave nothing for the pool. Their shares must add up to less than 1.`,
    );
  }
  const patches = placePatches(store.patchTables());
  const suggested = suggestBlockSides(patches);
  const sides = { ...suggested, ground: request.blockSize ?? suggested.ground };
  const groups = by === "blocks" ? groupIntoBlocks(patches, sides) : patches.map(({ id }) => [id]);
  const drawn = drawSplits(groups, { val, test }, seed);
  const kept = request.gap ? leaveGap(patches, drawn) : drawn;
  const replaced = store.project().hasSplits ? store.splitCounts() : null;
  store.setSplits(Array.from(kept, ([patchId, split]) => ({ patchId, split })));
  const onGround = patches.some(({ plane }) => plane === GROUND);
  return {
    ...report(store, patches, kept),
    blockSize: by === "blocks" && onGround ? sides.ground : null,
    blocks: by === "blocks" ? groups.length : null,
    leftOut: drawn.size - kept.size,
    replaced,
  };
}

/** How large the splits are and whether they leak; null for a project without splits. */
export function checkSplits(store: ProjectStore): SplitReport | null {
  if (!store.project().hasSplits) return null;
  const splits = new Map(
    SPLITS.flatMap((split) => Array.from(store.patchIds({ split }), (id) => [id, split] as const)),
  );
  return report(store, placePatches(store.patchTables()), splits);
}
