import { type Dirent, type Stats, stat } from "node:fs";
import { readdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import { FieldmarkError, systemCode } from "../../shared/errors.ts";
import { filesBeside } from "./beside.ts";
import { mapLimited } from "./concurrency.ts";

/** A file or folder that could not be used, with a sentence for the user. */
export interface Unreadable {
  /** Relative to the source's folder, with forward slashes. */
  readonly path: string;
  readonly message: string;
}

/** A raster file as the folder shows it, without a look inside. */
export interface ListedFile {
  /** Relative to the source's folder, with forward slashes. */
  readonly path: string;
  readonly bytes: number;
  /** Modification time in milliseconds. */
  readonly modified: number;
  /**
   * Size and time of the files beside it that belong to it (statistics, overviews, mask, world file); empty without any.
   * What they say is part of the header, so a difference here counts as much as one of the raster's own.
   */
  readonly beside: string;
}

export interface Listing {
  /** Sorted by path. */
  readonly files: readonly ListedFile[];
  readonly unreadable: readonly Unreadable[];
}

/** Sentinel-2 products come as JPEG 2000. */
const JPEG_2000 = /\.(jp2|j2k|jpf|jpx)$/i;

const RASTER_EXTENSION = /\.(tif|tiff|gtif|gtiff|btf|tf8)$/i;

/** So many questions at a time hide the latency of network shares. */
const FOLDERS_AT_ONCE = 16;
const FILES_AT_ONCE = 64;

/** Whether a file name says GeoTIFF. */
export function isRasterName(name: string): boolean {
  return RASTER_EXTENSION.test(name) && !name.startsWith(".");
}

/** Hidden folders, system folders and Fieldmark's own projects hold no imagery of the source. */
function isSkippedFolder(name: string): boolean {
  return name.startsWith(".") || name === "__MACOSX" || name.toLowerCase().endsWith(".fieldmark");
}

/** What one folder holds. */
interface FolderContent {
  readonly files: ListedFile[];
  /** Relative to the source, in the order of the directory. */
  readonly folders: string[];
  readonly unreadable: Unreadable[];
  /** Relative to the source. */
  readonly jpeg2000: string[];
}

/**
 * Raster files below a folder with their sizes and times; only directory entries are read. Linked folders are
 * followed once. A folder that can't be read is listed and passed over, unless it is the first one.
 *
 * @param onFound told after each folder how many raster files were found so far
 */
export async function listRasters(
  folder: string,
  signal?: AbortSignal,
  onFound?: (files: number) => void,
): Promise<Listing> {
  const files: ListedFile[] = [];
  const unreadable: Unreadable[] = [];
  const jpeg2000 = { files: 0, first: "" };
  const visited = new Set<string>();
  // Level by level: folders are read side by side, and yet the same path to a linked folder is kept every time.
  for (let level = [""]; level.length > 0; ) {
    const places = await mapLimited(level, FOLDERS_AT_ONCE, (path) => realPlace(folder, path), signal);
    const unseen = level.filter((_, index) => {
      const place = places[index];
      if (place === undefined || visited.has(place)) return place === undefined;
      visited.add(place);
      return true;
    });
    const contents = await mapLimited(
      unseen,
      FOLDERS_AT_ONCE,
      async (path) => {
        const content = await readFolder(folder, path, signal);
        onFound?.(files.length + content.files.length);
        return content;
      },
      signal,
    );
    for (const content of contents) {
      for (const file of content.files) files.push(file);
      unreadable.push(...content.unreadable);
      if (jpeg2000.files === 0) jpeg2000.first = content.jpeg2000[0] ?? "";
      jpeg2000.files += content.jpeg2000.length;
    }
    level = contents.flatMap((content) => content.folders);
  }
  if (jpeg2000.files > 0) unreadable.push({ path: jpeg2000.first, message: aboutJpeg2000(jpeg2000) });
  files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return { files, unreadable };
}

function aboutJpeg2000({ files, first }: { readonly files: number; readonly first: string }): string {
  const which =
    files === 1 ? `${first} is a JPEG 2000 file, which is` : `${files} JPEG 2000 files (.jp2) are`;
  return `${which} not read: convert such files to GeoTIFF, for example with gdal_translate, under the same names.`;
}

/** Undefined where it can't be told: reading the folder will say why. */
async function realPlace(folder: string, relative: string): Promise<string | undefined> {
  try {
    return await realpath(join(folder, relative));
  } catch {
    return undefined;
  }
}

async function readFolder(
  folder: string,
  relative: string,
  signal: AbortSignal | undefined,
): Promise<FolderContent> {
  const content: FolderContent = { files: [], folders: [], unreadable: [], jpeg2000: [] };
  let entries: Dirent[];
  try {
    entries = await readdir(join(folder, relative), { withFileTypes: true });
  } catch (error) {
    if (relative === "") throw folderError(folder, error);
    const reason = systemCode(error) ?? "unknown reason";
    content.unreadable.push({
      path: relative,
      message: `The folder ${relative} could not be read (${reason}).`,
    });
    return content;
  }
  const pathOf = (name: string) => (relative === "" ? name : `${relative}/${name}`);
  const rasters: string[] = [];
  const others: string[] = [];
  for (const { name, kind } of await withKinds(folder, pathOf, entries)) {
    if (kind === "folder") {
      if (!isSkippedFolder(name)) content.folders.push(pathOf(name));
    } else if (!isRasterName(name)) others.push(name);
    else if (kind === "file") rasters.push(name);
    else {
      const path = pathOf(name);
      content.unreadable.push({ path, message: `${path} is a link to a file that does not exist.` });
    }
  }
  for (const name of others) if (JPEG_2000.test(name)) content.jpeg2000.push(pathOf(name));
  content.jpeg2000.sort();
  const beside = filesBeside(rasters, others);
  const found = await mapLimited(
    rasters,
    FILES_AT_ONCE,
    (name) => listFile(folder, pathOf(name), (beside.get(name) ?? []).map(pathOf)),
    signal,
  );
  for (const file of found) if (file) content.files.push(file);
  return content;
}

async function withKinds(folder: string, pathOf: (name: string) => string, entries: readonly Dirent[]) {
  const kinds: { name: string; kind: EntryKind }[] = [];
  for (const entry of entries) {
    const kind = entry.isSymbolicLink() ? kindOf(await look(folder, pathOf(entry.name))) : kindOf(entry);
    kinds.push({ name: entry.name, kind });
  }
  return kinds;
}

/** Null for a file that vanished meanwhile. */
async function listFile(folder: string, path: string, beside: readonly string[]): Promise<ListedFile | null> {
  const facts = await look(folder, path);
  if (facts === undefined) return null;
  const companions: string[] = [];
  for (const other of beside) {
    const stats = await look(folder, other);
    if (stats) companions.push(`${other.slice(other.lastIndexOf("/") + 1)}:${stats.size}:${stats.mtimeMs}`);
  }
  return { path, bytes: facts.size, modified: facts.mtimeMs, beside: companions.join("|") };
}

/** Undefined for what is not there. The plain callback costs a fraction of what `fs/promises` does. */
function look(folder: string, relative: string): Promise<Stats | undefined> {
  return new Promise((resolve) => {
    stat(join(folder, relative), (error, stats) => resolve(error ? undefined : stats));
  });
}

type EntryKind = "file" | "folder" | "nothing";

function kindOf(entry: { isDirectory(): boolean; isFile(): boolean } | undefined): EntryKind {
  if (entry?.isDirectory()) return "folder";
  return entry?.isFile() ? "file" : "nothing";
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
