import { rm } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { createPatchReader } from "../../archive/patch-reader.ts";
import { bandStatistics, type PatchAddress } from "../../archive/statistics.ts";
import type { Grid, Scene } from "../../shared/domain/imagery.ts";
import type { ProjectKind } from "../../shared/domain/learning.ts";
import type { ClassInput } from "../../shared/domain/taxonomy.ts";
import { FieldmarkError, throwIfCancelled } from "../../shared/errors.ts";
import { createProject, type ProjectStore } from "../../store/project-store.ts";
import type { Work } from "../work.ts";
import { PROJECT_EXTENSION } from "./project-folder.ts";
import { cutIntoPatches, scanSource } from "./sources.ts";

export interface NewProject {
  /** The project's folder, ending in `.fieldmark`. */
  readonly folder: string;
  readonly name?: string;
  readonly kind: ProjectKind;
  readonly source: string;
  /** Chosen once the scenes are known. */
  readonly grid: (scenes: readonly Scene[]) => Grid;
  readonly classes: readonly ClassInput[];
}

export interface AddedImagery {
  readonly scenes: number;
  readonly patches: number;
  readonly tooMuchNodata: number;
  readonly unreadable: readonly { readonly path: string; readonly message: string }[];
}

/** Cuts scenes into patches and stores them, scene by scene, so that labels can be committed in between. */
async function addScenes(
  store: ProjectStore,
  source: { readonly id: number; readonly folder: string },
  scenes: readonly Scene[],
  grid: Grid,
  work: Work,
): Promise<{ patches: PatchAddress[]; tooMuchNodata: number }> {
  const reader = createPatchReader(source.folder);
  const patches: PatchAddress[] = [];
  let tooMuchNodata = 0;
  try {
    const ids = store.addScenes(source.id, scenes);
    for (const [index, scene] of scenes.entries()) {
      throwIfCancelled(work.signal);
      const cut = await cutIntoPatches(reader, scene, grid, work.signal);
      const sceneId = ids[index];
      if (sceneId !== undefined) store.addPatches(sceneId, cut.windows);
      for (const window of cut.windows) patches.push({ scene, window });
      tooMuchNodata += cut.tooMuchNodata;
      work.progress({ done: index + 1, total: scenes.length, message: "Cutting patches" });
    }
    return { patches, tooMuchNodata };
  } finally {
    await reader.close();
  }
}

async function measureBands(
  store: ProjectStore,
  root: string,
  patches: readonly PatchAddress[],
  work: Work,
): Promise<void> {
  const reader = createPatchReader(root);
  try {
    const statistics = await bandStatistics(reader, patches, {
      seed: store.project().settings.seed,
      ...(work.signal ? { signal: work.signal } : {}),
      onProgress: work.progress,
    });
    store.saveBandStatistics(statistics);
  } finally {
    await reader.close();
  }
}

/**
 * Makes a project from a folder of imagery: scan, cut, measure. When it fails or is cancelled, nothing
 * of the new project stays behind. Errors: `no-rasters`, `project-exists`, `read-only`, `disk-full`.
 */
export async function setUpProject(
  input: NewProject,
  work: Work,
): Promise<{ store: ProjectStore; added: AddedImagery }> {
  const folder = resolve(input.source);
  const { scenes, unreadable } = await scanSource(folder, work);
  const grid = input.grid(scenes);
  const store = createProject(input.folder, {
    name: input.name ?? basename(input.folder, PROJECT_EXTENSION),
    kind: input.kind,
    grid,
  });
  try {
    if (input.classes.length > 0) store.saveClasses(input.classes);
    const source = { id: store.addSource(folder), folder };
    store.saveUnreadable(source.id, unreadable);
    const { patches, tooMuchNodata } = await addScenes(store, source, scenes, grid, work);
    if (patches.length === 0) {
      throw new FieldmarkError(
        "no-rasters",
        `The ${scenes.length} scenes in ${input.source} give no patch with this grid: they hold too much nodata or are smaller than a patch. Choose a smaller patch size or a higher nodata limit.`,
        { details: { source: input.source, tooMuchNodata } },
      );
    }
    await measureBands(store, source.folder, patches, work);
    return { store, added: { scenes: scenes.length, patches: patches.length, tooMuchNodata, unreadable } };
  } catch (error) {
    store.close();
    await rm(input.folder, { recursive: true, force: true });
    throw error;
  }
}

/** Looks for new and changed rasters in all sources; what is there keeps its ids and labels. */
export async function rescanProject(store: ProjectStore, work: Work): Promise<AddedImagery> {
  const before = store.counts().patches;
  const { grid } = store.project();
  let sceneCount = 0;
  let nodata = 0;
  const unreadable: { path: string; message: string }[] = [];
  for (const source of store.sources()) {
    const scan = await scanSource(source.folder, work);
    store.saveUnreadable(source.id, scan.unreadable);
    const { patches, tooMuchNodata } = await addScenes(store, source, scan.scenes, grid, work);
    await measureBands(store, source.folder, patches, work);
    sceneCount += scan.scenes.length;
    nodata += tooMuchNodata;
    unreadable.push(...scan.unreadable);
  }
  return { scenes: sceneCount, patches: store.counts().patches - before, tooMuchNodata: nodata, unreadable };
}
