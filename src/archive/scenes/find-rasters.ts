import type { Dirent } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { FieldmarkError, systemCode, throwIfCancelled } from "../../shared/errors.ts";

/** A file or folder that could not be used, with a sentence for the user. */
export interface Unreadable {
  /** Relative to the source's folder, with forward slashes. */
  readonly path: string;
  readonly message: string;
}

const RASTER_EXTENSION = /\.(tif|tiff|gtif|gtiff|btf|tf8)$/i;

/** Whether a file name says GeoTIFF. */
export function isRasterName(name: string): boolean {
  return RASTER_EXTENSION.test(name) && !name.startsWith(".");
}

/** Hidden folders, system folders and Fieldmark's own projects hold no imagery of the source. */
function isSkippedFolder(name: string): boolean {
  return name.startsWith(".") || name === "__MACOSX" || name.toLowerCase().endsWith(".fieldmark");
}

/**
 * Raster files below a folder, as sorted paths relative to it with forward slashes. Linked folders are
 * followed once. A folder that can't be read is listed and passed over, unless it is the first one.
 */
export async function findRasters(
  folder: string,
  signal?: AbortSignal,
): Promise<{ readonly files: string[]; readonly unreadable: Unreadable[] }> {
  const files: string[] = [];
  const unreadable: Unreadable[] = [];
  const visited = new Set<string>();

  async function visit(relative: string): Promise<void> {
    throwIfCancelled(signal);
    const absolute = join(folder, relative);
    let entries: Dirent[];
    try {
      const real = await realpath(absolute);
      if (visited.has(real)) return;
      visited.add(real);
      entries = await readdir(absolute, { withFileTypes: true });
    } catch (error) {
      if (relative === "") throw folderError(folder, error);
      const reason = systemCode(error) ?? "unknown reason";
      unreadable.push({ path: relative, message: `The folder ${relative} could not be read (${reason}).` });
      return;
    }
    for (const entry of entries) {
      const path = relative === "" ? entry.name : `${relative}/${entry.name}`;
      const kind = entry.isSymbolicLink() ? await linkedKind(join(folder, path)) : kindOf(entry);
      if (kind === "folder" && !isSkippedFolder(entry.name)) await visit(path);
      else if (kind === "file" && isRasterName(entry.name)) files.push(path);
      else if (kind === "nothing" && isRasterName(entry.name)) {
        unreadable.push({ path, message: `${path} is a link to a file that does not exist.` });
      }
    }
  }

  await visit("");
  return { files: files.sort(), unreadable };
}

type EntryKind = "file" | "folder" | "nothing";

function kindOf(entry: { isDirectory(): boolean; isFile(): boolean }): EntryKind {
  if (entry.isDirectory()) return "folder";
  return entry.isFile() ? "file" : "nothing";
}

async function linkedKind(path: string): Promise<EntryKind> {
  try {
    return kindOf(await stat(path));
  } catch {
    return "nothing";
  }
}

function folderError(folder: string, cause: unknown): FieldmarkError {
  const details = { path: folder };
  switch (systemCode(cause)) {
    case "ENOENT":
      return new FieldmarkError("not-found", `The folder ${folder} does not exist. Check the path.`, {
        details,
        cause,
      });
    case "ENOTDIR":
      return new FieldmarkError(
        "invalid-input",
        `${folder} is a file. Choose the folder that holds the imagery.`,
        { details, cause },
      );
    default:
      return new FieldmarkError(
        "unreadable-file",
        `The folder ${folder} could not be read. Check its permissions, or choose another one.`,
        { details, cause },
      );
  }
}
