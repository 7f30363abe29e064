import { join } from "node:path";
import type { Place } from "../archive/channel-statistics.ts";
import type { BandStatistics } from "../shared/domain/imagery.ts";
import { createRandom } from "../shared/random.ts";
import type { OpenProject } from "./open-project.ts";

/** What the image endpoint needs of the open project. */
export interface ShownProject {
  /** Null for an id that the project doesn't have. */
  findPlace(patchId: number): Place | null;
  /** Of every band over the project. */
  readonly statistics: readonly BandStatistics[];
  /** Patches that stand for the whole project, the same ones every time. */
  samplePlaces(): readonly Place[];
  /** For what can be made again; may not exist yet. */
  readonly cacheFolder: string;
}

const SAMPLED_PATCHES = 64;

export function shownProject(project: OpenProject): ShownProject {
  function findPlace(patchId: number): Place | null {
    const found = project.findPlace(patchId);
    return found && { root: found.root, scene: found.scene, window: found.window };
  }
  return {
    findPlace,
    statistics: project.statistics,
    samplePlaces() {
      const ids = createRandom("display").sample(project.store.patchIds(), SAMPLED_PATCHES);
      return ids.flatMap((id) => findPlace(id) ?? []);
    },
    cacheFolder: join(project.store.paths.cache, "display"),
  };
}
