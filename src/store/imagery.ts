import { existsSync } from "node:fs";
import { basename } from "node:path";
import { type Scene, type Split, sceneSchema } from "../shared/domain/imagery.ts";
import { FieldmarkError } from "../shared/errors.ts";
import type { PixelWindow } from "../shared/raster.ts";
import { checked } from "./checked.ts";
import type { Connection } from "./connection.ts";

export interface UnreadableFile {
  readonly path: string;
  readonly message: string;
}

export interface Source {
  readonly id: number;
  /** Part of the identity of the source's patches in every copy of the project; stays when the folder moves. */
  readonly name: string;
  /** Absolute. */
  readonly folder: string;
  /** Whether the folder is there now. */
  readonly available: boolean;
  readonly scenes: number;
  readonly unreadable: readonly UnreadableFile[];
}

/** A patch to be added: its name and its window in the scene's finest grid. */
export interface NewPatch extends PixelWindow {
  readonly name: string;
}

/** A patch with all that is needed to read its pixels. */
export interface PatchPlace {
  readonly id: number;
  readonly name: string;
  readonly sourceId: number;
  /** The source's folder. */
  readonly root: string;
  readonly sceneId: number;
  readonly scene: Scene;
  readonly window: PixelWindow;
  readonly split: Split | null;
}

/** Adds a folder of imagery; a folder that the project has already gives its id. */
export function addSource(db: Connection, folder: string): number {
  return db.write(() => {
    const known = db.value<number>("SELECT id FROM source WHERE folder = ?", folder);
    if (known !== undefined) return known;
    return db.run(
      "INSERT INTO source (name, folder, added_at) VALUES (?, ?, ?)",
      freeSourceName(db, basename(folder) || "source"),
      folder,
      new Date().toISOString(),
    );
  });
}

export function sources(db: Connection): Source[] {
  return db
    .all<{ id: number; name: string; folder: string; scenes: number }>(
      `SELECT id, name, folder, (SELECT count(*) FROM scene WHERE source_id = source.id) AS scenes
       FROM source ORDER BY id`,
    )
    .map((row) => ({
      ...row,
      available: existsSync(row.folder),
      unreadable: db.all<UnreadableFile>(
        "SELECT path, message FROM unreadable WHERE source_id = ? ORDER BY path",
        row.id,
      ),
    }));
}

/** Says where the source's folder is now; its scenes, patches and labels stay. */
export function repointSource(db: Connection, sourceId: number, folder: string): void {
  db.write(() => {
    const other = db.value<number>("SELECT id FROM source WHERE folder = ? AND id <> ?", folder, sourceId);
    if (other !== undefined) {
      throw new FieldmarkError("invalid-input", `${folder} is already another source of this project.`);
    }
    const changed = db.change("UPDATE source SET folder = ? WHERE id = ?", folder, sourceId);
    if (changed === 0) throw missingSource(sourceId);
  });
}

/** Replaces the list of files that the last scan of the source could not read. */
export function saveUnreadable(db: Connection, sourceId: number, files: readonly UnreadableFile[]): void {
  db.write(() => {
    requireSource(db, sourceId);
    db.run("DELETE FROM unreadable WHERE source_id = ?", sourceId);
    for (const file of files) {
      db.run(
        `INSERT INTO unreadable (source_id, path, message) VALUES (?, ?, ?)
         ON CONFLICT DO UPDATE SET message = excluded.message`,
        sourceId,
        file.path,
        file.message,
      );
    }
  });
}

/**
 * Adds scenes; one whose name the source has already is updated and keeps its patches.
 *
 * @returns the scenes' ids, in order
 */
export function addScenes(db: Connection, sourceId: number, scenes: readonly Scene[]): number[] {
  return db.write(() => {
    requireSource(db, sourceId);
    return scenes.map(
      (scene) =>
        // An upsert that changes nothing would not return the row: hence the assignment.
        db.value<number>(
          `INSERT INTO scene (source_id, name, definition) VALUES (?, ?, ?)
           ON CONFLICT (source_id, name) DO UPDATE SET definition = excluded.definition RETURNING id`,
          sourceId,
          scene.name,
          JSON.stringify(checked(sceneSchema, scene, `The scene ${scene.name}`)),
        )!,
    );
  });
}

/** The scenes of a source, by id; to see on a new scan what has changed. */
export function scenesOf(db: Connection, sourceId: number): Map<number, Scene> {
  const rows = db.all<{ id: number; definition: string }>(
    "SELECT id, definition FROM scene WHERE source_id = ? ORDER BY id",
    sourceId,
  );
  return new Map(rows.map((row) => [row.id, parseScene(row.definition)]));
}

/**
 * Adds patches of a scene; windows that the scene has already are kept, with their labels.
 *
 * @returns the patches' ids, in order, of new and known windows alike
 */
export function addPatches(db: Connection, sceneId: number, patches: readonly NewPatch[]): number[] {
  return db.write(() =>
    patches.map((patch) => {
      const window = [sceneId, patch.x, patch.y, patch.width, patch.height] as const;
      const known = db.value<number>(
        "SELECT id FROM patch WHERE scene_id = ? AND x = ? AND y = ? AND width = ? AND height = ?",
        ...window,
      );
      return (
        known ??
        db.run(
          "INSERT INTO patch (scene_id, x, y, width, height, name) VALUES (?, ?, ?, ?, ?, ?)",
          ...window,
          patch.name,
        )
      );
    }),
  );
}

/** @throws FieldmarkError not-found */
export function placeOf(db: Connection, patchId: number): PatchPlace {
  const row = db.get<{
    name: string;
    split: Split | null;
    x: number;
    y: number;
    width: number;
    height: number;
    sceneId: number;
    definition: string;
    sourceId: number;
    root: string;
  }>(
    `SELECT patch.name, patch.split, patch.x, patch.y, patch.width, patch.height, scene.id AS sceneId,
       scene.definition, source.id AS sourceId, source.folder AS root
     FROM patch JOIN scene ON scene.id = patch.scene_id JOIN source ON source.id = scene.source_id
     WHERE patch.id = ?`,
    patchId,
  );
  if (!row) throw missingPatch(patchId);
  return {
    id: patchId,
    name: row.name,
    sourceId: row.sourceId,
    root: row.root,
    sceneId: row.sceneId,
    scene: parseScene(row.definition),
    window: { x: row.x, y: row.y, width: row.width, height: row.height },
    split: row.split,
  };
}

/** A scene as it was saved: the schema checked it on the way in. */
export function parseScene(definition: string): Scene {
  return JSON.parse(definition) as Scene;
}

export function missingPatch(patchId: number): FieldmarkError {
  return new FieldmarkError(
    "not-found",
    `The project has no patch with the id ${patchId}. Reload the list.`,
    { details: { patchId } },
  );
}

function missingSource(sourceId: number): FieldmarkError {
  return new FieldmarkError("not-found", `The project has no source with the id ${sourceId}.`);
}

function requireSource(db: Connection, sourceId: number): void {
  if (db.value<number>("SELECT id FROM source WHERE id = ?", sourceId) === undefined) {
    throw missingSource(sourceId);
  }
}

function freeSourceName(db: Connection, wanted: string): string {
  const taken = new Set(db.column<string>("SELECT name FROM source"));
  if (!taken.has(wanted)) return wanted;
  let number = 2;
  while (taken.has(`${wanted} ${number}`)) number++;
  return `${wanted} ${number}`;
}
