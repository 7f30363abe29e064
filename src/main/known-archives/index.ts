import { resolve } from "node:path";
import { FieldmarkError, toErrorShape } from "../../shared/errors.ts";
import { bigearthnetV1 } from "./bigearthnet-v1.ts";
import { bigearthnetV2 } from "./bigearthnet-v2.ts";
import { csvLabels } from "./csv-labels.ts";
import { eurosat } from "./eurosat.ts";
import { createFolderListing } from "./folder-listing.ts";
import { folderPerClass } from "./folder-per-class.ts";
import type { ArchiveRecogniser, KnownArchive } from "./known-archive.ts";
import { treesatai } from "./treesatai.ts";
import { ucmerced } from "./ucmerced.ts";

/**
 * Every layout that opens with its labels; the first that fits counts, so the general ones come last.
 * Adding one = its file and one line here.
 */
export const ARCHIVE_RECOGNISERS = [
  ucmerced,
  treesatai,
  bigearthnetV2,
  bigearthnetV1,
  eurosat,
  csvLabels,
  folderPerClass,
] as const satisfies readonly ArchiveRecogniser[];

/** An archive that was recognised, but whose label files are not as they should be. */
function damaged(folder: string, { id, name }: ArchiveRecogniser, error: unknown): KnownArchive {
  const problem = toErrorShape(error).message;
  return {
    id,
    name,
    description: `This looks like ${name}, but its label files cannot be read.`,
    kind: "multi-label",
    classes: [],
    imagery: folder,
    labelFile: folder,
    images: 0,
    splits: null,
    problem,
    read: async () => {
      throw error;
    },
  };
}

/**
 * Which known archive a folder is, judged by file names and label files alone; null when it is none.
 * A label file that can't be read is told as the archive's `problem`.
 */
export async function recogniseArchive(folder: string): Promise<KnownArchive | null> {
  const listing = createFolderListing();
  const path = resolve(folder);
  for (const recogniser of ARCHIVE_RECOGNISERS) {
    try {
      const archive = await recogniser.recognise(path, listing);
      if (archive) return { id: recogniser.id, name: recogniser.name, ...archive };
    } catch (error) {
      if (!(error instanceof FieldmarkError)) throw error;
      return damaged(path, recogniser, error);
    }
  }
  return null;
}
