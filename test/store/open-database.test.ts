import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { isNetworkShare } from "../../src/store/file-system.ts";
import { createDatabase, setJournalMode } from "../../src/store/open-database.ts";
import { temporaryFolder } from "./fixture.ts";

test("a network share gets the rollback journal, even after a write-ahead log, and says so", () => {
  const folder = temporaryFolder();
  const database = createDatabase(join(folder, "project.sqlite"));
  expect(isNetworkShare(folder)).toBe(false);
  expect(setJournalMode(database, folder)).toEqual([]);
  expect(database.pragma("journal_mode", { simple: true })).toBe("wal");
  expect(setJournalMode(database, folder, () => true)[0]).toMatch(/network share/);
  expect(database.pragma("journal_mode", { simple: true })).toBe("delete");
  expect(database.pragma("synchronous", { simple: true })).toBe(2);
  database.close();
});

test("a database that cannot have a write-ahead log says so", () => {
  const database = new Database(":memory:");
  expect(setJournalMode(database, "/somewhere")[0]).toMatch(/\/somewhere allows no write-ahead log/);
  database.close();
});

test("a folder that isn't there is no network share", () => {
  expect(isNetworkShare(join(temporaryFolder(), "gone"))).toBe(false);
});
