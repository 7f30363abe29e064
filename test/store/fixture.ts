import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach } from "vitest";
import { DEFAULT_GRID, type Scene } from "../../src/shared/domain/imagery.ts";
import type { ProjectKind } from "../../src/shared/domain/learning.ts";
import { createProject, type ProjectStore } from "../../src/store/project-store.ts";

const folders: string[] = [];
const stores: ProjectStore[] = [];

afterEach(() => {
  for (const store of stores.splice(0)) store.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is removed after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "fieldmark-store-"));
  folders.push(folder);
  return folder;
}

/** The same store, closed after the test. */
export function closing(store: ProjectStore): ProjectStore {
  stores.push(store);
  return store;
}

export function makeScene(name: string, change: Partial<Scene> = {}): Scene {
  return {
    name,
    sensor: "aerial-rgb",
    width: 64,
    height: 64,
    dtype: "uint8",
    nodata: null,
    geotransform: null,
    epsg: null,
    proj4: null,
    bands: ["red", "green", "blue"].map((band, fileBand) => ({
      name: band,
      file: `${name}.tif`,
      fileBand,
      width: 64,
      height: 64,
    })),
    bytes: 12_345,
    modified: 1_700_000_000_000,
    ...change,
  };
}

export interface Fixture {
  readonly store: ProjectStore;
  readonly folder: string;
  readonly patches: readonly number[];
  readonly classIds: readonly number[];
}

/** A project of whole-file patches `image0`, `image1`, … with the classes A, B, C. */
export function makeProject(
  patchCount = 6,
  options: { kind?: ProjectKind; confirmImpliesAbsent?: boolean } = {},
): Fixture {
  const folder = join(temporaryFolder(), "test.fieldmark");
  const store = closing(
    createProject(folder, {
      name: "Test",
      kind: options.kind ?? "multi-label",
      grid: DEFAULT_GRID,
      settings:
        options.confirmImpliesAbsent === undefined
          ? {}
          : { confirmImpliesAbsent: options.confirmImpliesAbsent },
    }),
  );
  const classIds = store.saveClasses([{ name: "A" }, { name: "B" }, { name: "C" }]).map((one) => one.id);
  const patches = store.transaction(() => {
    const source = store.addSource("/imagery/archive");
    const scenes = store.addScenes(
      source,
      Array.from({ length: patchCount }, (_, index) => makeScene(`image${index}`)),
    );
    return scenes.flatMap((scene, index) =>
      store.addPatches(scene, [{ name: `image${index}`, x: 0, y: 0, width: 64, height: 64 }]),
    );
  });
  return { store, folder, patches, classIds };
}

export const ana = { annotator: "Ana", origin: "manual", round: null } as const;
export const reviewer = { annotator: "Ana", round: null } as const;

/** Looks into (or tampers with) a project's database past the store; the project must be closed for writing. */
export function withDatabase<Result>(folder: string, work: (database: Database.Database) => Result): Result {
  const database = new Database(join(folder, "project.sqlite"));
  try {
    return work(database);
  } finally {
    database.close();
  }
}

/** The code of the error that `work` throws. */
export function errorOf(work: () => unknown): { code: string; message: string } {
  try {
    work();
  } catch (error) {
    if (error instanceof Error && "code" in error)
      return { code: String(error.code), message: error.message };
    throw error;
  }
  throw new Error("nothing was thrown");
}
