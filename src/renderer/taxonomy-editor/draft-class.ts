import { CLASS_COLORS, type ClassInput, type TaxonomyClass } from "../../shared/domain/taxonomy.ts";
import { freeClassKey } from "../labelling/class-keys.ts";
import { strings } from "../strings.ts";

/** A class while it is edited. `row` tells rows apart whatever is typed into them. */
export interface DraftClass {
  readonly row: number;
  /** Set for a class that the project has already. */
  readonly id?: number;
  readonly name: string;
  readonly key: string | null;
  readonly color: string;
  readonly description: string;
  /** Row of the parent class; null for none. */
  readonly parent: number | null;
}

let nextRow = 1;

/** A class with the first free key and the least used of the class colours. */
export function newClass(
  name: string,
  others: readonly DraftClass[],
  input: Partial<ClassInput> = {},
): DraftClass {
  const taken = input.key !== undefined && others.some((other) => other.key === input.key);
  return {
    row: nextRow++,
    name: name.trim(),
    key: input.key === undefined || taken ? freeClassKey(others) : input.key,
    color: input.color ?? leastUsedColor(others),
    description: input.description ?? "",
    parent: null,
  };
}

/** Appends classes as a preset or a list gives them. Names that are there already are left out. */
export function addClasses(classes: readonly DraftClass[], inputs: readonly ClassInput[]): DraftClass[] {
  const result = [...classes];
  for (const input of inputs) {
    if (result.some((other) => sameName(other.name, input.name))) continue;
    result.push(newClass(input.name, result, input));
  }
  // Parents go by name, and may come after their children.
  return result.map((entry) => {
    const parentName = inputs.find((input) => sameName(input.name, entry.name))?.parent;
    const parent = parentName ? result.find((other) => sameName(other.name, parentName)) : undefined;
    return parent && parent.row !== entry.row ? { ...entry, parent: parent.row } : entry;
  });
}

export function fromTaxonomy(taxonomy: readonly TaxonomyClass[]): DraftClass[] {
  const rows = new Map(taxonomy.map((entry) => [entry.id, nextRow++]));
  return taxonomy.map(({ id, name, key, color, description, parentId }) => ({
    row: rows.get(id) ?? 0,
    id,
    name,
    key,
    color,
    description,
    parent: parentId === null ? null : (rows.get(parentId) ?? null),
  }));
}

export function toClassInputs(classes: readonly DraftClass[]): ClassInput[] {
  return classes.map(({ id, name, key, color, description, parent }) => ({
    ...(id === undefined ? {} : { id }),
    name: name.trim(),
    key,
    color,
    description,
    parent: classes.find((other) => other.row === parent)?.name.trim() ?? null,
  }));
}

/** The class and everything above it never become its parent. */
export function possibleParents(classes: readonly DraftClass[], entry: DraftClass): DraftClass[] {
  return classes.filter((candidate) => {
    const visited = new Set<number>();
    for (let at: DraftClass | undefined = candidate; at && !visited.has(at.row); ) {
      if (at.row === entry.row) return false;
      visited.add(at.row);
      const { parent }: DraftClass = at;
      at = classes.find((other) => other.row === parent);
    }
    return true;
  });
}

/** What is wrong with the list as a whole, in a sentence; null when nothing is. */
export function problemOfClasses(classes: readonly DraftClass[]): string | null {
  const names = new Set<string>();
  for (const { name } of classes) {
    const plain = name.trim().toLowerCase();
    if (plain === "") return strings.taxonomy.nameMissing;
    if (names.has(plain)) return strings.taxonomy.nameTwice(name.trim());
    names.add(plain);
  }
  return null;
}

/** Names from a pasted list: one a line, or separated by tabs, semicolons or commas. */
export function namesFromText(text: string): string[] {
  const names = text
    .split(/[\n\r\t;,]+/)
    .map((name) => name.replace(/^\s*(?:[-*•]|\d+[.)])\s*/, "").trim())
    .filter((name) => name !== "");
  return names.filter((name, at) => names.findIndex((other) => sameName(other, name)) === at);
}

export function move(classes: readonly DraftClass[], from: number, to: number): DraftClass[] {
  const entry = classes[from];
  if (!entry || to < 0 || to >= classes.length) return [...classes];
  return classes.toSpliced(from, 1).toSpliced(to, 0, entry);
}

function sameName(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

function leastUsedColor(others: readonly DraftClass[]): string {
  const uses = (color: string) => others.filter((other) => other.color.toLowerCase() === color).length;
  return CLASS_COLORS.reduce((best, color) => (uses(color) < uses(best) ? color : best));
}
