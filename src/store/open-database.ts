import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import Database from "better-sqlite3";
import { FieldmarkError } from "../shared/errors.ts";
import { corruptProject, isWriteRefusal } from "./database-errors.ts";
import { isNetworkShare } from "./file-system.ts";
import { MIGRATIONS } from "./migrations/index.ts";
import { type Migration, migrate, newestVersion, schemaVersion } from "./migrations/migrate.ts";

/** "FLDM" in the database's header. */
export const APPLICATION_ID = 0x464c444d;

export interface OpenedDatabase {
  readonly database: Database.Database;
  /** What the user should know about this database's place; empty when all is well. */
  readonly warnings: readonly string[];
  /** Removes what the opening left in the system's temporary folder. */
  readonly cleanUp: () => void;
}

/**
 * Opens a project's database for writing: checked, brought to the newest version after a backup beside it,
 * write-ahead log, `synchronous=FULL` (reopening a WAL database would otherwise fall back to NORMAL).
 *
 * @throws FieldmarkError project-corrupt, project-newer
 */
export function openForWriting(
  file: string,
  folder: string,
  migrations: readonly Migration[] = MIGRATIONS,
): OpenedDatabase {
  const database = new Database(file, { timeout: 5000, fileMustExist: true });
  try {
    checkIdentity(database, folder, migrations);
    const warnings = setJournalMode(database, folder);
    setPragmas(database);
    migrate(database, migrations, (version) => backUp(database, folder, version));
    return { database, warnings, cleanUp: () => {} };
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Opens a project's database for reading. Where it cannot be read in place (a write-ahead log in a folder
 * that may not be written to, or a version that has to be migrated first), a temporary copy is read.
 */
export function openForReading(
  file: string,
  folder: string,
  migrations: readonly Migration[] = MIGRATIONS,
): OpenedDatabase {
  const direct = openInPlace(file, folder, migrations);
  if (direct !== null) return { database: direct, warnings: [], cleanUp: () => {} };
  const copies = mkdtempSync(join(tmpdir(), "fieldmark-"));
  const cleanUp = () => rmSync(copies, { recursive: true, force: true });
  try {
    for (const part of [file, `${file}-wal`]) {
      if (existsSync(part)) cpSync(part, join(copies, basename(part)), { mode: 0 });
    }
    const database = new Database(join(copies, basename(file)), { fileMustExist: true });
    try {
      checkIdentity(database, folder, migrations);
      setPragmas(database);
      migrate(database, migrations, () => {});
      database.pragma("query_only = ON");
    } catch (error) {
      database.close();
      throw error;
    }
    return { database, warnings: [], cleanUp };
  } catch (error) {
    cleanUp();
    throw error;
  }
}

function openInPlace(
  file: string,
  folder: string,
  migrations: readonly Migration[],
): Database.Database | null {
  let database: Database.Database | null = null;
  try {
    database = new Database(file, { readonly: true, fileMustExist: true, timeout: 5000 });
    if (checkIdentity(database, folder, migrations) === newestVersion(migrations)) return database;
    database.close();
    return null;
  } catch (error) {
    database?.close();
    if (isWriteRefusal(error)) return null;
    throw error;
  }
}

/** A new, empty project database at `file`, in the newest version. */
export function createDatabase(
  file: string,
  migrations: readonly Migration[] = MIGRATIONS,
): Database.Database {
  const database = new Database(file);
  setPragmas(database);
  database.pragma(`application_id = ${APPLICATION_ID}`);
  migrate(database, migrations, () => {});
  return database;
}

/** @returns the database's schema version */
function checkIdentity(
  database: Database.Database,
  folder: string,
  migrations: readonly Migration[],
): number {
  const application = Number(database.pragma("application_id", { simple: true }));
  const version = schemaVersion(database);
  if (application !== APPLICATION_ID || version === 0) {
    throw corruptProject(folder, new Error(`application id ${application}, version ${version}`));
  }
  const newest = newestVersion(migrations);
  if (version > newest) {
    throw new FieldmarkError(
      "project-newer",
      `The project in ${folder} was saved by a newer Fieldmark (project version ${version}; this one knows up to ${newest}). Update Fieldmark to open it; nothing was changed.`,
      { details: { folder, version, newest } },
    );
  }
  return version;
}

/**
 * A write-ahead log where it is safe, else the rollback journal.
 *
 * @returns what the user should know: why there is no write-ahead log
 */
export function setJournalMode(
  database: Database.Database,
  folder: string,
  onNetworkShare: (folder: string) => boolean = isNetworkShare,
): string[] {
  const share = onNetworkShare(folder);
  const mode = database.pragma(`journal_mode = ${share ? "delete" : "wal"}`, { simple: true });
  if (mode === "wal") return [];
  const place = share
    ? `${folder} is on a network share`
    : `The file system of ${folder} allows no write-ahead log`;
  return [`${place}: labels are saved safely, but more slowly. A project on a local disk is quicker.`];
}

function setPragmas(database: Database.Database): void {
  database.pragma("synchronous = FULL");
  database.pragma("foreign_keys = ON");
  // Without it, INSERT OR REPLACE would get past the trigger that forbids deleting from the journal.
  database.pragma("recursive_triggers = ON");
  database.pragma("trusted_schema = OFF");
  database.pragma("cell_size_check = ON");
  // 64 MiB: imports of millions of labels slow down when the indexes don't fit.
  database.pragma("cache_size = -65536");
}

/** A whole copy beside the database, named by the version it has; kept until the user removes it. */
function backUp(database: Database.Database, folder: string, version: number): void {
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, "-");
  const copy = join(folder, `project.backup-v${version}-${stamp}.sqlite`);
  try {
    database.prepare("VACUUM INTO ?").run(copy);
  } catch (error) {
    // Half a copy would pass for a backup.
    rmSync(copy, { force: true });
    throw error;
  }
}
