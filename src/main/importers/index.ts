import { FieldmarkError } from "../../shared/errors.ts";
import { csvImporter } from "./csv.ts";
import type { Importer } from "./importer.ts";
import { ucmercedImporter } from "./ucmerced.ts";

/** Every format of label files that can be imported. Adding one = its file and one line here. */
export const IMPORTERS = [ucmercedImporter, csvImporter] as const satisfies readonly Importer[];

export type ImporterId = (typeof IMPORTERS)[number]["id"];

export function findImporter(id: string): Importer {
  const importer = IMPORTERS.find((entry) => entry.id === id);
  if (importer) return importer;
  throw new FieldmarkError(
    "invalid-input",
    `There is no import format "${id}". Known formats: ${IMPORTERS.map((entry) => entry.id).join(", ")}.`,
  );
}
