import { FieldmarkError } from "../../shared/errors.ts";
import type { ProjectStore, SplitCounts } from "../../store/project-store.ts";
import type { ImageReference, ImportedRow, LabelTable } from "../importers/importer.ts";
import { listSome } from "../importers/list-some.ts";
import { resolveImages } from "../importers/resolve-images.ts";
import type { SplitRow } from "../known-archives/known-archive.ts";

/** Labels and splits that were read and are to be written into a project. */
export interface LabelsToApply {
  readonly table: LabelTable;
  /** Where the labels come from, for messages. */
  readonly file: string;
  readonly splits: { readonly rows: readonly SplitRow[]; readonly file: string } | null;
  readonly annotator: string;
  /** Whether images that the project doesn't have are an error, or belong to a part that isn't at hand. */
  readonly unknownImages: "refuse" | "pass-over";
}

export interface ImportedLabels {
  readonly patches: number;
  readonly labels: number;
  readonly classes: number;
  /** Rows without a single label. */
  readonly emptyRows: number;
  readonly splits: SplitCounts;
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
    `${file}${row.line > 0 ? `, line ${row.line}` : ""}: "${row.image}" has more than one class present, but this is a single-label project. Nothing was imported.`,
    { details: { file, line: row.line } },
  );
}

function refuseStrangers(rows: readonly ImportedRow[], file: string): never {
  throw new FieldmarkError(
    "unknown-image",
    `None of the ${rows.length} images that ${file} names is a patch of this project: ${listSome(rows.map(({ image }) => image))}. ` +
      "Nothing was imported. Check that the labels belong to this source and that its files were not cut into windows.",
    { details: { file, unknown: rows.length } },
  );
}

/** Rows with the patch that each means, without those that mean none. */
function matchRows<Row extends ImageReference>(
  rows: readonly Row[],
  patchIds: readonly (number | null)[],
): { readonly row: Row; readonly patchId: number }[] {
  return rows.flatMap((row, position) => {
    const patchId = patchIds[position] ?? null;
    return patchId === null ? [] : [{ row, patchId }];
  });
}

/**
 * Writes labels and splits, all or nothing: everything is matched first. A project without classes takes
 * them from the table. Returns with the counts how many `missing` images were passed over. Errors:
 * `unknown-class`, `unknown-image`, `invalid-input` naming the line.
 */
export function applyLabels(
  store: ProjectStore,
  { table, file, splits, annotator, unknownImages }: LabelsToApply,
): ImportedLabels & { readonly missing: number } {
  const takesClasses = store.classes().length === 0;
  if (!takesClasses) refuseUnknownClasses(store, table, file);
  if (store.project().kind === "single-label") refuseSeveralClasses(table.rows, file);
  const lookup = store.patchLookup();
  const labelled = matchRows(table.rows, resolveImages(table.rows, lookup, file, unknownImages));
  if (labelled.length === 0 && table.rows.length > 0) refuseStrangers(table.rows, file);
  const split =
    splits && matchRows(splits.rows, resolveImages(splits.rows, lookup, splits.file, unknownImages));

  return store.transaction(() => {
    if (takesClasses) store.saveClasses(table.classes.map((name) => ({ name })));
    const idByName = new Map(store.classes().map(({ id, name }) => [name, id]));
    const classIds = table.classes.map((name) => idByName.get(name));
    const counts = { patches: 0, labels: 0, emptyRows: 0 };
    function* labels() {
      for (const { row, patchId } of labelled) {
        const states = row.states.flatMap((state, column) => {
          const classId = classIds[column];
          return state === null || classId === undefined ? [] : [{ classId, state }];
        });
        if (states.length === 0) {
          counts.emptyRows++;
          continue;
        }
        counts.patches++;
        counts.labels += states.length;
        yield { patchId, states };
      }
    }
    store.importLabels(labels(), { annotator });
    if (split && split.length > 0)
      store.setSplits(split.map(({ row, patchId }) => ({ patchId, split: row.split })));
    return {
      ...counts,
      classes: table.classes.length,
      splits: store.splitCounts(),
      missing: table.rows.length - labelled.length,
    };
  });
}
