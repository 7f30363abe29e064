import type Database from "better-sqlite3";
import { FieldmarkError } from "../../shared/errors.ts";

/** One step of the schema: takes a database of version − 1 to `version`. Never changed once released. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly up: (database: Database.Database) => void;
}

/** The schema version of a database (0 = empty). */
export function schemaVersion(database: Database.Database): number {
  return Number(database.pragma("user_version", { simple: true }));
}

/** Version that a list of migrations leads to. */
export function newestVersion(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0;
}

/**
 * Brings a database to the newest version, in one transaction: all pending migrations or none.
 * `backup` is called before anything is changed, unless the database is still empty.
 * Foreign keys are off meanwhile (SQLite's own recipe for rebuilding tables) and checked before the commit.
 */
export function migrate(
  database: Database.Database,
  migrations: readonly Migration[],
  backup: (fromVersion: number) => void,
): void {
  const from = schemaVersion(database);
  const pending = migrations.filter((migration) => migration.version > from);
  if (pending.length === 0) return;
  if (from > 0) backup(from);
  database.pragma("foreign_keys = OFF");
  try {
    database
      .transaction(() => {
        for (const migration of pending) migration.up(database);
        const broken = database.pragma("foreign_key_check");
        if (Array.isArray(broken) && broken.length > 0) {
          throw new FieldmarkError(
            "project-corrupt",
            `The project could not be brought to version ${newestVersion(migrations)}: ${broken.length} rows would point nowhere. It was left as it is.`,
          );
        }
        database.pragma(`user_version = ${newestVersion(migrations)}`);
      })
      .immediate();
  } finally {
    database.pragma("foreign_keys = ON");
  }
}
