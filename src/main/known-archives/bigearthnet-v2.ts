import { dirname, join } from "node:path";
import { z } from "zod";
import { FieldmarkError } from "../../shared/errors.ts";
import { parseCsv } from "../csv.ts";
import { findColumn } from "../importers/cells.ts";
import { openParquet } from "../parquet.ts";
import { readTextFile } from "../read-text-file.ts";
import { type FolderListing, findFile } from "./folder-listing.ts";
import type { ArchiveLabels, ArchiveRecogniser, SplitRow } from "./known-archive.ts";
import { completeTable, type ImageClasses, presetClasses } from "./label-tables.ts";
import { countSplits, splitOfWord } from "./split-lists.ts";

const TILE_FOLDER = /^S2[AB]_MSIL2A_\d{8}T\d{6}_N\d{4}_R\d{3}_T\d{2}[A-Z]{3}$/;
const IMAGERY = "BigEarthNet-S2";
/** The archive's own table, and what people export it to. */
const TABLES = ["metadata.parquet", "metadata.csv"] as const;

function noTable(folder: string): string {
  return `The labels of BigEarthNet v2 lie in metadata.parquet, which is not in ${folder}. Put it beside ${IMAGERY} and look at the folder again.`;
}

/** One line of the table. */
interface Row {
  readonly patch: string;
  readonly labels: readonly string[];
  /** Null where the table has no splits. */
  readonly split: string | null;
  /** As messages name it; from 1, without the header in Parquet. */
  readonly line: number;
}

/** Names separated by ; or |, or a list as Python and NumPy print it: `['Arable land' 'Pastures']`. */
function namesIn(cell: string): string[] {
  if (!cell.startsWith("[")) {
    return cell
      .split(/[;|]/)
      .map((name) => name.trim())
      .filter((name) => name !== "");
  }
  return Array.from(cell.matchAll(/'([^']*)'|"([^"]*)"/g), ([, single, double]) => single ?? double ?? "");
}

function refuse(file: string, problem: string, line?: number): FieldmarkError {
  const where = line === undefined ? "" : `, line ${line}`;
  return new FieldmarkError("invalid-input", `${file}${where}: ${problem}`, { details: { file } });
}

const parquetRowSchema = z.object({
  patch_id: z.string(),
  labels: z.array(z.string()).nullish(),
  split: z.string().nullish(),
});

async function readParquet(file: string): Promise<Row[]> {
  const table = await openParquet(file);
  if (!table.columns.includes("patch_id") || !table.columns.includes("labels")) {
    throw refuse(file, "the columns patch_id and labels are needed.");
  }
  const hasSplits = table.columns.includes("split");
  const rows = await table.read(["patch_id", "labels", ...(hasSplits ? ["split"] : [])]);
  return rows.map((row, index): Row => {
    const parsed = parquetRowSchema.safeParse(row);
    if (!parsed.success) {
      throw refuse(file, "a name and a list of class names were expected.", index + 1);
    }
    const { patch_id: patch, labels, split } = parsed.data;
    return { patch, labels: labels ?? [], split: hasSplits ? (split ?? "") : null, line: index + 1 };
  });
}

async function readCsv(file: string): Promise<Row[]> {
  const table = parseCsv(await readTextFile(file), file);
  const columns = {
    patch: findColumn(table, "patch_id"),
    labels: findColumn(table, "labels"),
    split: findColumn(table, "split"),
  };
  if (columns.patch < 0 || columns.labels < 0)
    throw refuse(file, "the columns patch_id and labels are needed.");
  return table.rows.map((cells, row) => ({
    patch: cells[columns.patch] ?? "",
    labels: namesIn(cells[columns.labels] ?? ""),
    split: columns.split < 0 ? null : (cells[columns.split] ?? ""),
    line: table.lines[row] ?? 0,
  }));
}

async function readArchive(file: string): Promise<ArchiveLabels> {
  const rows = await (file.toLowerCase().endsWith(".parquet") ? readParquet(file) : readCsv(file));
  const classes = presetClasses("bigearthnet-19").map(({ name }) => name);
  const known = new Set(classes);
  const images: ImageClasses[] = [];
  const splits: SplitRow[] = [];
  for (const { patch: image, labels: present, split: word, line } of rows) {
    const unknown = present.find((name) => !known.has(name));
    if (unknown !== undefined)
      throw refuse(file, `"${unknown}" is no class of the 19-class nomenclature.`, line);
    images.push({ image, present: present.length > 0 ? present : null, line });
    if (word === null) continue;
    const split = splitOfWord(word);
    if (split === null) throw refuse(file, `"${word}" is no split. Use train, validation or test.`, line);
    splits.push({ image, x: null, y: null, line, split });
  }
  return {
    table: completeTable(classes, images),
    splits: splits.length > 0 ? splits : null,
    unreadable: [],
  };
}

async function findTable(listing: FolderListing, root: string): Promise<string | null> {
  for (const name of TABLES) {
    const file =
      (await findFile(listing, root, name)) ?? (await findFile(listing, join(root, IMAGERY), name));
    if (file !== null) return file;
  }
  return null;
}

async function holdsTiles(listing: FolderListing, folder: string): Promise<boolean> {
  return (await listing.read(folder)).folders.some((name) => TILE_FOLDER.test(name));
}

/** The folder with the metadata, and the imagery: from the archive's folder, `BigEarthNet-S2` or one tile of it. */
async function findRoot(
  listing: FolderListing,
  folder: string,
): Promise<{ readonly root: string; readonly imagery: string } | null> {
  if (await holdsTiles(listing, join(folder, IMAGERY))) {
    return { root: folder, imagery: join(folder, IMAGERY) };
  }
  if (await holdsTiles(listing, folder)) return { root: dirname(folder), imagery: folder };
  if (await holdsTiles(listing, dirname(folder))) return { root: dirname(dirname(folder)), imagery: folder };
  return null;
}

/**
 * BigEarthNet v2 (Clasen et al. 2024): `BigEarthNet-S2/<tile>/<patch>/<patch>_B02.tif` and `metadata.parquet`, or a
 * `metadata.csv` made of it.
 */
export const bigearthnetV2 = {
  id: "bigearthnet-v2",
  name: "BigEarthNet v2",
  async recognise(folder, listing) {
    const found = await findRoot(listing, folder);
    if (!found) return null;
    const { root, imagery } = found;
    const file = await findTable(listing, root);
    const classes = presetClasses("bigearthnet-19");
    const facts = { kind: "multi-label", classes, imagery } as const;
    if (file === null) {
      const problem = noTable(root);
      return {
        ...facts,
        description: "BigEarthNet v2 without the table of its labels.",
        labelFile: join(root, TABLES[0]),
        images: 0,
        splits: null,
        problem,
        read: async () => {
          throw new FieldmarkError("invalid-input", problem);
        },
      };
    }
    // Half a million rows: they are read once.
    const labels = await readArchive(file);
    const { table, splits } = labels;
    return {
      ...facts,
      description: `BigEarthNet v2 with the 19-class labels of ${table.rows.length} patches.`,
      labelFile: file,
      images: table.rows.length,
      splits: splits && countSplits(splits),
      problem: null,
      read: async () => labels,
    };
  },
} as const satisfies ArchiveRecogniser;
