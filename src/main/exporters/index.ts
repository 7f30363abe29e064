import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { OptionValues, RegistryEntry } from "../../shared/domain/learning.ts";
import { FieldmarkError } from "../../shared/errors.ts";
import { describeIssues } from "../../shared/rpc/server.ts";
import { writeFolderAtomically } from "../atomic-files.ts";
import type { Work } from "../work.ts";
import { csvExporter } from "./csv.ts";
import type { ExportDataset } from "./dataset.ts";
import type { Exporter } from "./exporter.ts";
import { geojsonExporter } from "./geojson.ts";
import { datasetReadme } from "./readme.ts";

/** Every export format, in the order in which it is offered. Adding one = its file and one line here. */
export const EXPORTERS = [csvExporter, geojsonExporter] as const satisfies readonly Exporter[];

export function findExporter(id: string): Exporter {
  const exporter = EXPORTERS.find((entry) => entry.id === id);
  if (exporter) return exporter;
  throw new FieldmarkError(
    "invalid-input",
    `There is no export format "${id}". Known formats: ${EXPORTERS.map((entry) => entry.id).join(", ")}.`,
  );
}

export function exporterEntries(): RegistryEntry[] {
  return EXPORTERS.map(({ id, name, description, reference, options }) => ({
    id,
    name,
    description,
    reference,
    needsModel: false,
    options: z.toJSONSchema(options),
  }));
}

/**
 * Writes the dataset in one format with its README into `folder`, which must be new or empty:
 * the whole export appears at once or not at all.
 */
export async function exportDataset(
  dataset: ExportDataset,
  format: string,
  folder: string,
  optionValues: OptionValues,
  work: Work,
): Promise<void> {
  const exporter = findExporter(format);
  const options = exporter.options.safeParse(optionValues);
  if (!options.success) {
    throw new FieldmarkError("invalid-input", `Options of ${format}: ${describeIssues(options.error)}.`);
  }
  if (dataset.patches.length === 0) {
    throw new FieldmarkError(
      "no-labels",
      `"${dataset.name}" has no confirmed patches yet. Label and confirm some, then export.`,
    );
  }
  await writeFolderAtomically(folder, async (temporary) => {
    const files = await exporter.write(dataset, temporary, options.data, work);
    await writeFile(join(temporary, "README.md"), datasetReadme(dataset, files));
  });
}
