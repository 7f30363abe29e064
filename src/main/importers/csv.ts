import type { LabelState } from "../../shared/domain/labels.ts";
import { FieldmarkError } from "../../shared/errors.ts";
import { type CsvTable, parseCsv } from "../csv.ts";
import { findColumn, plainText, readCoordinate, readState } from "./cells.ts";
import type { ImageReference, Importer, LabelTable } from "./importer.ts";

/** Columns of the wide form that describe the patch: those of the product's own CSV export. */
const DESCRIPTIVE = [
  "image",
  "x",
  "y",
  "patch_id",
  "patch",
  "window",
  "width",
  "height",
  "split",
  "sampling",
  "longitude",
  "latitude",
];

function reference(table: CsvTable, row: number, columns: Columns, file: string): ImageReference {
  return {
    image: plainText(table.rows[row]?.[columns.image] ?? ""),
    x: readCoordinate(table, row, columns.x, file),
    y: readCoordinate(table, row, columns.y, file),
    line: table.lines[row] ?? 0,
  };
}

interface Columns {
  readonly image: number;
  readonly x: number;
  readonly y: number;
}

function keyOf({ image, x, y }: ImageReference): string {
  return JSON.stringify([image, x, y]);
}

function refuseTwice(file: string, what: string, line: number): never {
  throw new FieldmarkError(
    "invalid-input",
    `${file}, line ${line}: ${what} occurs a second time. Leave one of the two out and try again.`,
    { details: { file, line } },
  );
}

function readWide(table: CsvTable, columns: Columns, file: string): LabelTable {
  const classColumns = table.header.flatMap((name, column) =>
    DESCRIPTIVE.includes(name.toLowerCase()) || name === "" ? [] : [{ column, name: plainText(name) }],
  );
  const seenClasses = new Set<string>();
  for (const { name } of classColumns) {
    if (seenClasses.has(name)) refuseTwice(file, `the class "${name}"`, 1);
    seenClasses.add(name);
  }
  const seen = new Set<string>();
  const rows = table.rows.map((cells, row) => {
    const image = reference(table, row, columns, file);
    if (seen.has(keyOf(image))) refuseTwice(file, `the image "${image.image}"`, image.line);
    seen.add(keyOf(image));
    const states = classColumns.map(({ column, name }) =>
      readState(cells[column] ?? "", file, image.line, name),
    );
    return { ...image, states };
  });
  return { classes: classColumns.map(({ name }) => name), rows };
}

function readLong(table: CsvTable, columns: Columns, file: string): LabelTable {
  const classColumn = findColumn(table, "class");
  const stateColumn = findColumn(table, "state");
  const positions = new Map<string, number>();
  const images = new Map<string, { reference: ImageReference; states: Map<number, LabelState> }>();
  for (const [row, cells] of table.rows.entries()) {
    const image = reference(table, row, columns, file);
    const className = plainText(cells[classColumn] ?? "");
    if (className === "") {
      throw new FieldmarkError("invalid-input", `${file}, line ${image.line}: the class is missing.`, {
        details: { file, line: image.line },
      });
    }
    const position = positions.get(className) ?? positions.size;
    positions.set(className, position);
    const key = keyOf(image);
    const entry = images.get(key) ?? { reference: image, states: new Map<number, LabelState>() };
    images.set(key, entry);
    const state = readState(cells[stateColumn] ?? "", file, image.line, "state");
    if (entry.states.has(position)) refuseTwice(file, `"${className}" on "${image.image}"`, image.line);
    if (state !== null) entry.states.set(position, state);
  }
  const classes = [...positions.keys()];
  const rows = [...images.values()].map((entry) => ({
    ...entry.reference,
    states: classes.map((_, position) => entry.states.get(position) ?? null),
  }));
  return { classes, rows };
}

/** Wide (`image`, one column a class with 1, 0 or nothing) or long (`image,class,state`); `x,y` address windows. */
export const csvImporter = {
  id: "csv",
  name: "CSV",
  description:
    "A column image and one column a class with 1, 0 or nothing (not reviewed), or the long form image,class,state. Columns x and y address windows of a scene.",
  read(text, file) {
    const table = parseCsv(text, file);
    const columns = {
      image: findColumn(table, "image"),
      x: findColumn(table, "x"),
      y: findColumn(table, "y"),
    };
    if (columns.image < 0) {
      throw new FieldmarkError(
        "invalid-input",
        `${file} has no column "image". Expected: image and one column a class, or image,class,state.`,
        { details: { file } },
      );
    }
    const long = findColumn(table, "class") >= 0 && findColumn(table, "state") >= 0;
    return long ? readLong(table, columns, file) : readWide(table, columns, file);
  },
} as const satisfies Importer;
