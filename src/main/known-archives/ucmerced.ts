import { dirname } from "node:path";
import { readSplits } from "../importers/splits.ts";
import { ucmercedImporter } from "../importers/ucmerced.ts";
import { readTextFile } from "../read-text-file.ts";
import { type FolderListing, findFile } from "./folder-listing.ts";
import type { ArchiveLabels, ArchiveRecogniser } from "./known-archive.ts";
import { classesLikePreset } from "./label-tables.ts";
import { countSplits } from "./split-lists.ts";

const LABEL_FILE = "LandUse_Multilabeled.txt";
const SPLIT_FILE = "splits.csv";

async function readArchive(listing: FolderListing, labelFile: string): Promise<ArchiveLabels> {
  const table = ucmercedImporter.read(await readTextFile(labelFile), labelFile);
  const splitFile = await findFile(listing, dirname(labelFile), SPLIT_FILE);
  const splits = splitFile === null ? null : readSplits(await readTextFile(splitFile), splitFile);
  return { table, splits, unreadable: [] };
}

/**
 * `Images/<scene>/<name>.tif` beside `LandUse_Multilabeled.txt`, optionally with `splits.csv`
 * (Yang and Newsam 2010; multi-labels by Chaudhuri et al. 2018).
 */
export const ucmerced = {
  id: "ucmerced",
  name: "UC Merced Land Use",
  async recognise(folder, listing) {
    const labelFile =
      (await findFile(listing, folder, LABEL_FILE)) ?? (await findFile(listing, dirname(folder), LABEL_FILE));
    if (labelFile === null) return null;
    const { table, splits } = await readArchive(listing, labelFile);
    return {
      description: `UC Merced Land Use images with the ${table.classes.length} multi-labels of ${LABEL_FILE}.`,
      kind: "multi-label",
      classes: classesLikePreset(table.classes, "ucmerced-17"),
      imagery: folder,
      labelFile,
      images: table.rows.length,
      splits: splits && countSplits(splits),
      problem: null,
      read: () => readArchive(listing, labelFile),
    };
  },
} as const satisfies ArchiveRecogniser;
