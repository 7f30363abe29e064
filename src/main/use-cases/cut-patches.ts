import { cloudShare } from "../../archive/cloud-share.ts";
import { cutScene, nodataShare, patchName } from "../../archive/grid.ts";
import type { PatchReader } from "../../archive/patch-reader.ts";
import type { Grid, Scene } from "../../shared/domain/imagery.ts";
import { Cancelled, FieldmarkError, throwIfCancelled } from "../../shared/errors.ts";
import type { PixelWindow } from "../../shared/raster.ts";
import { breathe } from "../work.ts";

export interface NamedWindow {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface CutResult {
  readonly windows: NamedWindow[];
  readonly tooMuchNodata: number;
  /** Windows that the scene's quality layer calls cloudy or unusable beyond the grid's limit. */
  readonly cloudy: number;
  /** The quality layer that could not be read, so that clouds were not looked for; null where there was no such. */
  readonly unreadable: { readonly path: string; readonly message: string } | null;
}

/** The patches of a scene: its windows without those that hold too much nodata or too many clouds. */
export async function cutIntoPatches(
  reader: PatchReader,
  scene: Scene,
  grid: Grid,
  signal: AbortSignal | undefined,
): Promise<CutResult> {
  const windows: NamedWindow[] = [];
  let tooMuchNodata = 0;
  let cloudy = 0;
  const clouds = cloudFinder(reader, scene, grid);
  for (const window of cutScene(scene, grid)) {
    throwIfCancelled(signal);
    const missing = grid.nodataLimit < 1 ? await nodataShare(reader, scene, window) : 0;
    if (missing > grid.nodataLimit) tooMuchNodata++;
    else if (await clouds.exceed(window)) cloudy++;
    else windows.push({ name: patchName(scene, window), ...window });
  }
  await breathe();
  return { windows, tooMuchNodata, cloudy, unreadable: clouds.unreadable };
}

/** Looks for clouds in windows until the quality layer turns out to be damaged: imagery counts more than its masks. */
function cloudFinder(reader: PatchReader, scene: Scene, grid: Grid) {
  const { cloudLimit = 1 } = grid;
  const finder = {
    unreadable: null as CutResult["unreadable"],
    async exceed(window: PixelWindow): Promise<boolean> {
      if (!scene.quality || cloudLimit >= 1 || finder.unreadable) return false;
      try {
        return (await cloudShare(reader, scene, window, grid)) > cloudLimit;
      } catch (error) {
        if (error instanceof Cancelled || !(error instanceof FieldmarkError)) throw error;
        finder.unreadable = {
          path: scene.quality.file,
          message: `${error.message} Clouds in ${scene.name} were not left out.`,
        };
        return false;
      }
    },
  };
  return finder;
}
