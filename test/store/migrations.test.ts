import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { initial } from "../../src/store/migrations/0001-initial.ts";
import { MIGRATIONS } from "../../src/store/migrations/index.ts";
import { type Migration, migrate, schemaVersion } from "../../src/store/migrations/migrate.ts";
import {
  APPLICATION_ID,
  createDatabase,
  openForReading,
  openForWriting,
} from "../../src/store/open-database.ts";
import { makeProject, temporaryFolder, withDatabase } from "./fixture.ts";

const NEWEST = MIGRATIONS.length;

const addNote: Migration = {
  version: MIGRATIONS.length + 1,
  name: "a note on the project",
  up: (database) => database.exec("ALTER TABLE project ADD COLUMN note TEXT"),
};
const failing: Migration = {
  version: MIGRATIONS.length + 2,
  name: "fails",
  up: (database) => database.exec("CREATE TABLE half (id INTEGER); SELECT no_such_function()"),
};

describe("the list of migrations", () => {
  test("counts from 1 without gaps", () => {
    expect(MIGRATIONS.map((migration) => migration.version)).toEqual(MIGRATIONS.map((_, index) => index + 1));
  });
});

describe("0001-initial", () => {
  test("makes STRICT tables only, marked as Fieldmark's", () => {
    const file = join(temporaryFolder(), "project.sqlite");
    const database = createDatabase(file);
    const tables = database
      .prepare<[], { name: string; strict: number }>(
        "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'",
      )
      .all();
    expect(tables.length).toBeGreaterThan(10);
    expect(tables.filter((table) => table.strict === 0)).toEqual([]);
    expect(schemaVersion(database)).toBe(NEWEST);
    expect(database.pragma("application_id", { simple: true })).toBe(APPLICATION_ID);
    expect(database.pragma("foreign_key_check")).toEqual([]);
    database.close();
  });

  test("refuses values that don't belong", () => {
    const { store, folder } = makeProject();
    store.close();
    withDatabase(folder, (database) => {
      for (const sql of [
        "UPDATE patch SET split = 'train' WHERE id = 1",
        "UPDATE patch SET width = 'wide' WHERE id = 1",
        "UPDATE review SET state = 'perhaps' WHERE patch_id = 1",
        "INSERT INTO patch (scene_id, name, x, y, width, height) VALUES (999, 'x', 0, 0, 1, 1)",
        "INSERT INTO label (patch_id, class_id, state, entry) VALUES (1, 1, 'present', 999)",
      ]) {
        expect(() => database.exec(sql), sql).toThrow(/constraint|cannot store/);
      }
    });
  });
});

describe("0002-file-index", () => {
  /** A project as version 1 left it: one source, two scenes, three patches, a label. */
  function versionOne(): { file: string; folder: string } {
    const folder = temporaryFolder();
    const file = join(folder, "project.sqlite");
    const database = createDatabase(file, [initial]);
    database.exec(`
      INSERT INTO project (id, uuid, name, kind, settings, grid, created_at)
        VALUES (1, 'u', 'Old', 'multi-label', '{}', '{}', '2026-01-01');
      INSERT INTO source (id, name, folder, added_at) VALUES (1, 'archive', '/imagery/archive', '2026-01-01');
      INSERT INTO scene (id, source_id, name, definition) VALUES (1, 1, 'a', '{}'), (2, 1, 'b', '{}');
      INSERT INTO patch (id, scene_id, name, x, y, width, height)
        VALUES (1, 1, 'a@0_0', 0, 0, 8, 8), (2, 1, 'a@8_0', 8, 0, 8, 8), (3, 2, 'b', 0, 0, 8, 8);
      INSERT INTO class (id, uuid, name, color, description, position) VALUES (1, 'c', 'Forest', '#000', '', 0);
      INSERT INTO replica (number, uuid, machine, place, created_at, head_hash)
        VALUES (1, 'r', 'm', 'p', '2026-01-01', zeroblob(32));
      INSERT INTO journal (uuid, replica, sequence, previous_hash, patch_id, class_id, state, annotator, time, origin)
        VALUES (zeroblob(16), 1, 1, zeroblob(32), 3, 1, 'present', 'Ana', 1, 'manual');
      INSERT INTO label (patch_id, class_id, state, entry) VALUES (3, 1, 'present', 1);
    `);
    database.close();
    return { file, folder };
  }

  test("keeps what is there: scenes count as cut, patches as there, the project as done", () => {
    const { file, folder } = versionOne();
    const { database } = openForWriting(file, folder);
    expect(schemaVersion(database)).toBe(NEWEST);
    expect(database.prepare("SELECT cut, missing FROM scene").all()).toEqual([
      { cut: 1, missing: 0 },
      { cut: 1, missing: 0 },
    ]);
    const patches = database.prepare("SELECT id, name, missing, changed_in FROM patch ORDER BY id").all();
    expect(patches).toEqual(
      ["a@0_0", "a@8_0", "b"].map((name, index) => ({ id: index + 1, name, missing: 0, changed_in: 0 })),
    );
    expect(database.prepare("SELECT state FROM label").all()).toEqual([{ state: "present" }]);
    expect(database.prepare("SELECT set_up FROM project").get()).toEqual({ set_up: "done" });
    expect(database.pragma("foreign_key_check")).toEqual([]);
    database.close();
    expect(readdirSync(folder).filter((name) => name.includes("backup-v1"))).toHaveLength(1);
  });

  test("refuses values that don't belong", () => {
    const { file, folder } = versionOne();
    const { database } = openForWriting(file, folder);
    const row = "INSERT INTO file (source_id, path, bytes, modified, beside, reader, fingerprint) VALUES";
    for (const sql of [
      `${row} (1, 'a.tif', -1, 0, '', 1, NULL)`,
      `${row} (9, 'a.tif', 1, 0, '', 1, NULL)`,
      `${row} (1, 'a.tif', 1, 0, '', 1, x'00')`,
      "INSERT INTO header (facts) VALUES ('no json')",
      "UPDATE patch SET missing = 2",
      "UPDATE project SET set_up = 'perhaps'",
    ]) {
      expect(() => database.exec(sql), sql).toThrow(/constraint|cannot store/i);
    }
    database.close();
  });
});

describe("0003-query-explanation", () => {
  test("leaves earlier queries without one, and takes only JSON", () => {
    const folder = temporaryFolder();
    const file = join(folder, "project.sqlite");
    const old = createDatabase(file, MIGRATIONS.slice(0, 2));
    old.exec(`
      INSERT INTO source (id, name, folder, added_at) VALUES (1, 'archive', '/imagery/archive', '2026-01-01');
      INSERT INTO scene (id, source_id, name, definition) VALUES (1, 1, 'a', '{}');
      INSERT INTO patch (id, scene_id, name, x, y, width, height) VALUES (1, 1, 'a@0_0', 0, 0, 8, 8);
      INSERT INTO round (number, function, options, budget, created_at) VALUES (0, 'random', '{}', 1, '2026-01-01');
      INSERT INTO query_item (round, patch_id, rank, score, reason, control) VALUES (0, 1, 0, NULL, 'why', 0);
    `);
    old.close();
    const { database } = openForWriting(file, folder);
    expect(database.prepare("SELECT reason, explanation FROM query_item").all()).toEqual([
      { reason: "why", explanation: null },
    ]);
    expect(() => database.exec("UPDATE query_item SET explanation = 'no json'")).toThrow(/constraint/i);
    database.exec("UPDATE query_item SET explanation = '{}'");
    database.close();
  });
});

describe("migrating", () => {
  test("brings an older project up after a backup beside it, and keeps its content", () => {
    const { store, folder } = makeProject();
    store.close();
    const file = join(folder, "project.sqlite");
    const { database } = openForWriting(file, folder, [...MIGRATIONS, addNote]);
    expect(schemaVersion(database)).toBe(addNote.version);
    expect(database.prepare("SELECT name, note FROM project").get()).toEqual({ name: "Test", note: null });
    expect(database.pragma("foreign_keys", { simple: true })).toBe(1);
    database.close();

    const backups = readdirSync(folder).filter((name) => name.includes("backup"));
    expect(backups).toHaveLength(1);
    expect(backups[0]).toMatch(new RegExp(`^project\\.backup-v${NEWEST}-.*\\.sqlite$`));
    const backup = new Database(join(folder, backups[0]!), { readonly: true });
    expect(schemaVersion(backup)).toBe(NEWEST);
    expect(backup.prepare("SELECT count(*) AS n FROM patch").get()).toEqual({ n: 6 });
    expect(() => backup.prepare("SELECT note FROM project")).toThrow();
    backup.close();
  });

  test("that fails changes nothing, not even by its earlier steps", () => {
    const { store, folder } = makeProject();
    store.close();
    const file = join(folder, "project.sqlite");
    expect(() => openForWriting(file, folder, [...MIGRATIONS, addNote, failing])).toThrow();
    withDatabase(folder, (database) => {
      expect(schemaVersion(database)).toBe(NEWEST);
      expect(() => database.prepare("SELECT note FROM project")).toThrow();
      expect(database.prepare("SELECT name FROM sqlite_schema WHERE name = 'half'").get()).toBeUndefined();
    });
  });

  test("refuses a result whose references point nowhere", () => {
    const database = new Database(":memory:");
    migrate(database, MIGRATIONS, () => {});
    const stray: Migration = {
      version: NEWEST + 1,
      name: "stray",
      up: (target) => target.exec("INSERT INTO scene (source_id, name, definition) VALUES (99, 'x', '{}')"),
    };
    expect(() => migrate(database, [...MIGRATIONS, stray], () => {})).toThrow(/point nowhere/);
    expect(schemaVersion(database)).toBe(NEWEST);
    database.close();
  });

  test("for reading happens in a copy: the project itself stays as it is", () => {
    const { store, folder } = makeProject();
    store.close();
    const file = join(folder, "project.sqlite");
    const opened = openForReading(file, folder, [...MIGRATIONS, addNote]);
    expect(opened.database.prepare("SELECT note FROM project").get()).toEqual({ note: null });
    expect(() => opened.database.exec("UPDATE project SET name = 'x'")).toThrow();
    const copy = opened.database.name;
    opened.database.close();
    opened.cleanUp();
    expect(existsSync(copy)).toBe(false);
    withDatabase(folder, (database) => expect(schemaVersion(database)).toBe(NEWEST));
  });
});
