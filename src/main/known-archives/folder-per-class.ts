import { relative, sep } from "node:path";
import { type ClassFolder, countImages, findClassFolders, labelsOfClassFolders } from "./class-folders.ts";
import { unwrap } from "./folder-listing.ts";
import type { ArchiveRecogniser } from "./known-archive.ts";
import { countSplits } from "./split-lists.ts";

const MOST_CLASSES = 200;
const FEWEST_CLASSES = 2;
const FEWEST_IMAGES = 2;

/** Folders that sort files by what they are, not by what they show. */
const NOT_CLASSES =
  /^(images?|imagery|imgs?|rasters?|tiles?|scenes?|patches|chips?|labels?|masks?|annotations?|groundtruth|gt|data|raw|processed|rgb|ms|nir|aerial|s1|s2|sentinel[-_ ]?[12]|landsat\d?|previews?|thumbnails?)$/i;
const MGRS_TILE = /^T?\d{2}[A-Z]{3}$/;

/** Dates, years and ids have many digits; class names hardly any. */
function looksLikeClass(name: string): boolean {
  return (
    /\p{L}{2}/u.test(name) &&
    name.replace(/\D/g, "").length < 4 &&
    !NOT_CLASSES.test(name) &&
    !MGRS_TILE.test(name)
  );
}

/** Whether the folders sort images by class, as far as their names and sizes tell. */
function sortByClass(folders: readonly ClassFolder[]): boolean {
  const names = new Set(folders.map(({ name }) => name));
  // part1, part2, … differ only in their number.
  const words = new Set([...names].map((name) => name.replace(/[\d_\- ]+/g, "").toLowerCase()));
  return (
    names.size >= FEWEST_CLASSES &&
    names.size <= MOST_CLASSES &&
    words.size > 1 &&
    [...names].every(looksLikeClass) &&
    folders.every(({ images }) => images.length >= FEWEST_IMAGES)
  );
}

/** Any archive with a folder per class, also below train, val and test; one class an image. */
export const folderPerClass = {
  id: "folder-per-class",
  name: "Folder per class",
  async recognise(folder, listing) {
    const root = await unwrap(listing, folder);
    const folders = await findClassFolders(listing, folder, relative(folder, root).replaceAll(sep, "/"));
    if (!folders || !sortByClass(folders)) return null;
    const labels = labelsOfClassFolders(folders);
    const { classes } = labels.table;
    return {
      description: `${countImages(folders)} images in ${classes.length} folders that look like classes, one class an image.`,
      kind: "single-label",
      classes: classes.map((name) => ({ name })),
      imagery: folder,
      labelFile: root,
      images: countImages(folders),
      splits: labels.splits && countSplits(labels.splits),
      problem: null,
      read: async () => labels,
    };
  },
} as const satisfies ArchiveRecogniser;
