import { existsSync } from "node:fs";
import { basename } from "node:path";
import { type Scene, type Split, sceneSchema } from "../shared/domain/imagery.ts";
import { FieldmarkError } from "../shared/errors.ts";
import type { PixelWindow } from "../shared/raster.ts";
import { checked } from "./checked.ts";
import { type Connection, idList } from "./connection.ts";

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

/** A scene as it is stored. */
export interface StoredScene {
  readonly id: number;
  readonly scene: Scene;
  /** Whether its files were gone at the last scan. */
  readonly missing: boolean;
}

/** What a scan makes of a scene: a new one (`id` null), or a stored one with what its files say now. */
export interface SceneUpdate {
  readonly id: number | null;
  /** Under the name that it is stored with. */
  readonly scene: Scene;
  /** Whether its patches have other values: their embeddings are outdated. */
  readonly valuesChanged: boolean;
  /** Whether it has to be cut again; patches that are there stay. */
  readonly recut: boolean;
}

/** The patches that a scene was cut into. */
export interface CutScene {
  readonly sceneId: number;
  readonly patches: readonly NewPatch[];
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
 * Scenes of a source, by id, missing ones included: those after an id, so many at most. Sources may have very many.
 */
export function storedScenes(
  db: Connection,
  sourceId: number,
  after = 0,
  limit = Number.MAX_SAFE_INTEGER,
): StoredScene[] {
  return db
    .all<{ id: number; definition: string; missing: number }>(
      "SELECT id, definition, missing FROM scene WHERE source_id = ? AND id > ? ORDER BY id LIMIT ?",
      sourceId,
      after,
      limit,
    )
    .map(({ id, definition, missing }) => ({ id, scene: parseScene(definition), missing: missing === 1 }));
}

/** Scenes by id as the text that they are stored as: equal scenes have equal texts. */
export function sceneTexts(db: Connection, ids: Iterable<number>): Map<number, string> {
  const rows = db.all<{ id: number; definition: string }>(
    "SELECT scene.id, definition FROM json_each(?) AS wanted CROSS JOIN scene ON scene.id = wanted.value",
    idList(ids),
  );
  return new Map(rows.map(({ id, definition }) => [id, definition]));
}

/**
 * Writes down what a scan made of scenes. No patch is ever deleted: those whose window lies outside of a scene that
 * became smaller are marked as missing.
 *
 * @param scan number of the scan, for the patches whose pixels changed
 */
export function updateScenes(
  db: Connection,
  sourceId: number,
  scan: number,
  updates: readonly SceneUpdate[],
): void {
  db.write(() => {
    for (const { id, scene, valuesChanged, recut } of updates) {
      if (id === null) {
        addScenes(db, sourceId, [scene]);
        continue;
      }
      const definition = JSON.stringify(checked(sceneSchema, scene, `The scene ${scene.name}`));
      db.run(
        "UPDATE scene SET definition = ?, missing = 0, cut = CASE ? WHEN 1 THEN 0 ELSE cut END WHERE id = ?",
        definition,
        Number(recut),
        id,
      );
      db.run(
        `UPDATE patch SET missing = (x + width > ? OR y + height > ?)
         WHERE scene_id = ? AND missing <> (x + width > ? OR y + height > ?)`,
        scene.width,
        scene.height,
        id,
        scene.width,
        scene.height,
      );
      if (valuesChanged) db.run("UPDATE patch SET changed_in = ? WHERE scene_id = ?", scan, id);
    }
  });
}

/** Marks scenes whose files are gone, and all their patches, as missing; patches and labels stay. */
export function markScenesMissing(db: Connection, sceneIds: readonly number[]): void {
  db.write(() => {
    for (const id of sceneIds) {
      db.run("UPDATE scene SET missing = 1 WHERE id = ?", id);
      db.run("UPDATE patch SET missing = 1 WHERE scene_id = ? AND missing = 0", id);
    }
  });
}

/** Adds the patches of scenes that were cut, and notes that they were, in one step. */
export function saveCutScenes(db: Connection, scenes: readonly CutScene[]): void {
  db.write(() => {
    for (const { sceneId, patches } of scenes) {
      addPatches(db, sceneId, patches);
      db.run("UPDATE scene SET cut = 1 WHERE id = ?", sceneId);
    }
  });
}

/** Scenes that have not been cut into patches since they were new or changed. */
export function uncutScenes(db: Connection, sourceId: number): { id: number; scene: Scene }[] {
  return db
    .all<{ id: number; definition: string }>(
      "SELECT id, definition FROM scene WHERE source_id = ? AND cut = 0 AND missing = 0 ORDER BY id",
      sourceId,
    )
    .map(({ id, definition }) => ({ id, scene: parseScene(definition) }));
}

/** What a source holds, in numbers. */
export interface SourceTotals {
  readonly scenes: number;
  /** Scenes whose files are gone. */
  readonly missingScenes: number;
  readonly patches: number;
  /** Patches without imagery to show. */
  readonly missingPatches: number;
}

export function sourceTotals(db: Connection, sourceId: number): SourceTotals {
  return {
    ...db.get<Pick<SourceTotals, "scenes" | "missingScenes">>(
      `SELECT count(*) AS scenes, coalesce(sum(missing), 0) AS missingScenes FROM scene WHERE source_id = ?`,
      sourceId,
    )!,
    ...db.get<Pick<SourceTotals, "patches" | "missingPatches">>(
      `SELECT count(*) AS patches, coalesce(sum(patch.missing), 0) AS missingPatches
       FROM scene JOIN patch ON patch.scene_id = scene.id WHERE scene.source_id = ?`,
      sourceId,
    )!,
  };
}

/** Patches of which a scan found that their pixels changed. */
export function changedPatches(db: Connection, scan: number): number {
  return db.value<number>("SELECT count(*) FROM patch WHERE changed_in > 0 AND changed_in = ?", scan) ?? 0;
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
