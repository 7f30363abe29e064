import type { PatchFilter } from "../shared/contracts/app.ts";
import type { BandStatistics, Grid, PatchTable, Scene } from "../shared/domain/imagery.ts";
import type { PatchLabels } from "../shared/domain/labels.ts";
import type { ProjectSettings } from "../shared/domain/project.ts";
import type { ScanReport } from "../shared/domain/sources.ts";
import type { ClassInput, TaxonomyClass } from "../shared/domain/taxonomy.ts";
import { FieldmarkError } from "../shared/errors.ts";
import type { Connection } from "./connection.ts";
import * as encodings from "./encodings.ts";
import * as files from "./files.ts";
import * as imagery from "./imagery.ts";
import { type Authorship, journalPosition } from "./journal.ts";
import * as reads from "./label-reads.ts";
import { changeLabels, type ImportedLabels, importLabels, type LabelChange } from "./labels.ts";
import * as models from "./models.ts";
import * as pages from "./page.ts";
import { createPatchLookup, type PatchLookup } from "./patch-lookup.ts";
import * as tables from "./patch-tables.ts";
import {
  createProjectFiles,
  type OpenProject,
  openProjectFiles,
  type ProjectPaths,
} from "./project-files.ts";
import * as record from "./project-record.ts";
import { rebuildProjection } from "./projection.ts";
import { confirmPatches, flagPatches, type LabelsFirst, type Reviewer, skipPatches } from "./review.ts";
import * as rounds from "./rounds.ts";
import * as sets from "./sets.ts";
import * as splits from "./splits.ts";
import * as taxonomy from "./taxonomy.ts";
import * as steps from "./undo.ts";
import { type JournalReport, verifyJournal } from "./verify.ts";

export type { FileEntry, PendingChange, ScanState, StoredFile } from "./files.ts";
export type {
  CutScene,
  NewPatch,
  PatchPlace,
  SceneUpdate,
  Source,
  SourceTotals,
  StoredScene,
  UnreadableFile,
} from "./imagery.ts";
export type { Authorship } from "./journal.ts";
export type { HistoryEntry } from "./label-reads.ts";
export type { ImportedLabels, LabelChange } from "./labels.ts";
export type { ModelRecord, NewModel } from "./models.ts";
export type { PatchPage, PatchRow } from "./page.ts";
export type { Corner, PatchLookup, PatchMatch } from "./patch-lookup.ts";
export type { ProjectPaths } from "./project-files.ts";
export type { NewProject, ProjectRecord, SetUp } from "./project-record.ts";
export type { Reviewer } from "./review.ts";
export type { NewRound, QueryItem, StoredRound } from "./rounds.ts";
export type { MetricSource, PatchSelection, ProjectCounts } from "./sets.ts";
export type { SplitAssignment, SplitCounts } from "./splits.ts";
export type { JournalReport } from "./verify.ts";

/** Wall clock of a label, in ms since 1970; left out = now. */
interface At {
  readonly time?: number;
}

/**
 * Makes a project in `folder` (NAME.fieldmark) and opens it.
 *
 * @throws FieldmarkError project-exists, read-only, disk-full
 */
export function createProject(folder: string, project: record.NewProject): ProjectStore {
  createProjectFiles(folder, project);
  return openProject(folder);
}

/**
 * Opens the project in `folder`. Where the folder may not be written to it is opened for reading, and
 * `readOnly` says so.
 *
 * @throws FieldmarkError project-missing, project-locked, project-newer, project-corrupt
 */
export function openProject(folder: string, options: { readonly readOnly?: boolean } = {}): ProjectStore {
  return new ProjectStore(openProjectFiles(folder, options.readOnly ?? false));
}

/**
 * One open project: the only way to its database. Synchronous; a call that changes something is on disk
 * when it returns, or has changed nothing and throws. In a project open for reading, such calls throw
 * `read-only`.
 */
export class ProjectStore {
  readonly paths: ProjectPaths;
  /** What the user should know about the project's place (network share, no write-ahead log). */
  readonly warnings: readonly string[];
  readonly #db: Connection;
  readonly #open: OpenProject;
  #closed = false;

  constructor(open: OpenProject) {
    this.#open = open;
    this.#db = open.connection;
    this.paths = open.paths;
    this.warnings = open.warnings;
  }

  get readOnly(): boolean {
    return this.#db.readOnlyReason !== null;
  }
  /** A sentence for the user; null when the project can be written to. */
  get readOnlyReason(): string | null {
    return this.#db.readOnlyReason;
  }
  /** Uuid of this copy of the project on this machine; null in a project only ever read. */
  get replicaId(): string | null {
    return this.#open.replica?.uuid ?? null;
  }

  /** Gives up the project; calling it twice does no harm. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#open.close();
  }

  /** Several changes as one, all or nothing; bulk changes are also much faster so. */
  transaction<Result>(work: () => Result): Result {
    return this.#db.write(work);
  }

  // Project

  project(): record.ProjectRecord {
    const project = record.readProject(this.#db);
    if (!project)
      throw new FieldmarkError("project-corrupt", `${this.paths.folder} has lost its project row.`);
    return project;
  }
  saveSettings(change: Partial<ProjectSettings>): ProjectSettings {
    return this.transaction(() => {
      record.saveSettings(this.#db, { ...this.project().settings, ...change });
      return this.project().settings;
    });
  }
  saveGrid(grid: Grid): void {
    record.saveGrid(this.#db, grid);
  }
  saveSetUp(setUp: record.SetUp): void {
    record.saveSetUp(this.#db, setUp);
  }
  bandStatistics(): BandStatistics[] {
    return record.bandStatistics(this.#db);
  }
  saveBandStatistics(statistics: readonly BandStatistics[]): void {
    record.saveBandStatistics(this.#db, statistics);
  }
  counts(): sets.ProjectCounts {
    return sets.counts(this.#db);
  }

  // Taxonomy

  classes(): TaxonomyClass[] {
    return taxonomy.classes(this.#db);
  }
  saveClasses(inputs: readonly ClassInput[]): TaxonomyClass[] {
    return taxonomy.saveClasses(this.#db, inputs);
  }

  // Imagery

  addSource(folder: string): number {
    return imagery.addSource(this.#db, folder);
  }
  sources(): imagery.Source[] {
    return imagery.sources(this.#db);
  }
  repointSource(sourceId: number, folder: string): void {
    imagery.repointSource(this.#db, sourceId, folder);
  }
  saveUnreadable(sourceId: number, files: readonly imagery.UnreadableFile[]): void {
    imagery.saveUnreadable(this.#db, sourceId, files);
  }
  addScenes(sourceId: number, scenes: readonly Scene[]): number[] {
    return imagery.addScenes(this.#db, sourceId, scenes);
  }
  /** By id. */
  scenes(sourceId: number): Map<number, Scene> {
    return imagery.scenesOf(this.#db, sourceId);
  }
  storedScenes(sourceId: number, after?: number, limit?: number): imagery.StoredScene[] {
    return imagery.storedScenes(this.#db, sourceId, after, limit);
  }
  sceneTexts(ids: Iterable<number>): Map<number, string> {
    return imagery.sceneTexts(this.#db, ids);
  }
  updateScenes(sourceId: number, scan: number, updates: readonly imagery.SceneUpdate[]): void {
    imagery.updateScenes(this.#db, sourceId, scan, updates);
  }
  markScenesMissing(sceneIds: readonly number[]): void {
    imagery.markScenesMissing(this.#db, sceneIds);
  }
  saveCutScenes(scenes: readonly imagery.CutScene[]): void {
    imagery.saveCutScenes(this.#db, scenes);
  }
  uncutScenes(sourceId: number): { id: number; scene: Scene }[] {
    return imagery.uncutScenes(this.#db, sourceId);
  }
  sourceTotals(sourceId: number): imagery.SourceTotals {
    return imagery.sourceTotals(this.#db, sourceId);
  }
  changedPatches(scan: number): number {
    return imagery.changedPatches(this.#db, scan);
  }
  addPatches(sceneId: number, patches: readonly imagery.NewPatch[]): number[] {
    return imagery.addPatches(this.#db, sceneId, patches);
  }
  placeOf(patchId: number): imagery.PatchPlace {
    return imagery.placeOf(this.#db, patchId);
  }
  patchIds(selection: sets.PatchSelection = {}): Int32Array {
    return sets.patchIds(this.#db, selection);
  }
  patchTable(ids?: Iterable<number>): PatchTable {
    return tables.patchTable(this.#db, ids);
  }
  patchTables(ids?: Iterable<number>): PatchTable[] {
    return tables.patchTables(this.#db, ids);
  }
  /** Reads names as they are needed, each table once: make one for an import, not one a row. */
  patchLookup(): PatchLookup {
    return createPatchLookup(this.#db);
  }

  // The index of the sources' files

  files(sourceId: number): files.FileEntry[] {
    return files.filesOf(this.#db, sourceId);
  }
  saveFiles(
    sourceId: number,
    entries: readonly { readonly file: files.StoredFile; readonly pending: files.PendingChange | null }[],
  ): void {
    files.saveFiles(this.#db, sourceId, entries);
  }
  fileTotals(sourceId: number): { files: number; bytes: number } {
    return files.fileTotals(this.#db, sourceId);
  }
  someFiles(sourceId: number, count: number): string[] {
    return files.someFiles(this.#db, sourceId, count);
  }
  /** Number of the source's unfinished scan, or of a new one. */
  beginScan(sourceId: number): number {
    return files.beginScan(this.#db, sourceId);
  }
  finishScan(sourceId: number, scan: number, missing: readonly string[], report: ScanReport): void {
    files.finishScan(this.#db, sourceId, scan, missing, report);
  }
  scanState(sourceId: number): files.ScanState {
    return files.scanState(this.#db, sourceId);
  }
  outdatedPatches(encoder: string): Int32Array {
    return encodings.outdatedPatches(this.#db, encoder);
  }
  newestChange(): number {
    return encodings.newestChange(this.#db);
  }
  saveEncoded(encoder: string, scan: number): void {
    encodings.saveEncoded(this.#db, encoder, scan);
  }

  // Splits and sets

  setSplits(assignments: readonly splits.SplitAssignment[]): void {
    splits.setSplits(this.#db, assignments);
  }
  splitCounts(): splits.SplitCounts {
    return splits.splitCounts(this.#db);
  }
  trainingIds(): Int32Array {
    return sets.trainingIds(this.#db);
  }
  validationIds(): Int32Array {
    return sets.validationIds(this.#db);
  }
  validationSource(): sets.MetricSource {
    return sets.validationSource(this.#db);
  }
  candidateIds(): Int32Array {
    return sets.candidateIds(this.#db);
  }
  controlIds(): Int32Array {
    return sets.controlIds(this.#db);
  }

  // Labels

  changeLabels(changes: readonly LabelChange[], author: Authorship & At): void {
    changeLabels(this.#db, this.#replica(), changes, author, author.time ?? Date.now());
  }
  /** With `first`, sets those labels before, in the same step of undo. */
  confirm(
    patchIds: readonly number[],
    confirmed: boolean,
    reviewer: Reviewer & At,
    first?: LabelsFirst,
  ): void {
    const time = reviewer.time ?? Date.now();
    confirmPatches(this.#db, this.#replica(), patchIds, confirmed, reviewer, time, first);
  }
  skip(patchIds: readonly number[], skipped: boolean, reviewer: Reviewer & At): void {
    skipPatches(this.#db, this.#replica(), patchIds, skipped, reviewer, reviewer.time ?? Date.now());
  }
  flag(patchIds: readonly number[], flagged: boolean, reviewer: Reviewer & At): void {
    flagPatches(this.#db, this.#replica(), patchIds, flagged, reviewer, reviewer.time ?? Date.now());
  }
  /** Returns the number of journal entries written. */
  importLabels(
    imported: Iterable<ImportedLabels>,
    options: { readonly annotator: string; readonly round?: number | null; readonly confirm?: boolean } & At,
  ): number {
    const { annotator, round = null, confirm = true, time = Date.now() } = options;
    return importLabels(this.#db, this.#replica(), imported, { annotator, round, confirm }, time);
  }
  /** Takes back the annotator's newest step; returns the patches that changed. */
  undo(annotator: string): number[] {
    return steps.undo(this.#db, this.#replica(), annotator, Date.now());
  }
  redo(annotator: string): number[] {
    return steps.redo(this.#db, this.#replica(), annotator, Date.now());
  }
  undoDepth(annotator: string): number {
    return steps.undoDepth(this.#db, annotator);
  }
  redoDepth(annotator: string): number {
    return steps.redoDepth(this.#db, annotator);
  }
  labelsOf(patchIds: Iterable<number>): Map<number, PatchLabels> {
    return reads.labelsOf(this.#db, patchIds);
  }
  /** Patches × classes (in the order of `classes()`), row-major: 1 present, 0 absent, −1 masked. */
  labelMatrix(patchIds: Iterable<number>): Int8Array {
    return reads.labelMatrix(this.#db, patchIds);
  }
  /** Class id → patches where the class is present. */
  presentCounts(): Map<number, number> {
    return reads.presentCounts(this.#db);
  }
  history(patchId: number): reads.HistoryEntry[] {
    return reads.history(this.#db, patchId);
  }
  /** Position of the newest journal entry; 0 = none. */
  journalPosition(): number {
    return journalPosition(this.#db);
  }
  rebuildProjection(): void {
    rebuildProjection(this.#db);
  }
  verifyJournal(): JournalReport {
    return verifyJournal(this.#db);
  }

  // Patches as the grid shows them

  page(filter: PatchFilter, offset: number, limit: number): pages.PatchPage {
    return pages.page(this.#db, filter, offset, limit);
  }
  items(patchIds: Iterable<number>): pages.PatchRow[] {
    return pages.items(this.#db, patchIds);
  }

  // Rounds and models

  createRound(round: rounds.NewRound): rounds.StoredRound {
    return rounds.createRound(this.#db, round);
  }
  rounds(): rounds.StoredRound[] {
    return rounds.rounds(this.#db);
  }
  newestRound(): rounds.StoredRound | null {
    return rounds.newestRound(this.#db);
  }
  /** Number of the newest round: the one that labels are given in. */
  currentRound(): number | null {
    return rounds.currentRound(this.#db);
  }
  addModel(model: models.NewModel): void {
    models.addModel(this.#db, model);
  }
  models(): models.ModelRecord[] {
    return models.models(this.#db);
  }
  newestModel(): models.ModelRecord | null {
    return models.newestModel(this.#db);
  }

  #replica(): number {
    if (this.#db.readOnlyReason !== null || this.#open.replica === null) {
      throw new FieldmarkError(
        "read-only",
        this.#db.readOnlyReason ?? "The project is open for reading only.",
      );
    }
    return this.#open.replica.number;
  }
}
