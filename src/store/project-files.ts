import { existsSync, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import { FieldmarkError } from "../shared/errors.ts";
import { Connection } from "./connection.ts";
import { corruptProject, isWriteRefusal, projectError } from "./database-errors.ts";
import { mayWrite } from "./file-system.ts";
import { createDatabase, openForReading, openForWriting } from "./open-database.ts";
import { lockedProject, readHolder, takeLock } from "./project-lock.ts";
import { insertProject, type NewProject, readProject } from "./project-record.ts";
import { bindingOf, bindReplica, latestReplica, type Replica } from "./replica.ts";

/** The parts of a project's folder, as absolute paths. */
export interface ProjectPaths {
  readonly folder: string;
  readonly database: string;
  readonly embeddings: string;
  readonly models: string;
  /** May be deleted at will. */
  readonly cache: string;
}

/** A project that is open: its connection, and what goes with it. */
export interface OpenProject {
  readonly connection: Connection;
  readonly paths: ProjectPaths;
  /** Null only for a project that is read and was never opened for writing. */
  readonly replica: Replica | null;
  /** What the user should know about the project's place. */
  readonly warnings: readonly string[];
  readonly close: () => void;
}

function projectPaths(folder: string): ProjectPaths {
  const absolute = resolve(folder);
  return {
    folder: absolute,
    database: join(absolute, "project.sqlite"),
    embeddings: join(absolute, "embeddings"),
    models: join(absolute, "models"),
    cache: join(absolute, "cache"),
  };
}

/**
 * Makes a project's folder and database. The database appears under its name only once it is whole.
 *
 * @throws FieldmarkError project-exists, read-only, disk-full
 */
export function createProjectFiles(folder: string, project: NewProject): void {
  const paths = projectPaths(folder);
  if (existsSync(paths.database)) {
    throw new FieldmarkError(
      "project-exists",
      `There is already a project in ${paths.folder}. Open it, or choose another name.`,
      { details: { folder: paths.folder } },
    );
  }
  if (existsSync(paths.folder) && !statSync(paths.folder).isDirectory()) {
    throw new FieldmarkError(
      "project-exists",
      `${paths.folder} is a file, so no project can be made there. Choose another name.`,
      { details: { folder: paths.folder } },
    );
  }
  // SQLite would play a log that is left over into the new database.
  const log = ["-wal", "-journal"].map((suffix) => `project.sqlite${suffix}`);
  const leftOver = log.find((name) => existsSync(join(paths.folder, name)));
  if (leftOver !== undefined) {
    throw new FieldmarkError(
      "project-exists",
      `${paths.folder} holds ${leftOver}, the log of a project whose project.sqlite is missing. Put project.sqlite back to have its last changes, or choose another name.`,
      { details: { folder: paths.folder } },
    );
  }
  const unfinished = `${paths.database}.new`;
  let made: string | undefined;
  try {
    made = mkdirSync(paths.folder, { recursive: true });
    for (const part of [paths.embeddings, paths.models, paths.cache]) mkdirSync(part, { recursive: true });
    rmSync(unfinished, { force: true });
    const connection = new Connection(createDatabase(unfinished), paths.folder, null);
    try {
      insertProject(connection, project);
    } finally {
      connection.close();
    }
    renameSync(unfinished, paths.database);
  } catch (error) {
    rmSync(made ?? unfinished, { recursive: true, force: true });
    throw projectError(error, paths.folder);
  }
}

/**
 * Opens a project: for writing where that is possible and wanted, else for reading.
 *
 * @throws FieldmarkError project-missing, project-locked, project-newer, project-corrupt
 */
export function openProjectFiles(folder: string, wantReadOnly: boolean): OpenProject {
  const paths = projectPaths(folder);
  if (!existsSync(paths.database)) {
    throw new FieldmarkError(
      "project-missing",
      `There is no project in ${paths.folder} (no project.sqlite). Check the folder: a project's name ends in .fieldmark.`,
      { details: { folder: paths.folder } },
    );
  }
  try {
    if (wantReadOnly)
      return openReadable(paths, `The project in ${paths.folder} was opened for reading only.`);
    return openAsAllowed(paths);
  } catch (error) {
    throw projectError(error, paths.folder);
  }
}

/** For writing where that is allowed. Permissions do not tell all (network shares, Windows): the attempt does. */
function openAsAllowed(paths: ProjectPaths): OpenProject {
  if (mayWrite(paths.database) && mayWrite(lockFile(paths))) {
    try {
      return openWritable(paths);
    } catch (error) {
      const cause = error instanceof FieldmarkError ? error.cause : error;
      if (!isWriteRefusal(cause)) throw error;
    }
  }
  return openReadable(
    paths,
    `The folder ${paths.folder} may not be written to, so the project is open for reading only. To go on labelling, copy the folder elsewhere and open the copy.`,
  );
}

function openReadable(paths: ProjectPaths, reason: string): OpenProject {
  const { database, warnings, cleanUp } = openForReading(paths.database, paths.folder);
  const connection = new Connection(database, paths.folder, reason);
  const close = () => {
    connection.close();
    cleanUp();
  };
  try {
    requireProject(connection);
    return { connection, paths, replica: latestReplica(connection), warnings, close };
  } catch (error) {
    close();
    throw error;
  }
}

function openWritable(paths: ProjectPaths): OpenProject {
  const lock = takeLock(lockFile(paths));
  if (lock === null) throw lockedProject(paths.folder, readHolder(paths.database));
  try {
    const { database, warnings } = openForWriting(paths.database, paths.folder);
    const connection = new Connection(database, paths.folder, null);
    try {
      requireProject(connection);
      // A row that is still there: the last instance did not get to close.
      if (connection.value<number>("SELECT 1 FROM instance") !== undefined) requireSound(connection);
      connection.write(() =>
        connection.run(
          "INSERT OR REPLACE INTO instance (id, pid, host, since) VALUES (1, ?, ?, ?)",
          process.pid,
          hostname(),
          new Date().toISOString(),
        ),
      );
      const replica = bindReplica(connection, bindingOf(paths.database));
      const close = () => {
        try {
          connection.write(() => connection.run("DELETE FROM instance"));
        } catch {
          // A full disk must not keep a project from being closed; the next opening checks the database.
        }
        try {
          connection.close();
        } finally {
          lock.release();
        }
      };
      return { connection, paths, replica, warnings, close };
    } catch (error) {
      connection.close();
      throw error;
    }
  } catch (error) {
    lock.release();
    throw error;
  }
}

function requireProject(connection: Connection): void {
  if (readProject(connection) === undefined) {
    throw corruptProject(connection.folder, new Error("the project's row is missing"));
  }
}

function requireSound(connection: Connection): void {
  const result = connection.pragma("quick_check(1)");
  if (result !== "ok") throw corruptProject(connection.folder, new Error(String(result)));
}

function lockFile(paths: ProjectPaths): string {
  return join(paths.folder, "project.lock");
}
