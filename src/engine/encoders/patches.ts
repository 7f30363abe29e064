import type { PatchPixels, PatchReader } from "../../archive/patch-reader.ts";
import type { PatchTable } from "../../shared/domain/imagery.ts";
import { FieldmarkError } from "../../shared/errors.ts";

/**
 * Bands that all scenes of the table have, in the first scene's order.
 * @throws FieldmarkError `unsupported-raster` where the scenes have no band in common
 */
export function commonBands(patches: PatchTable): string[] {
  const [first, ...others] = patches.scenes;
  const names = first?.bands.map((band) => band.name) ?? [];
  const common = names.filter((name) =>
    others.every((scene) => scene.bands.some((band) => band.name === name)),
  );
  if (common.length > 0) return common;
  throw new FieldmarkError(
    "unsupported-raster",
    `The scenes of ${patches.root} have no band in common, so their patches can't be compared. Put different sensors into different projects.`,
    { details: { path: patches.root } },
  );
}

/** Median over the patches of the longer side, in pixels. */
export function medianSide({ width, height }: PatchTable): number {
  const sides = Int32Array.from(width, (value, index) => Math.max(value, height[index]!)).sort();
  return sides[Math.floor(sides.length / 2)] ?? 1;
}

/** Raw pixels of one patch of the table, resampled to side × side. */
export function readPatch(
  reader: PatchReader,
  patches: PatchTable,
  index: number,
  bands: readonly string[],
  side: number,
): Promise<PatchPixels> {
  const scene = patches.scenes[patches.scene[index]!];
  if (!scene)
    throw new FieldmarkError("internal", `Patch ${patches.ids[index]} names a scene that is not there.`);
  const window = {
    x: patches.x[index]!,
    y: patches.y[index]!,
    width: patches.width[index]!,
    height: patches.height[index]!,
  };
  return reader.read(scene, window, { bands, width: side, height: side });
}
