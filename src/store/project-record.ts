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
import type { Connection } from "./connection.ts";

export interface NewProject {
  readonly name: string;
  readonly kind: ProjectKind;
  readonly settings?: Partial<ProjectSettings>;
  readonly grid: Grid;
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
  readonly createdAt: string;
}

export function insertProject(db: Connection, project: NewProject): void {
  const settings = projectSettingsSchema.parse({ ...DEFAULT_PROJECT_SETTINGS, ...project.settings });
  db.write(() =>
    db.run(
      "INSERT INTO project (id, uuid, name, kind, settings, grid, created_at) VALUES (1, ?, ?, ?, ?, ?, ?)",
      randomUUID(),
      project.name,
      project.kind,
      JSON.stringify(settings),
      JSON.stringify(gridSchema.parse(project.grid)),
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
  readonly created_at: string;
}

/** Undefined in a database whose creation was cut short. */
export function readProject(db: Connection): ProjectRecord | undefined {
  const row = db.get<ProjectRow>(
    "SELECT uuid, name, kind, settings, grid, has_splits, created_at FROM project",
  );
  if (!row) return undefined;
  return {
    uuid: row.uuid,
    name: row.name,
    kind: row.kind,
    // Settings that a later version added get their default.
    settings: projectSettingsSchema.parse({ ...DEFAULT_PROJECT_SETTINGS, ...JSON.parse(row.settings) }),
    grid: gridSchema.parse(JSON.parse(row.grid)),
    hasSplits: row.has_splits === 1,
    createdAt: row.created_at,
  };
}

export function saveSettings(db: Connection, settings: ProjectSettings): void {
  const text = JSON.stringify(projectSettingsSchema.parse(settings));
  db.write(() => db.run("UPDATE project SET settings = ?", text));
}

export function saveGrid(db: Connection, grid: Grid): void {
  const text = JSON.stringify(gridSchema.parse(grid));
  db.write(() => db.run("UPDATE project SET grid = ?", text));
}

export function bandStatistics(db: Connection): BandStatistics[] {
  return z
    .array(bandStatisticsSchema)
    .parse(JSON.parse(db.value<string>("SELECT band_statistics FROM project") ?? "[]"));
}

export function saveBandStatistics(db: Connection, statistics: readonly BandStatistics[]): void {
  const text = JSON.stringify(z.array(bandStatisticsSchema).parse(statistics));
  db.write(() => db.run("UPDATE project SET band_statistics = ?", text));
}
