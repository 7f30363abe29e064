import type { Grid } from "../../../shared/domain/imagery.ts";

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A scene up to this many times the patch size in both directions is one patch. */
const ONE_PATCH_FACTOR = 1.5;

/** Offsets of a grid's windows along one side, by the rule by which scenes are cut. */
export function windowOffsets(length: number, size: number, stride: number, edges: Grid["edges"]): number[] {
  const offsets: number[] = [];
  for (let at = 0; at + size <= length; at += stride) offsets.push(at);
  if (edges === "drop") return offsets;
  const last = offsets.at(-1);
  if (last === undefined) return [0];
  return last + stride < length && last + size < length ? [...offsets, length - size] : offsets;
}

/** Whether a scene stays in one piece. */
export function isOnePatch({ width, height }: Size, grid: Grid): boolean {
  return grid.patchSize === "whole" || Math.max(width, height) <= ONE_PATCH_FACTOR * grid.patchSize;
}

/** Patches of one scene, before those with too much nodata are left out. */
export function patchesOfScene(scene: Size, grid: Grid): number {
  if (isOnePatch(scene, grid) || grid.patchSize === "whole") return 1;
  const stride = grid.stride ?? grid.patchSize;
  return (
    windowOffsets(scene.width, grid.patchSize, stride, grid.edges).length *
    windowOffsets(scene.height, grid.patchSize, stride, grid.edges).length
  );
}

export interface PatchCount {
  readonly patches: number;
  /** False when not all sizes are known, and the count is an estimate. */
  readonly exact: boolean;
}

/** Patches of all scenes. The sizes beyond the known ones are taken to be like those. */
export function countPatches(
  sizes: readonly (Size & { readonly count: number })[],
  scenes: number,
  grid: Grid,
): PatchCount {
  if (grid.patchSize === "whole") return { patches: scenes, exact: true };
  const known = sizes.reduce((sum, size) => sum + size.count, 0);
  const patches = sizes.reduce((sum, size) => sum + size.count * patchesOfScene(size, grid), 0);
  if (known === 0) return { patches: 0, exact: scenes === 0 };
  return known >= scenes
    ? { patches, exact: true }
    : { patches: Math.round((patches * scenes) / known), exact: false };
}
