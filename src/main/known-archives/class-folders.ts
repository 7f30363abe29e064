import { join } from "node:path";
import type { Split } from "../../shared/domain/imagery.ts";
import type { FolderListing } from "./folder-listing.ts";
import type { ArchiveLabels } from "./known-archive.ts";
import { completeTable } from "./label-tables.ts";
import { splitOfWord } from "./split-lists.ts";

/** A folder that is named like a class and holds its images. */
export interface ClassFolder {
  readonly name: string;
  /** Relative to the folder that was looked into, with forward slashes. */
  readonly path: string;
  /** Null where the archive is not laid out by splits. */
  readonly split: Split | null;
  /** Names within the folder. */
  readonly images: readonly string[];
}

async function directClassFolders(
  listing: FolderListing,
  root: string,
  path: string,
  split: Split | null,
): Promise<ClassFolder[] | null> {
  const folder = join(root, path);
  const { folders } = await listing.read(folder);
  if (folders.length === 0 || (await listing.images(folder)).length > 0) return null;
  return Promise.all(
    folders.map(async (name) => ({
      name,
      path: path === "" ? name : `${path}/${name}`,
      split,
      images: await listing.images(join(folder, name)),
    })),
  );
}

/**
 * The folders of a folder, each with its images; or, where they are called train, val and test, the
 * folders in those. Null where images lie beside the folders.
 *
 * @param within relative path from `root` at which the folders begin; "" for `root` itself
 */
export async function findClassFolders(
  listing: FolderListing,
  root: string,
  within: string,
): Promise<ClassFolder[] | null> {
  const { folders } = await listing.read(join(root, within));
  const parts = folders.map((name) => ({ name, split: splitOfWord(name) }));
  if (parts.length === 0 || parts.some(({ split }) => split === null)) {
    return directClassFolders(listing, root, within, null);
  }
  const found = await Promise.all(
    parts.map(({ name, split }) =>
      directClassFolders(listing, root, within === "" ? name : `${within}/${name}`, split),
    ),
  );
  const complete = found.filter((part) => part !== null);
  return complete.length === found.length ? complete.flat() : null;
}

/** One class an image, from the folder it lies in. */
export function labelsOfClassFolders(folders: readonly ClassFolder[]): ArchiveLabels {
  const classes = [...new Set(folders.map(({ name }) => name))].sort();
  const images = folders.flatMap((folder) =>
    folder.images.map((image) => ({ folder, image: `${folder.path}/${image}` })),
  );
  const splits = images.flatMap(({ folder: { split }, image }) =>
    split === null ? [] : [{ image, x: null, y: null, line: 0, split }],
  );
  return {
    table: completeTable(
      classes,
      images.map(({ folder, image }) => ({ image, present: [folder.name] })),
    ),
    splits: splits.length > 0 ? splits : null,
    unreadable: [],
  };
}

export function countImages(folders: readonly ClassFolder[]): number {
  return folders.reduce((sum, { images }) => sum + images.length, 0);
}
