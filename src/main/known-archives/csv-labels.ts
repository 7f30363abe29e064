import { dirname, extname, join } from "node:path";
import { splitSchema } from "../../shared/domain/imagery.ts";
import { parseCsv } from "../csv.ts";
import { findColumn, isState } from "../importers/cells.ts";
import { csvImporter } from "../importers/csv.ts";
import { readSplits } from "../importers/splits.ts";
import { readTextFile } from "../read-text-file.ts";
import type { FolderListing } from "./folder-listing.ts";
import type { ArchiveLabels, ArchiveRecogniser } from "./known-archive.ts";
import { countSplits } from "./split-lists.ts";

interface CsvFiles {
  readonly labels: string;
  readonly splits: string | null;
}

/** Columns of the first line, in lower case. */
async function headerOf(file: string): Promise<string[]> {
  const text = await readTextFile(file);
  const end = text.search(/\r|\n|$/);
  return parseCsv(text.slice(0, end), file).header.map((name) => name.toLowerCase());
}

/** The one table of labels in a folder, and the one of splits; null where there is none or more than one. */
async function findTables(listing: FolderListing, folder: string): Promise<CsvFiles | null> {
  const { files } = await listing.read(folder);
  const labels: string[] = [];
  const splits: string[] = [];
  for (const name of files.filter((file) => [".csv", ".tsv"].includes(extname(file).toLowerCase()))) {
    const file = join(folder, name);
    const header = await headerOf(file).catch((): string[] => []);
    if (!header.includes("image") || header.length < 2) continue;
    if (header.includes("split") && header.length === 2) splits.push(file);
    else labels.push(file);
  }
  const [only] = labels;
  if (only === undefined || labels.length > 1) return null;
  return { labels: only, splits: splits.length === 1 ? (splits[0] ?? null) : null };
}

/** Splits from their own file, or from a column of the labels where every line has one. */
async function readTables({ labels, splits }: CsvFiles): Promise<ArchiveLabels> {
  const text = await readTextFile(labels);
  const table = csvImporter.read(text, labels);
  if (splits !== null) {
    return { table, splits: readSplits(await readTextFile(splits), splits), unreadable: [] };
  }
  const cells = parseCsv(text, labels);
  const column = findColumn(cells, "split");
  const everyLine =
    column >= 0 && cells.rows.every((row) => splitSchema.safeParse(row[column]?.toLowerCase()).success);
  // The long form names an image once for each class.
  const isLong = findColumn(cells, "class") >= 0 && findColumn(cells, "state") >= 0;
  return { table, splits: everyLine && !isLong ? readSplits(text, labels) : null, unreadable: [] };
}

/** Whether a table that can't be read as labels has at least one column of them, so that the rest is a mistake. */
async function hasLabelColumn(file: string): Promise<boolean> {
  const { header, rows } = parseCsv(await readTextFile(file), file);
  return header.some((_, column) => {
    const cells = rows.map((row) => row[column] ?? "");
    return cells.some((cell) => cell !== "") && cells.every(isState);
  });
}

/** Name without folders and extension. */
function stem(path: string): string {
  return path
    .replaceAll("\\", "/")
    .replace(/^.*\//, "")
    .replace(/\.(tiff?)$/i, "")
    .toLowerCase();
}

/** Whether the images of a folder, or of the folders in it, are those that the table names. */
async function namesImagesOf(
  listing: FolderListing,
  folder: string,
  images: readonly string[],
): Promise<boolean> {
  const wanted = new Set(images.map(stem));
  const { folders } = await listing.read(folder);
  for (const candidate of [folder, ...folders.map((name) => join(folder, name))]) {
    if ((await listing.images(candidate)).some((image) => wanted.has(stem(image)))) return true;
  }
  return false;
}

/** Any folder of imagery with one CSV that has a column `image`, beside the imagery or above it. */
export const csvLabels = {
  id: "csv-labels",
  name: "Images with a CSV",
  async recognise(folder, listing) {
    for (const place of [folder, dirname(folder)]) {
      const tables = await findTables(listing, place);
      if (!tables) continue;
      const labels = await readTables(tables).catch(async (error: unknown) => {
        // A table above the chosen folder may be about anything, and one beside the images about dates or clouds.
        if (place === folder && (await hasLabelColumn(tables.labels))) throw error;
        return null;
      });
      if (!labels) continue;
      const { classes, rows } = labels.table;
      if (classes.length === 0 || rows.length === 0) continue;
      // Labels of windows fit one grid only, which is not known yet: they are imported once the project is cut.
      if (rows.some(({ x }) => x !== null)) continue;
      const names = rows.map(({ image }) => image);
      if (place !== folder && !(await namesImagesOf(listing, folder, names))) continue;
      return {
        description: `A table with ${classes.length} classes on ${rows.length} images.`,
        kind: "multi-label",
        classes: classes.map((name) => ({ name })),
        imagery: folder,
        labelFile: tables.labels,
        images: rows.length,
        splits: labels.splits && countSplits(labels.splits),
        problem: null,
        read: () => readTables(tables),
      };
    }
    return null;
  },
} as const satisfies ArchiveRecogniser;
