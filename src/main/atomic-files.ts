import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { describeSystemError, FieldmarkError } from "../shared/errors.ts";

/** Turns the system's errors (disk full, no permission) into sentences that name `path`. */
function rethrow(error: unknown, path: string): never {
  const shape = describeSystemError(error, path);
  if (!shape) throw error;
  throw new FieldmarkError(shape.code, shape.message, { details: { path }, cause: error });
}

/** Writes a whole file so that readers see the old one or the new one, never a part. */
export async function writeFileAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(temporary, "w");
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    rethrow(error, path);
  }
}

/**
 * Fills a new folder: `write` gets a temporary folder beside `folder`, which takes its place only
 * when everything is written. An existing folder is refused unless it is empty.
 */
export async function writeFolderAtomically(
  folder: string,
  write: (temporary: string) => Promise<void>,
): Promise<void> {
  if (existsSync(folder)) {
    const entries = await readdir(folder).catch((error: unknown) => rethrow(error, folder));
    if (entries.length > 0) {
      throw new FieldmarkError(
        "invalid-input",
        `${folder} already holds files. Choose a new or an empty folder, so that nothing is overwritten.`,
        { details: { folder } },
      );
    }
  }
  const temporary = join(dirname(folder), `.${basename(folder)}.${randomUUID()}`);
  try {
    await mkdir(temporary, { recursive: true });
    await write(temporary);
    // An empty folder in the way is replaced on every platform only once it is gone.
    await rm(folder, { recursive: true, force: true });
    await rename(temporary, folder);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    rethrow(error, folder);
  }
}
