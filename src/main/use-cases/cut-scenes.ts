import { createPatchReader } from "../../archive/patch-reader.ts";
import type { Grid } from "../../shared/domain/imagery.ts";
import { FieldmarkError, throwIfCancelled } from "../../shared/errors.ts";
import type { CutScene, ProjectStore, UnreadableFile } from "../../store/project-store.ts";
import type { Work } from "../work.ts";
import { cutIntoPatches } from "./cut-patches.ts";

/** Patches are written down after so many scenes, or so much time: an interruption costs no more than that. */
const SAVE_SCENES = 256;
const SAVE_MS = 1000;

export interface CutScenes {
  /** Windows that did not become patches because too much of them is nodata. */
  readonly tooMuchNodata: number;
  /** Windows that did not become patches because of clouds. */
  readonly cloudy: number;
  /**
   * Scenes whose pixels could not be read, by their first file; they are tried again by the next scan. And quality
   * layers that could not.
   */
  readonly unreadable: readonly UnreadableFile[];
}

/** Cuts the scenes of a source that are new or changed; what is done is kept when it is interrupted. */
export async function cutScenes(
  store: ProjectStore,
  source: { readonly id: number; readonly folder: string },
  grid: Grid,
  work: Work,
): Promise<CutScenes> {
  const uncut = store.uncutScenes(source.id);
  const reader = createPatchReader(source.folder);
  const unreadable: UnreadableFile[] = [];
  let tooMuchNodata = 0;
  let cloudy = 0;
  let unsaved: CutScene[] = [];
  let savedAt = performance.now();
  function save(): void {
    if (unsaved.length > 0) store.saveCutScenes(unsaved);
    unsaved = [];
    savedAt = performance.now();
  }
  try {
    for (const [index, { id, scene }] of uncut.entries()) {
      throwIfCancelled(work.signal);
      try {
        const cut = await cutIntoPatches(reader, scene, grid, work.signal);
        unsaved.push({ sceneId: id, patches: cut.windows });
        tooMuchNodata += cut.tooMuchNodata;
        cloudy += cut.cloudy;
        if (cut.unreadable) unreadable.push(cut.unreadable);
      } catch (error) {
        if (!(error instanceof FieldmarkError) || error.code === "invalid-input") throw error;
        unreadable.push({ path: scene.bands[0]?.file ?? scene.name, message: error.message });
      }
      if (unsaved.length >= SAVE_SCENES || performance.now() - savedAt >= SAVE_MS) save();
      work.progress({ done: index + 1, total: uncut.length, message: "Cutting patches" });
    }
  } finally {
    save();
    await reader.close();
  }
  return { tooMuchNodata, cloudy, unreadable };
}
