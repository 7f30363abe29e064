import type { Split } from "../../shared/domain/imagery.ts";
import { readTextFile } from "../read-text-file.ts";
import type { SplitRow, SplitSizes } from "./known-archive.ts";

/** What archives call their parts; the part for training is the pool. */
const SPLIT_NAMES: Readonly<Record<string, Split>> = {
  train: "pool",
  training: "pool",
  pool: "pool",
  val: "val",
  valid: "val",
  validation: "val",
  dev: "val",
  test: "test",
  testing: "test",
};

/** The split that an archive's word stands for; null for any other word. */
export function splitOfWord(word: string): Split | null {
  return SPLIT_NAMES[word.toLowerCase()] ?? null;
}

/** A file that names the images of one split. */
export interface SplitList {
  readonly file: string;
  readonly split: Split;
}

/** Reads lists with one image a line; of several columns the first is the image. Extensions don't count. */
export async function readSplitLists(lists: readonly SplitList[]): Promise<SplitRow[]> {
  const rows: SplitRow[] = [];
  for (const { file, split } of lists) {
    const text = await readTextFile(file);
    for (const [index, line] of text.split(/\r?\n/).entries()) {
      const image = line
        .split(",")[0]
        ?.trim()
        .replace(/\.(tiff?|jpe?g|png|npy)$/i, "");
      if (image) rows.push({ image, x: null, y: null, line: index + 1, split });
    }
  }
  return rows;
}

export function countSplits(rows: readonly { readonly split: Split }[]): SplitSizes {
  const sizes = { pool: 0, val: 0, test: 0 };
  for (const { split } of rows) sizes[split]++;
  return sizes;
}
