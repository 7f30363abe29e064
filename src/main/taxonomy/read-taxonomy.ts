import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { type ClassInput, classInputSchema } from "../../shared/domain/taxonomy.ts";
import { FieldmarkError } from "../../shared/errors.ts";
import { describeIssues } from "../../shared/rpc/server.ts";
import { parseCsv } from "../csv.ts";
import { TAXONOMY_PRESETS } from "./presets.ts";

const colourSpelling = z.looseObject({
  color: z.string().optional(),
  colour: z.string().optional(),
});
const taxonomyFileSchema = z.union([
  z.array(z.unknown()),
  z.object({ classes: z.array(z.unknown()) }).transform((file) => file.classes),
]);

function refuse(file: string, problem: string): never {
  throw new FieldmarkError(
    "invalid-input",
    `${file} is no taxonomy: ${problem}. A taxonomy is JSON (a list of classes) or CSV with the columns name, key, colour, description, parent.`,
    { details: { file } },
  );
}

/** One class of a file; British and American spelling of colour are both read. */
function readClass(value: unknown, file: string, position: number): ClassInput {
  const spelled = colourSpelling.safeParse(value);
  const normal = spelled.success
    ? { ...spelled.data, color: spelled.data.color ?? spelled.data.colour }
    : value;
  const parsed = classInputSchema.omit({ id: true }).safeParse(normal);
  if (!parsed.success) return refuse(file, `class ${position + 1}: ${describeIssues(parsed.error)}`);
  return parsed.data;
}

function parseJson(text: string, file: string): unknown[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refuse(file, error instanceof Error ? error.message : "not JSON");
  }
  const parsed = taxonomyFileSchema.safeParse(value);
  return parsed.success ? parsed.data : refuse(file, "a list of classes was expected");
}

function parseTable(text: string, file: string): unknown[] {
  const { header, rows } = parseCsv(text, file);
  const names = header.map((name) => name.toLowerCase());
  if (!names.includes("name")) refuse(file, 'there is no column "name"');
  return rows.map((row) =>
    Object.fromEntries(names.map((name, column) => [name, row[column] === "" ? undefined : row[column]])),
  );
}

/** Names and keys must be unique and parents must be classes of the same list. */
export function checkTaxonomy(classes: readonly ClassInput[], origin: string): void {
  const names = new Set<string>();
  const keys = new Map<string, string>();
  for (const { name, key } of classes) {
    if (names.has(name)) refuse(origin, `the class "${name}" occurs twice`);
    names.add(name);
    if (!key) continue;
    const other = keys.get(key);
    if (other !== undefined) refuse(origin, `"${other}" and "${name}" have the same key ${key}`);
    keys.set(key, name);
  }
  for (const { name, parent } of classes) {
    if (parent && !names.has(parent))
      refuse(origin, `the parent "${parent}" of "${name}" is not in the list`);
    if (parent === name) refuse(origin, `"${name}" is its own parent`);
  }
}

/** A taxonomy from a JSON or CSV file, or a preset by its id. Throws `not-found` or `invalid-input`. */
export async function readTaxonomy(fileOrPreset: string): Promise<ClassInput[]> {
  if (!existsSync(fileOrPreset)) {
    const preset = TAXONOMY_PRESETS.find(({ id }) => id === fileOrPreset);
    if (preset) return preset.classes;
    throw new FieldmarkError(
      "not-found",
      `${fileOrPreset} is neither a file nor a preset. Presets: ${TAXONOMY_PRESETS.map(({ id }) => id).join(", ")}.`,
    );
  }
  const text = await readFile(fileOrPreset, "utf8");
  const looksJson = /^\uFEFF?\s*[[{]/.test(text);
  const entries = looksJson
    ? parseJson(text.replace(/^\uFEFF/, ""), fileOrPreset)
    : parseTable(text, fileOrPreset);
  const classes = entries.map((entry, position) => readClass(entry, fileOrPreset, position));
  if (classes.length === 0) refuse(fileOrPreset, "it holds no class");
  checkTaxonomy(classes, fileOrPreset);
  return classes;
}
