import type { ProjectStore } from "../../store/project-store.ts";
import { findImporter } from "../importers/index.ts";
import { readSplits } from "../importers/splits.ts";
import { readTextFile } from "../read-text-file.ts";
import { applyLabels, type ImportedLabels } from "./apply-labels.ts";

export interface LabelImport {
  readonly file: string;
  readonly format: string;
  readonly splits?: string;
  readonly annotator: string;
}

/**
 * Imports labels and splits from files: everything is read and matched before anything is written. A
 * project without classes takes them from the file. Errors: `unknown-class`, `unknown-image`,
 * `invalid-input` naming the line.
 */
export async function importLabels(store: ProjectStore, request: LabelImport): Promise<ImportedLabels> {
  const { file, format, splits, annotator } = request;
  const table = findImporter(format).read(await readTextFile(file), file);
  const splitRows = splits === undefined ? null : readSplits(await readTextFile(splits), splits);
  const { missing: _, ...imported } = applyLabels(store, {
    table,
    file,
    splits: splitRows && { rows: splitRows, file: splits ?? file },
    annotator,
    unknownImages: "refuse",
  });
  return imported;
}
