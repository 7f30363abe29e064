import type { FileIndex } from "../../archive/index/file-index.ts";
import { type IndexUpdate, summariseChanges, updateIndex } from "../../archive/index/update-index.ts";
import { noRasters, requireScenes, scenesOfUpdate } from "../../archive/scan.ts";
import type { Grid, Scene } from "../../shared/domain/imagery.ts";
import type { ScanReport } from "../../shared/domain/sources.ts";
import { FieldmarkError } from "../../shared/errors.ts";
import type { ProjectStore, UnreadableFile } from "../../store/project-store.ts";
import type { Work } from "../work.ts";
import { cutScenes } from "./cut-scenes.ts";
import { measureBands } from "./measure-bands.ts";
import { knownScenes, type SavedScenes, type SourceScenes, saveScenes } from "./save-scenes.ts";

export interface SourcePlace {
  readonly id: number;
  readonly folder: string;
}

export interface ScannedSource {
  readonly report: ScanReport;
  readonly unreadable: readonly UnreadableFile[];
}

/**
 * Brings a source of a project up to what lies in its folder: files → scenes → patches → band statistics. Everything
 * is written down in batches, and what is done is not done again, so that a scan that was cancelled or killed goes on
 * where it was. Files whose size and time are as before are not opened. No patch is ever deleted.
 *
 * @param gridOf the project's patch grid, once its scenes are known
 * @throws FieldmarkError `not-found` for a folder that is missing, `no-rasters` for one without imagery; `Cancelled`
 */
export async function updateSource(
  store: ProjectStore,
  source: SourcePlace,
  gridOf: (scenes: readonly Scene[]) => Grid,
  work: Work,
): Promise<ScannedSource> {
  const start = performance.now();
  const { report: last } = store.scanState(source.id);
  const patchesBefore = store.sourceTotals(source.id).patches;
  const index = storedIndex(store, source.id);
  // Projects of earlier versions have scenes, but no index of their files.
  const takesOver = last === null && patchesBefore > 0 && index.entries().length === 0;
  const scan = store.beginScan(source.id);
  const options = { signal: work.signal, onProgress: work.progress };
  const update = await updateIndex(source.folder, index, options);
  if (update.files.length === 0) throw nothingThere(source.folder, update);

  let counts: SavedScenes = { added: 0, changed: 0 };
  let leftOut = 0;
  let cloudy = 0;
  let { outcomes } = update;
  if (!update.unchanged || last === null) {
    const known = await knownScenes(store, source.id, update.outcomes);
    const made = await scenesOfUpdate(source.folder, update, { ...options, knownNodata: known.nodata });
    requireScenes(source.folder, made);
    if (takesOver) outcomes = withoutKnown(outcomes, known);
    const place = { id: source.id, scan };
    counts = await saveScenes(store, place, known, made.scenes, update.outcomes, work);
    const cut = await cutScenes(store, source, gridOf(made.scenes), work);
    leftOut = cut.tooMuchNodata + cut.cloudy;
    cloudy = cut.cloudy;
    store.saveUnreadable(source.id, [...made.unreadable, ...cut.unreadable]);
    await measureBands(store, source, work);
  }
  const totals = store.sourceTotals(source.id);
  const unreadable = store.sources().find(({ id }) => id === source.id)?.unreadable ?? [];
  const report: ScanReport = {
    finishedAt: new Date().toISOString(),
    seconds: (performance.now() - start) / 1000,
    changes: summariseChanges({ files: update.files.length, outcomes, missing: update.missing }),
    headersRead: update.headersRead,
    unreadable: unreadable.length,
    scenes: { total: totals.scenes, missing: totals.missingScenes, ...counts },
    patches: {
      added: totals.patches - patchesBefore,
      leftOut,
      cloudy,
      changed: store.changedPatches(scan),
      missing: totals.missingPatches,
    },
  };
  store.finishScan(source.id, scan, update.missing, report);
  return { report, unreadable };
}

function storedIndex(store: ProjectStore, sourceId: number): FileIndex {
  return {
    entries: () => store.files(sourceId),
    save: (files) => store.saveFiles(sourceId, files),
  };
}

function nothingThere(folder: string, { missing, unreadable }: IndexUpdate): FieldmarkError {
  const known = missing.length;
  if (known === 0) return noRasters(folder, unreadable);
  return new FieldmarkError(
    "no-rasters",
    `${folder} holds no raster files any more, where there were ${known}. Its drive may not be connected, or the imagery was moved: connect it, or say where the folder is now. Nothing was changed.`,
    { details: { path: folder } },
  );
}

/** Files that are new to the index, but not to the project. */
function withoutKnown(outcomes: IndexUpdate["outcomes"], known: SourceScenes): IndexUpdate["outcomes"] {
  return new Map([...outcomes].filter(([path]) => !known.files.has(path)));
}
