import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { MIGRATIONS } from "../../src/store/migrations/index.ts";
import { type Migration, migrate, schemaVersion } from "../../src/store/migrations/migrate.ts";
import {
  APPLICATION_ID,
  createDatabase,
  openForReading,
  openForWriting,
} from "../../src/store/open-database.ts";
import { makeProject, temporaryFolder, withDatabase } from "./fixture.ts";

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
    expect(schemaVersion(database)).toBe(1);
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
    expect(backups[0]).toMatch(/^project\.backup-v1-.*\.sqlite$/);
    const backup = new Database(join(folder, backups[0]!), { readonly: true });
    expect(schemaVersion(backup)).toBe(1);
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
      expect(schemaVersion(database)).toBe(1);
      expect(() => database.prepare("SELECT note FROM project")).toThrow();
      expect(database.prepare("SELECT name FROM sqlite_schema WHERE name = 'half'").get()).toBeUndefined();
    });
  });

  test("refuses a result whose references point nowhere", () => {
    const database = new Database(":memory:");
    migrate(database, MIGRATIONS, () => {});
    const stray: Migration = {
      version: 2,
      name: "stray",
      up: (target) => target.exec("INSERT INTO scene (source_id, name, definition) VALUES (99, 'x', '{}')"),
    };
    expect(() => migrate(database, [...MIGRATIONS, stray], () => {})).toThrow(/point nowhere/);
    expect(schemaVersion(database)).toBe(1);
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
    withDatabase(folder, (database) => expect(schemaVersion(database)).toBe(1));
  });
});
