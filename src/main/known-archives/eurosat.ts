import { dirname, relative, sep } from "node:path";
import { type ClassFolder, countImages, findClassFolders, labelsOfClassFolders } from "./class-folders.ts";
import { type FolderListing, findFile, unwrap } from "./folder-listing.ts";
import type { ArchiveLabels, ArchiveRecogniser } from "./known-archive.ts";
import { presetClasses } from "./label-tables.ts";
import { countSplits, readSplitLists, type SplitList } from "./split-lists.ts";

/** With fewer of the ten folders it is some archive with a folder per class. */
const FEWEST_FOLDERS = 5;

/** The lists of images that are passed around with EuroSAT (Neumann et al. 2019), beside or above the folders. */
const SPLIT_FILES = [
  { name: "eurosat-train.txt", split: "pool" },
  { name: "eurosat-val.txt", split: "val" },
  { name: "eurosat-test.txt", split: "test" },
] as const;

async function findSplitLists(listing: FolderListing, folder: string): Promise<SplitList[]> {
  const lists: SplitList[] = [];
  for (const { name, split } of SPLIT_FILES) {
    const file = (await findFile(listing, folder, name)) ?? (await findFile(listing, dirname(folder), name));
    if (file !== null) lists.push({ file, split });
  }
  return lists;
}

async function readArchive(
  folders: readonly ClassFolder[],
  lists: readonly SplitList[],
): Promise<ArchiveLabels> {
  const { table, splits, unreadable } = labelsOfClassFolders(folders);
  const all = presetClasses("eurosat-10").map(({ name }) => name);
  const positions = all.map((name) => table.classes.indexOf(name));
  const rows = table.rows.map((row) => ({
    ...row,
    states: positions.map((position) => row.states[position] ?? "absent"),
  }));
  return {
    table: { classes: all, rows },
    splits: lists.length > 0 ? await readSplitLists(lists) : splits,
    unreadable,
  };
}

/** A folder for each of EuroSAT's ten classes (Helber et al. 2019), RGB or 13 bands, one class an image. */
export const eurosat = {
  id: "eurosat",
  name: "EuroSAT",
  async recognise(folder, listing) {
    const root = await unwrap(listing, folder);
    const folders = await findClassFolders(listing, folder, relative(folder, root).replaceAll(sep, "/"));
    if (!folders) return null;
    const classes = presetClasses("eurosat-10");
    const known = new Set(classes.map(({ name }) => name));
    const names = new Set(folders.map(({ name }) => name));
    if (names.size < FEWEST_FOLDERS || [...names].some((name) => !known.has(name))) return null;
    const images = countImages(folders);
    if (images === 0) return null;
    const lists = await findSplitLists(listing, root);
    const { splits } = await readArchive(folders, lists);
    return {
      description: `EuroSAT: ${images} images in ${names.size} class folders, one class an image.`,
      kind: "single-label",
      classes,
      imagery: folder,
      labelFile: root,
      images,
      splits: splits && countSplits(splits),
      problem: null,
      read: () => readArchive(folders, lists),
    };
  },
} as const satisfies ArchiveRecogniser;
