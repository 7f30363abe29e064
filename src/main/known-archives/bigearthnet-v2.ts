import { dirname, join } from "node:path";
import { FieldmarkError } from "../../shared/errors.ts";
import { parseCsv } from "../csv.ts";
import { findColumn } from "../importers/cells.ts";
import { readTextFile } from "../read-text-file.ts";
import { type FolderListing, findFile } from "./folder-listing.ts";
import type { ArchiveLabels, ArchiveRecogniser, SplitRow } from "./known-archive.ts";
import { completeTable, type ImageClasses, presetClasses } from "./label-tables.ts";
import { countSplits, splitOfWord } from "./split-lists.ts";

const TILE_FOLDER = /^S2[AB]_MSIL2A_\d{8}T\d{6}_N\d{4}_R\d{3}_T\d{2}[A-Z]{3}$/;
const IMAGERY = "BigEarthNet-S2";
const TABLE = "metadata.csv";
const PARQUET = "metadata.parquet";

function parquetProblem(folder: string): string {
  return (
    `The labels of BigEarthNet v2 lie in ${join(folder, PARQUET)}, and Parquet files are not read. Write ${TABLE} beside it with the columns ` +
    `patch_id, labels (separated by ;) and split, for example with DuckDB: COPY (SELECT patch_id, array_to_string(labels, ';') AS labels, split ` +
    `FROM '${PARQUET}') TO '${TABLE}' (HEADER). Then look at the folder again.`
  );
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

async function readArchive(file: string): Promise<ArchiveLabels> {
  const table = parseCsv(await readTextFile(file), file);
  const columns = {
    patch: findColumn(table, "patch_id"),
    labels: findColumn(table, "labels"),
    split: findColumn(table, "split"),
  };
  const refuse = (problem: string, line?: number) =>
    new FieldmarkError("invalid-input", `${file}${line === undefined ? "" : `, line ${line}`}: ${problem}`, {
      details: { file },
    });
  if (columns.patch < 0 || columns.labels < 0) throw refuse("the columns patch_id and labels are needed.");
  const classes = presetClasses("bigearthnet-19").map(({ name }) => name);
  const known = new Set(classes);
  const images: ImageClasses[] = [];
  const splits: SplitRow[] = [];
  for (const [row, cells] of table.rows.entries()) {
    const line = table.lines[row] ?? 0;
    const image = cells[columns.patch] ?? "";
    const present = namesIn(cells[columns.labels] ?? "");
    const unknown = present.find((name) => !known.has(name));
    if (unknown !== undefined) throw refuse(`"${unknown}" is no class of the 19-class nomenclature.`, line);
    images.push({ image, present: present.length > 0 ? present : null, line });
    if (columns.split < 0) continue;
    const word = cells[columns.split] ?? "";
    const split = splitOfWord(word);
    if (split === null) throw refuse(`"${word}" is no split. Use train, validation or test.`, line);
    splits.push({ image, x: null, y: null, line, split });
  }
  return {
    table: completeTable(classes, images),
    splits: splits.length > 0 ? splits : null,
    unreadable: [],
  };
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
 * BigEarthNet v2 (Clasen et al. 2024): `BigEarthNet-S2/<tile>/<patch>/<patch>_B02.tif` and
 * `metadata.parquet`, whose content is read from a `metadata.csv`.
 */
export const bigearthnetV2 = {
  id: "bigearthnet-v2",
  name: "BigEarthNet v2",
  async recognise(folder, listing) {
    const found = await findRoot(listing, folder);
    if (!found) return null;
    const { root, imagery } = found;
    const file =
      (await findFile(listing, root, TABLE)) ?? (await findFile(listing, join(root, IMAGERY), TABLE));
    const classes = presetClasses("bigearthnet-19");
    const facts = { kind: "multi-label", classes, imagery } as const;
    if (file === null) {
      const problem = parquetProblem(root);
      return {
        ...facts,
        description: "BigEarthNet v2 without a table of its labels that can be read.",
        labelFile: join(root, PARQUET),
        images: 0,
        splits: null,
        problem,
        read: async () => {
          throw new FieldmarkError("invalid-input", problem);
        },
      };
    }
    const { table, splits } = await readArchive(file);
    return {
      ...facts,
      description: `BigEarthNet v2 with the 19-class labels of ${table.rows.length} patches.`,
      labelFile: file,
      images: table.rows.length,
      splits: splits && countSplits(splits),
      problem: null,
      read: () => readArchive(file),
    };
  },
} as const satisfies ArchiveRecogniser;
