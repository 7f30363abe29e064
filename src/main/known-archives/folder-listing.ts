import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { findRasterEntries } from "./raster-entries.ts";

/** What lies directly in a folder; names only, sorted. */
export interface FolderContent {
  readonly folders: readonly string[];
  readonly files: readonly string[];
}

const NOTHING: FolderContent = { folders: [], files: [] };

/** Looks into folders when asked, and into each only once. */
export interface FolderListing {
  /** Empty for a folder that is missing or can't be read. Hidden entries are left out. */
  read(folder: string): Promise<FolderContent>;
  /**
   * The images directly in a folder as label files would name them: file names, and for scenes of one
   * file a band what the names have in common. Masks and quality layers are left out.
   */
  images(folder: string): Promise<readonly string[]>;
}

export function createFolderListing(): FolderListing {
  const contents = new Map<string, Promise<FolderContent>>();
  function read(folder: string): Promise<FolderContent> {
    const known = contents.get(folder) ?? readContent(folder);
    contents.set(folder, known);
    return known;
  }
  return {
    read,
    async images(folder) {
      return findRasterEntries((await read(folder)).files);
    },
  };
}

async function readContent(folder: string): Promise<FolderContent> {
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch {
    return NOTHING;
  }
  const folders: string[] = [];
  const files: string[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith(".") || entry.name === "__MACOSX") continue;
    const kind = entry.isSymbolicLink() ? await stat(join(folder, entry.name)).catch(() => null) : entry;
    if (kind?.isDirectory()) folders.push(entry.name);
    else if (kind?.isFile()) files.push(entry.name);
  }
  return { folders: folders.sort(), files: files.sort() };
}

/** The file of a folder with this name, whatever its case; null where there is none. */
export async function findFile(listing: FolderListing, folder: string, name: string): Promise<string | null> {
  const { files } = await listing.read(folder);
  const found = files.find((file) => file.toLowerCase() === name.toLowerCase());
  return found === undefined ? null : join(folder, found);
}

const DEEPEST_WRAPPING = 2;

/** The folder itself, or what it is the mere wrapping of: the only folder in it, where no image lies beside it. */
export async function unwrap(listing: FolderListing, folder: string): Promise<string> {
  let inner = folder;
  for (let depth = 0; depth < DEEPEST_WRAPPING; depth++) {
    const { folders } = await listing.read(inner);
    const [only] = folders;
    if (folders.length !== 1 || only === undefined || (await listing.images(inner)).length > 0) break;
    inner = join(inner, only);
  }
  return inner;
}
