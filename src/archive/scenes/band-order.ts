import { join } from "node:path";
import type { Scene } from "../../shared/domain/imagery.ts";
import { FieldmarkError, throwIfCancelled } from "../../shared/errors.ts";
import { SENTINEL2_BANDS } from "../sensors/band-names.ts";
import { openRaster } from "../tiff/raster.ts";
import type { RasterFile } from "./raster-file.ts";

/** EuroSAT's order: B8A comes last (Helber et al. 2019, and the files themselves). */
const B8A_LAST = [...SENTINEL2_BANDS.filter((band) => band !== "B8A"), "B8A"] as const;
/** Position of the cirrus band where B8A comes last; B09 lies there otherwise, and the cirrus band after it. */
const CIRRUS_WITH_B8A_LAST = 9;
const SCENES_LOOKED_AT = 9;
const SIDE_LOOKED_AT = 64;

/**
 * Unnamed 13-band rasters come in two orders: by wavelength, or with B8A at the end. The cirrus band B10
 * sees almost nothing of the ground, so its place tells. The majority of a few rasters decides for all.
 */
export async function settleThirteenBandOrder(
  folder: string,
  scenes: readonly Scene[],
  files: readonly RasterFile[],
  signal?: AbortSignal,
): Promise<Scene[]> {
  const unnamed = new Set(
    files
      .filter(({ info }) => info.bands === SENTINEL2_BANDS.length && info.bandNames.every((name) => !name))
      .map(({ path }) => path),
  );
  const isUnnamed = (scene: Scene) =>
    scene.sensor === "sentinel2-13" && unnamed.has(scene.bands[0]?.file ?? "");
  let votes = 0;
  for (const scene of evenly(scenes.filter(isUnnamed), SCENES_LOOKED_AT)) {
    throwIfCancelled(signal);
    votes += await voteForB8aLast(folder, scene);
  }
  if (votes <= 0) return [...scenes];
  return scenes.map((scene) =>
    isUnnamed(scene)
      ? {
          ...scene,
          bands: scene.bands.map((band, position) => ({ ...band, name: B8A_LAST[position] ?? band.name })),
        }
      : scene,
  );
}

function evenly<T>(items: readonly T[], count: number): T[] {
  const step = Math.max(1, Math.floor(items.length / count));
  return items.filter((_, index) => index % step === 0).slice(0, count);
}

/** 1 for B8A at the end, −1 for the order of wavelength, 0 when the raster doesn't tell. */
async function voteForB8aLast(folder: string, scene: Scene): Promise<number> {
  const file = scene.bands[0]?.file;
  if (file === undefined) return 0;
  const width = Math.min(SIDE_LOOKED_AT, scene.width);
  const height = Math.min(SIDE_LOOKED_AT, scene.height);
  const window = {
    x: Math.floor((scene.width - width) / 2),
    y: Math.floor((scene.height - height) / 2),
    width,
    height,
  };
  try {
    const raster = await openRaster(join(folder, file));
    try {
      const planes = await raster.read(window, [CIRRUS_WITH_B8A_LAST, CIRRUS_WITH_B8A_LAST + 1]);
      const [earlier = 0, later = 0] = planes.map(sum);
      return Math.sign(later - earlier);
    } finally {
      await raster.close();
    }
  } catch (error) {
    // A damaged raster has no vote; whoever reads the patch gets the error.
    if (error instanceof FieldmarkError) return 0;
    throw error;
  }
}

function sum(plane: ArrayLike<number | bigint>): number {
  let total = 0;
  for (let i = 0; i < plane.length; i++) total += Number(plane[i] ?? 0);
  return total;
}
