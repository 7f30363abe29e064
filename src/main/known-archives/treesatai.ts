import { dirname, join } from "node:path";
import { z } from "zod";
import { FieldmarkError } from "../../shared/errors.ts";
import { readTextFile } from "../read-text-file.ts";
import { type FolderListing, findFile } from "./folder-listing.ts";
import type { ArchiveLabels, ArchiveRecogniser } from "./known-archive.ts";
import { classesLikePreset, completeTable, presetClasses } from "./label-tables.ts";
import { countSplits, readSplitLists, type SplitList } from "./split-lists.ts";

const LABEL_FILE = "TreeSatBA_v9_60m_multi_labels.json";

/** A genus counts as present where it covers a larger share of the image (Ahlswede et al. 2023). */
const COVERAGE = 0.07;

/** Folders of imagery in the order in which they are taken; all hold the same places under the same names. */
const IMAGERY = ["aerial/60m", "aerial_60m", "aerial", "s2/60m", "s2/200m", "s1/60m", "s1/200m"];

const SPLIT_FILES = [
  { name: "train_filenames.lst", split: "pool" },
  { name: "val_filenames.lst", split: "val" },
  { name: "test_filenames.lst", split: "test" },
] as const;

const labelsSchema = z.record(z.string(), z.array(z.tuple([z.string(), z.number()])));

/** The file with the labels: in the archive's folder or in `labels/`. */
async function findLabelFile(listing: FolderListing, root: string): Promise<string | null> {
  return (
    (await findFile(listing, join(root, "labels"), LABEL_FILE)) ?? (await findFile(listing, root, LABEL_FILE))
  );
}

async function findSplitLists(listing: FolderListing, root: string): Promise<SplitList[]> {
  const lists: SplitList[] = [];
  for (const { name, split } of SPLIT_FILES) {
    const file =
      (await findFile(listing, root, name)) ?? (await findFile(listing, join(root, "split"), name));
    if (file !== null) lists.push({ file, split });
  }
  return lists;
}

function parseLabels(text: string, file: string): z.infer<typeof labelsSchema> {
  try {
    return labelsSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new FieldmarkError(
      "invalid-input",
      `${file} is not TreeSatAI's list of genera and shares for each image. Unpack the archive's labels again.`,
      { details: { file }, cause: error },
    );
  }
}

async function readArchive(labelFile: string, lists: readonly SplitList[]): Promise<ArchiveLabels> {
  const labels = Object.entries(parseLabels(await readTextFile(labelFile), labelFile));
  const genera = presetClasses("treesatai-15").map(({ name }) => name);
  const others = new Set(labels.flatMap(([, shares]) => shares.map(([genus]) => genus)));
  for (const genus of genera) others.delete(genus);
  const images = labels.map(([image, shares]) => ({
    image,
    present: shares.filter(([, share]) => share > COVERAGE).map(([genus]) => genus),
  }));
  return {
    table: completeTable([...genera, ...[...others].sort()], images),
    splits: lists.length > 0 ? await readSplitLists(lists) : null,
    unreadable: [],
  };
}

/** The archive's own folder when the user chose that one or one with imagery in it. */
async function findRoot(
  listing: FolderListing,
  folder: string,
): Promise<{ readonly labelFile: string; readonly root: string } | null> {
  for (const root of [folder, dirname(folder), dirname(dirname(folder))]) {
    const labelFile = await findLabelFile(listing, root);
    if (labelFile !== null) return { labelFile, root };
  }
  return null;
}

/** The chosen folder where it holds images itself, else the first of the archive's folders of imagery. */
async function findImagery(listing: FolderListing, folder: string, root: string): Promise<string> {
  if ((await listing.images(folder)).length > 0) return folder;
  for (const path of IMAGERY) {
    const candidate = join(root, path);
    const { folders } = await listing.read(candidate);
    if (folders.length > 0 || (await listing.images(candidate)).length > 0) return candidate;
  }
  return folder;
}

/** TreeSatAI (Ahlswede et al. 2023): `labels/*.json` with shares, `{train,test}_filenames.lst`, `aerial/60m`. */
export const treesatai = {
  id: "treesatai",
  name: "TreeSatAI",
  async recognise(folder, listing) {
    const found = await findRoot(listing, folder);
    if (!found) return null;
    const { labelFile, root } = found;
    const lists = await findSplitLists(listing, root);
    const { table, splits } = await readArchive(labelFile, lists);
    return {
      description: `TreeSatAI with the genera that cover more than ${100 * COVERAGE} % of an image.`,
      kind: "multi-label",
      classes: classesLikePreset(table.classes, "treesatai-15"),
      imagery: await findImagery(listing, folder, root),
      labelFile,
      images: table.rows.length,
      splits: splits && countSplits(splits),
      problem: null,
      read: () => readArchive(labelFile, lists),
    };
  },
} as const satisfies ArchiveRecogniser;
