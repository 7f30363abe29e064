import Database from "better-sqlite3";
import { FieldmarkError } from "../shared/errors.ts";

/** The right to write to a project: held by one process at a time. */
export interface ProjectLock {
  release(): void;
}

/** Who has a project open, as its database says. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly since: string;
}

/**
 * Takes the lock: an exclusive transaction on the empty database `project.lock`. The system lets go of it
 * when the process ends, however it ends, so there is no stale lock to clear. Neither this file nor the
 * database may be opened in this process by other means meanwhile: closing them would drop the locks (POSIX).
 *
 * @returns null when another process, or another opening in this one, holds it
 */
export function takeLock(lockFile: string): ProjectLock | null {
  const database = new Database(lockFile, { timeout: 0 });
  try {
    database.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    database.close();
    if (error instanceof Database.SqliteError && error.code.startsWith("SQLITE_BUSY")) return null;
    throw error;
  }
  return {
    release() {
      if (database.open) database.close();
    },
  };
}

/** Who holds the project, from its database; null when it does not say. */
export function readHolder(databaseFile: string): Holder | null {
  let database: Database.Database | null = null;
  try {
    database = new Database(databaseFile, { readonly: true, fileMustExist: true });
    return database.prepare<[], Holder>("SELECT pid, host, since FROM instance").get() ?? null;
  } catch {
    return null;
  } finally {
    database?.close();
  }
}

export function lockedProject(folder: string, holder: Holder | null): FieldmarkError {
  const who =
    holder === null
      ? "another instance of Fieldmark"
      : `Fieldmark on ${holder.host} (process ${holder.pid}, since ${localTime(holder.since)})`;
  return new FieldmarkError(
    "project-locked",
    `The project in ${folder} is already open in ${who}. Go on working there, or close it there first.`,
    {
      details: {
        folder,
        ...(holder === null ? {} : { pid: holder.pid, host: holder.host, since: holder.since }),
      },
    },
  );
}

function localTime(iso: string): string {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? iso : time.toLocaleString();
}
