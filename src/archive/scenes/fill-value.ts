import { join } from "node:path";
import type { Scene } from "../../shared/domain/imagery.ts";
import { FieldmarkError } from "../../shared/errors.ts";
import type { PixelWindow } from "../../shared/raster.ts";
import { openRaster } from "../tiff/raster.ts";
import { mapLimited } from "./concurrency.ts";

/** Files this small are patches: looking into each would cost more than it tells. */
const SMALLEST_SCENE = 512;
/** Side of the blocks that are looked at in the corners, in pixels. */
const CORNER = 8;
const HIGHEST: Readonly<Record<string, number>> = { uint8: 255, uint16: 65535 };

/**
 * Finds the nodata value of scenes whose files don't say it: mosaics and clipped scenes are filled with 0
 * or with the type's highest value outside their outline. A corner that is 0 in all bands is fill; the
 * highest value may be a cloud as well, so it takes two corners. Scenes of one band, those whose samples
 * stand for colours, and those whose files say by an alpha band or a mask what is valid stay as they are.
 */
export async function inferFillValues(
  folder: string,
  scenes: readonly Scene[],
  limit: number,
  signal?: AbortSignal,
): Promise<Scene[]> {
  return mapLimited(
    scenes,
    limit,
    async (scene) => {
      const highest = HIGHEST[scene.dtype];
      const isSmall = Math.max(scene.width, scene.height) <= SMALLEST_SCENE;
      const saysItself =
        scene.alpha !== undefined || scene.bands.some(({ encoding }) => encoding !== undefined);
      if (scene.nodata !== null || isSmall || saysItself || scene.bands.length < 2 || highest === undefined) {
        return scene;
      }
      const values = await cornerValues(folder, scene);
      const count = (value: number) => values.filter((corner) => corner === value).length;
      const nodata = count(0) >= 1 ? 0 : count(highest) >= 2 ? highest : null;
      return nodata === null ? scene : { ...scene, nodata };
    },
    signal,
  );
}

/** For each corner the one value that all its pixels have in all bands, or null. */
async function cornerValues(folder: string, scene: Scene): Promise<(number | null)[]> {
  const values: (number | null | undefined)[] = [undefined, undefined, undefined, undefined];
  for (const file of new Set(scene.bands.map((band) => band.file))) {
    const bands = scene.bands.filter((band) => band.file === file).map((band) => band.fileBand);
    try {
      const raster = await openRaster(join(folder, file));
      try {
        for (const [corner, window] of cornerWindows(raster.info).entries()) {
          if (values[corner] === null) continue;
          for (const plane of await raster.read(window, bands)) {
            const seen = constantValue(plane);
            if (seen === null || (values[corner] ?? seen) !== seen) values[corner] = null;
            else values[corner] = seen;
            if (values[corner] === null) break;
          }
        }
      } finally {
        await raster.close();
      }
    } catch (error) {
      // A damaged corner tells nothing; whoever reads the patch gets the error.
      if (error instanceof FieldmarkError) return [];
      throw error;
    }
    if (values.every((value) => value === null)) break;
  }
  return values.map((value) => value ?? null);
}

function cornerWindows({ width, height }: { width: number; height: number }): PixelWindow[] {
  const side = Math.min(CORNER, width, height);
  return [
    [0, 0],
    [width - side, 0],
    [0, height - side],
    [width - side, height - side],
  ].map(([x = 0, y = 0]) => ({ x, y, width: side, height: side }));
}

function constantValue(plane: ArrayLike<number | bigint>): number | null {
  const first = plane[0];
  for (let i = 1; i < plane.length; i++) if (plane[i] !== first) return null;
  return typeof first === "number" ? first : null;
}
