import { randomUUID } from "node:crypto";
import { z } from "zod";
import {
  type BandStatistics,
  bandStatisticsSchema,
  type Grid,
  gridSchema,
} from "../shared/domain/imagery.ts";
import type { ProjectKind } from "../shared/domain/learning.ts";
import {
  DEFAULT_PROJECT_SETTINGS,
  type ProjectSettings,
  projectSettingsSchema,
} from "../shared/domain/project.ts";
import { checked } from "./checked.ts";
import type { Connection } from "./connection.ts";

/** How far the making of a project came: its grid is not chosen yet, its imagery is not all cut yet, or all is done. */
export type SetUp = "scanning" | "cutting" | "done";

export interface NewProject {
  readonly name: string;
  readonly kind: ProjectKind;
  readonly settings?: Partial<ProjectSettings>;
  readonly grid: Grid;
  /** "done" by default. */
  readonly setUp?: SetUp;
}

export interface ProjectRecord {
  /** The same in every copy of the project. */
  readonly uuid: string;
  readonly name: string;
  readonly kind: ProjectKind;
  readonly settings: ProjectSettings;
  readonly grid: Grid;
  /** Whether a split file was imported: patches without a split then stay out of queries and training. */
  readonly hasSplits: boolean;
  readonly setUp: SetUp;
  readonly createdAt: string;
}

const SETTINGS = "The project's settings";
const GRID = "The patch grid";

export function insertProject(db: Connection, project: NewProject): void {
  const settings = { ...DEFAULT_PROJECT_SETTINGS, ...project.settings };
  db.write(() =>
    db.run(
      "INSERT INTO project (id, uuid, name, kind, settings, grid, set_up, created_at) VALUES (1, ?, ?, ?, ?, ?, ?, ?)",
      randomUUID(),
      project.name,
      project.kind,
      JSON.stringify(checked(projectSettingsSchema, settings, SETTINGS)),
      JSON.stringify(checked(gridSchema, project.grid, GRID)),
      project.setUp ?? "done",
      new Date().toISOString(),
    ),
  );
}

interface ProjectRow {
  readonly uuid: string;
  readonly name: string;
  readonly kind: ProjectKind;
  readonly settings: string;
  readonly grid: string;
  readonly has_splits: number;
  readonly set_up: SetUp;
  readonly created_at: string;
}

/** Undefined in a database that has lost it. */
export function readProject(db: Connection): ProjectRecord | undefined {
  const row = db.get<ProjectRow>(
    "SELECT uuid, name, kind, settings, grid, has_splits, set_up, created_at FROM project",
  );
  if (!row) return undefined;
  // Settings that a later version added get their default.
  const settings: unknown = { ...DEFAULT_PROJECT_SETTINGS, ...JSON.parse(row.settings) };
  return {
    uuid: row.uuid,
    name: row.name,
    kind: row.kind,
    settings: checked(projectSettingsSchema, settings, SETTINGS, "project-corrupt"),
    grid: checked(gridSchema, JSON.parse(row.grid), GRID, "project-corrupt"),
    hasSplits: row.has_splits === 1,
    setUp: row.set_up,
    createdAt: row.created_at,
  };
}

export function saveSettings(db: Connection, settings: ProjectSettings): void {
  const text = JSON.stringify(checked(projectSettingsSchema, settings, SETTINGS));
  db.write(() => db.run("UPDATE project SET settings = ?", text));
}

export function saveGrid(db: Connection, grid: Grid): void {
  const text = JSON.stringify(checked(gridSchema, grid, GRID));
  db.write(() => db.run("UPDATE project SET grid = ?", text));
}

export function saveSetUp(db: Connection, setUp: SetUp): void {
  db.write(() => db.run("UPDATE project SET set_up = ?", setUp));
}

const bandsSchema = z.array(bandStatisticsSchema);
const BANDS = "The band statistics";

export function bandStatistics(db: Connection): BandStatistics[] {
  const text = db.value<string>("SELECT band_statistics FROM project") ?? "[]";
  return checked(bandsSchema, JSON.parse(text), BANDS, "project-corrupt");
}

export function saveBandStatistics(db: Connection, statistics: readonly BandStatistics[]): void {
  const text = JSON.stringify(checked(bandsSchema, statistics, BANDS));
  db.write(() => db.run("UPDATE project SET band_statistics = ?", text));
}
