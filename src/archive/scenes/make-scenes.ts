import { basename, resolve } from "node:path";
import type { Scene } from "../../shared/domain/imagery.ts";
import { settleThirteenBandOrder } from "./band-order.ts";
import { isCompanionFile } from "./file-names.ts";
import { inferFillValues } from "./fill-value.ts";
import type { Unreadable } from "./find-rasters.ts";
import { groupIntoScenes } from "./group-bands.ts";
import type { RasterFile } from "./raster-file.ts";

/** Files looked into at a time. */
const OPEN_FILES = 16;

export interface MadeScenes {
  /** Sorted by name. */
  readonly scenes: Scene[];
  readonly unreadable: readonly Unreadable[];
}

/** The fill value that is known of a scene whose files are as they were; undefined where they have to be looked into. */
export type KnownNodata = (scene: Scene) => number | null | undefined;

/**
 * Makes scenes of the raster files of a source. Headers that come from an index and headers just read give the same.
 *
 * @param files with a readable header, masks and quality layers among them
 */
export async function makeScenes(
  folder: string,
  files: readonly RasterFile[],
  signal?: AbortSignal,
  knownNodata: KnownNodata = () => undefined,
): Promise<MadeScenes> {
  const imagery = files.filter(({ path }) => !isCompanionFile(path));
  const companions = files.filter(({ path }) => isCompanionFile(path));
  const grouped = groupIntoScenes(imagery, basename(resolve(folder)), companions);
  const ordered = await settleThirteenBandOrder(folder, grouped.scenes, imagery, signal);
  const unknown = ordered.filter((scene) => knownNodata(scene) === undefined);
  const inferred = await inferFillValues(folder, unknown, OPEN_FILES, signal);
  const inferredOf = new Map(unknown.map((scene, index) => [scene.name, inferred[index]]));
  const scenes = ordered.map(
    (scene) => inferredOf.get(scene.name) ?? { ...scene, nodata: knownNodata(scene) ?? null },
  );
  return { scenes, unreadable: grouped.unreadable };
}
