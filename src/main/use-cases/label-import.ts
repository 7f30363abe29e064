import { readFile } from "node:fs/promises";
import { describeSystemError, FieldmarkError } from "../../shared/errors.ts";
import type { ProjectStore } from "../../store/project-store.ts";
import type { ImportedRow, LabelTable } from "../importers/importer.ts";
import { findImporter } from "../importers/index.ts";
import { listSome } from "../importers/list-some.ts";
import { resolveImages } from "../importers/resolve-images.ts";
import { readSplits } from "../importers/splits.ts";

export interface LabelImport {
  readonly file: string;
  readonly format: string;
  readonly splits?: string;
  readonly annotator: string;
}

export interface ImportedLabels {
  readonly patches: number;
  readonly labels: number;
  readonly classes: number;
  /** Rows without a single label. */
  readonly emptyRows: number;
  readonly splits: {
    readonly pool: number;
    readonly val: number;
    readonly test: number;
    readonly none: number;
  };
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const shape = describeSystemError(error, file);
    throw new FieldmarkError(
      shape?.code ?? "unreadable-file",
      shape?.message ?? `${file} could not be read.`,
      {
        details: { file },
        cause: error,
      },
    );
  }
}

function refuseUnknownClasses(store: ProjectStore, table: LabelTable, file: string): void {
  const known = new Set(store.classes().map(({ name }) => name));
  const unknown = table.classes.filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new FieldmarkError(
    "unknown-class",
    `${file} has ${unknown.length} of ${table.classes.length} classes that this project does not have: ${listSome(unknown)}. ` +
      "Nothing was imported. Add them to the project's taxonomy, or rename them in the file.",
    { details: { file, unknown: unknown.length } },
  );
}

function refuseSeveralClasses(rows: readonly ImportedRow[], file: string): void {
  const row = rows.find(({ states }) => states.filter((state) => state === "present").length > 1);
  if (!row) return;
  throw new FieldmarkError(
    "invalid-input",
    `${file}, line ${row.line}: "${row.image}" has more than one class present, but this is a single-label project. Nothing was imported.`,
    { details: { file, line: row.line } },
  );
}

/**
 * Imports labels and splits from files: everything is read and matched before anything is written. A
 * project without classes takes them from the file. Errors: `unknown-class`, `unknown-image`,
 * `invalid-input` naming the line.
 */
export async function importLabels(store: ProjectStore, request: LabelImport): Promise<ImportedLabels> {
  const { file, format } = request;
  const table = findImporter(format).read(await readText(file), file);
  const splitRows =
    request.splits === undefined ? [] : readSplits(await readText(request.splits), request.splits);

  const takesClasses = store.classes().length === 0;
  if (!takesClasses) refuseUnknownClasses(store, table, file);
  if (store.project().kind === "single-label") refuseSeveralClasses(table.rows, file);
  const lookup = store.patchLookup();
  const patchIds = resolveImages(table.rows, lookup, file);
  const splitIds = resolveImages(splitRows, lookup, request.splits ?? file);

  return store.transaction(() => {
    if (takesClasses) store.saveClasses(table.classes.map((name) => ({ name })));
    const idByName = new Map(store.classes().map(({ id, name }) => [name, id]));
    const classIds = table.classes.map((name) => idByName.get(name));
    let emptyRows = 0;
    const labels = table.rows.flatMap((row, position) => {
      const patchId = patchIds[position];
      const states = row.states.flatMap((state, column) => {
        const classId = classIds[column];
        return state === null || classId === undefined ? [] : [{ classId, state }];
      });
      if (states.length === 0) emptyRows++;
      return patchId === undefined || states.length === 0 ? [] : [{ patchId, states }];
    });
    store.importLabels(labels, { annotator: request.annotator });
    if (request.splits !== undefined) {
      store.setSplits(
        splitRows.flatMap(({ split }, position) => {
          const patchId = splitIds[position];
          return patchId === undefined ? [] : [{ patchId, split }];
        }),
      );
    }
    return {
      patches: labels.length,
      labels: labels.reduce((sum, { states }) => sum + states.length, 0),
      classes: table.classes.length,
      emptyRows,
      splits: store.splitCounts(),
    };
  });
}
