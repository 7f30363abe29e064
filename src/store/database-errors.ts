import Database from "better-sqlite3";
import { describeSystemError, FieldmarkError } from "../shared/errors.ts";

/** A thrown value as an error about the project in `folder`; anything that is not the database's or the file system's fault passes as it is. */
export function projectError(error: unknown, folder: string): unknown {
  if (error instanceof FieldmarkError) return error;
  if (error instanceof Database.SqliteError) return databaseError(error, folder);
  const shape = describeSystemError(error, folder);
  return shape === undefined ? error : new FieldmarkError(shape.code, shape.message, { cause: error });
}

function databaseError(error: Error & { readonly code: string }, folder: string): unknown {
  const options = { cause: error, details: { folder, sqlite: error.code } };
  const code = error.code.split("_").slice(0, 2).join("_");
  switch (code) {
    case "SQLITE_FULL":
      return new FieldmarkError(
        "disk-full",
        `The disk that holds ${folder} is full, so the last change was not saved. Free some space and try again; everything saved before is still there.`,
        options,
      );
    case "SQLITE_READONLY":
      return new FieldmarkError(
        "read-only",
        `The project in ${folder} cannot be written to. Check the folder's permissions, or copy the project elsewhere and open the copy.`,
        options,
      );
    case "SQLITE_CORRUPT":
    case "SQLITE_NOTADB":
      return corruptProject(folder, error);
    case "SQLITE_BUSY":
    case "SQLITE_LOCKED":
      return new FieldmarkError(
        "project-locked",
        `The project in ${folder} is in use by another program. Close it there and try again.`,
        options,
      );
    case "SQLITE_CANTOPEN":
      return new FieldmarkError(
        "unreadable-file",
        `The database of the project in ${folder} could not be opened. Check that the folder is there and that you may read it.`,
        options,
      );
    case "SQLITE_IOERR":
      return new FieldmarkError(
        "unreadable-file",
        `Reading or writing the project in ${folder} failed: its disk may have been removed or be failing. What was saved before is kept; reopen the project once the disk is back.`,
        options,
      );
    default:
      return new FieldmarkError(
        "internal",
        `The database of ${folder} refused a change: ${error.message}.`,
        options,
      );
  }
}

/** Whether SQLite could not write because it may not: permissions, or a read-only medium. */
export function isWriteRefusal(error: unknown): boolean {
  return error instanceof Database.SqliteError && /^SQLITE_(CANTOPEN|READONLY)/.test(error.code);
}

/** For a project whose database is damaged or is something else. */
export function corruptProject(folder: string, cause: unknown): FieldmarkError {
  return new FieldmarkError(
    "project-corrupt",
    `The database of the project in ${folder} is damaged or is not Fieldmark's. Move project.sqlite away together with project.sqlite-wal and project.sqlite-shm where they exist, and put a backup copy in its place; the imagery and the folders beside it are untouched.`,
    { cause, details: { folder } },
  );
}
