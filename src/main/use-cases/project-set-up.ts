import { existsSync } from "node:fs";
import { readdir, rm, rmdir } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { suggestGrid } from "../../archive/grid.ts";
import { DEFAULT_GRID, type Grid, type Scene } from "../../shared/domain/imagery.ts";
import type { ProjectKind } from "../../shared/domain/learning.ts";
import type { ScanReport } from "../../shared/domain/sources.ts";
import type { ClassInput } from "../../shared/domain/taxonomy.ts";
import { FieldmarkError } from "../../shared/errors.ts";
import {
  createProject,
  openProject,
  type ProjectStore,
  type UnreadableFile,
} from "../../store/project-store.ts";
import type { Work } from "../work.ts";
import { PROJECT_EXTENSION } from "./project-folder.ts";
import { updateSource } from "./scan-source.ts";

export interface NewProject {
  /** The project's folder, ending in `.fieldmark`. */
  readonly folder: string;
  readonly name?: string;
  readonly kind: ProjectKind;
  readonly source: string;
  /** Given, or chosen once the scenes are known. */
  readonly grid: Grid | ((scenes: readonly Scene[]) => Grid);
  readonly classes: readonly ClassInput[];
}

export interface AddedImagery {
  readonly scenes: number;
  readonly patches: number;
  readonly tooMuchNodata: number;
  /** Windows left out for clouds. */
  readonly cloudy: number;
  readonly unreadable: readonly UnreadableFile[];
}

/** One source's part of a scan of a project. */
export interface RescannedSource {
  readonly id: number;
  readonly name: string;
  readonly folder: string;
  /** Null where the folder is missing: it was passed over. */
  readonly report: ScanReport | null;
}

export interface Rescan {
  readonly sources: readonly RescannedSource[];
  /** Scenes in the sources that were scanned, missing ones included. */
  readonly scenes: number;
  /** Patches that were added. */
  readonly patches: number;
  readonly unreadable: readonly UnreadableFile[];
}

/** The parts of a project's folder that Fieldmark makes. */
const PARTS = /^(?:project\.(?:sqlite.*|lock)|embeddings|models|cache)$/;

/**
 * Makes a project from a folder of imagery: scan, cut, measure. When it fails or is cancelled, nothing of the new
 * project stays behind. When the program is killed, what was done is kept, and making the same project again goes on
 * from there. Errors: `no-rasters`, `project-exists`, `read-only`, `disk-full`.
 */
export async function setUpProject(
  input: NewProject,
  work: Work,
): Promise<{ store: ProjectStore; added: AddedImagery }> {
  const folder = resolve(input.source);
  const store = openUnfinished(input, folder) ?? createProject(input.folder, newRecord(input));
  try {
    if (input.classes.length > 0 && store.classes().length === 0) store.saveClasses(input.classes);
    const source = { id: store.addSource(folder), folder };
    const { grid } = input;
    const choose = typeof grid === "function" ? grid : () => grid;
    const { report, unreadable } = await updateSource(store, source, settledGrid(store, choose), work);
    const { patches } = store.counts();
    if (patches === 0) {
      throw new FieldmarkError(
        "no-rasters",
        `The ${report.scenes.total} scenes in ${input.source} give no patch with this grid: they hold too much nodata or too many clouds, or are smaller than a patch. Choose a smaller patch size or higher limits of nodata and clouds.`,
        { details: { source: input.source, tooMuchNodata: report.patches.leftOut } },
      );
    }
    store.saveSetUp("done");
    const { leftOut, cloudy = 0 } = report.patches;
    const added = {
      scenes: report.scenes.total,
      patches,
      tooMuchNodata: leftOut - cloudy,
      cloudy,
      unreadable,
    };
    return { store, added };
  } catch (error) {
    // A project that was opened half made may have labels by now, which nobody may delete.
    const isEmpty = store.journalPosition() === 0;
    store.close();
    if (isEmpty) await removeProject(input.folder);
    throw error;
  }
}

function newRecord({ folder, name, kind, grid }: NewProject) {
  return {
    name: name ?? basename(folder, PROJECT_EXTENSION),
    kind,
    grid: typeof grid === "function" ? DEFAULT_GRID : grid,
    setUp: typeof grid === "function" ? ("scanning" as const) : ("cutting" as const),
  };
}

/** The same project, half made when the program ended; null where there is none, or a finished or another one. */
function openUnfinished({ folder, kind, grid }: NewProject, source: string): ProjectStore | null {
  if (!existsSync(join(folder, "project.sqlite"))) return null;
  const store = openProject(folder, { readOnly: true });
  try {
    const project = store.project();
    const sources = store.sources();
    const isSame =
      project.setUp !== "done" &&
      project.kind === kind &&
      sources.every((one) => one.folder === source) &&
      (typeof grid === "function" || JSON.stringify(grid) === JSON.stringify(project.grid));
    if (!isSame) return null;
  } finally {
    store.close();
  }
  return openProject(folder);
}

/** The project's grid: the one chosen before, or the one chosen now and kept. */
function settledGrid(store: ProjectStore, choose: (scenes: readonly Scene[]) => Grid) {
  return (scenes: readonly Scene[]): Grid => {
    const project = store.project();
    if (project.setUp !== "scanning") return project.grid;
    const grid = choose(scenes);
    store.transaction(() => {
      store.saveGrid(grid);
      store.saveSetUp("cutting");
    });
    return grid;
  };
}

/** Whatever else lies in the folder stays, and the folder with it. */
async function removeProject(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((one) => PARTS.test(one)))
    await rm(join(folder, name), { recursive: true, force: true });
  await rmdir(folder).catch(() => {});
}

/**
 * Looks for new, changed and missing rasters in all sources, or in some of them; what is there keeps its ids and
 * labels. A scan that was interrupted, the making of the project included, is finished. Sources whose folder is
 * missing are passed over; where all are, `not-found`.
 */
export async function rescanProject(
  store: ProjectStore,
  work: Work,
  sourceIds: readonly number[] = store.sources().map(({ id }) => id),
): Promise<Rescan> {
  const sources: RescannedSource[] = [];
  const unreadable: UnreadableFile[] = [];
  for (const { id, name, folder, available } of store.sources()) {
    if (!sourceIds.includes(id)) continue;
    if (!available) {
      sources.push({ id, name, folder, report: null });
      continue;
    }
    const scanned = await updateSource(store, { id, folder }, settledGrid(store, suggestGrid), work);
    sources.push({ id, name, folder, report: scanned.report });
    unreadable.push(...scanned.unreadable);
  }
  const reports = sources.flatMap(({ report }) => report ?? []);
  const [missing] = sources;
  if (reports.length === 0 && missing) {
    throw new FieldmarkError(
      "not-found",
      `${missing.folder} is missing. Connect its drive, or say where the folder is now; nothing was changed.`,
      { details: { path: missing.folder } },
    );
  }
  if (store.project().setUp === "cutting") store.saveSetUp("done");
  return {
    sources,
    scenes: reports.reduce((sum, { scenes }) => sum + scenes.total, 0),
    patches: reports.reduce((sum, { patches }) => sum + patches.added, 0),
    unreadable,
  };
}
