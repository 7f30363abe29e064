import { randomUUID } from "node:crypto";
import { CLASS_COLORS, CLASS_KEYS, type ClassInput, type TaxonomyClass } from "../shared/domain/taxonomy.ts";
import { FieldmarkError } from "../shared/errors.ts";
import type { Connection } from "./connection.ts";

/** The project's classes in their order; classes that were left out are not among them. */
export function classes(db: Connection): TaxonomyClass[] {
  return db.all<TaxonomyClass>(
    `SELECT id, name, key, color, description, parent_id AS parentId, position
     FROM class WHERE retired = 0 ORDER BY position`,
  );
}

/**
 * Replaces the class list. A class is recognised by its id, or else by its name; one that was left out
 * earlier comes back with its id when its name does. Missing keys and colours are filled in: a class keeps
 * what it has, a new one gets the first that is free (no key where none is left).
 *
 * @throws FieldmarkError invalid-input for duplicate names or keys, unknown parents, circles of parents, a
 *   class left out that still has labels; unknown-class for an id that the project doesn't have
 */
export function saveClasses(db: Connection, inputs: readonly ClassInput[]): TaxonomyClass[] {
  return db.write(() => {
    const names = inputs.map((input) => input.name.trim());
    refuseDuplicates(
      names.map(folded),
      names,
      (name) => `Two classes are named "${name}". Rename one of them.`,
    );
    const known = db.all<TaxonomyClass & { retired: number }>(
      `SELECT id, name, key, color, description, parent_id AS parentId, position, retired FROM class
       ORDER BY retired, id`,
    );
    const matched = matchClasses(inputs, known);
    const keys = chooseKeys(inputs, matched);
    const colors = chooseColors(inputs, matched);

    const kept = new Set(matched.flatMap((match) => (match ? [match.id] : [])));
    for (const old of known) {
      if (old.retired === 0 && !kept.has(old.id)) retire(db, old);
    }
    const ids = inputs.map((input, position) => {
      const match = matched[position];
      const description = input.description ?? match?.description ?? "";
      const row = [
        names[position]!,
        keys[position] ?? null,
        colors[position]!,
        description,
        position,
      ] as const;
      if (!match) {
        return db.run(
          "INSERT INTO class (name, key, color, description, position, uuid) VALUES (?, ?, ?, ?, ?, ?)",
          ...row,
          randomUUID(),
        );
      }
      db.run(
        "UPDATE class SET name = ?, key = ?, color = ?, description = ?, position = ?, retired = 0 WHERE id = ?",
        ...row,
        match.id,
      );
      return match.id;
    });
    setParents(db, inputs, names, ids, matched);
    return classes(db);
  });
}

function matchClasses(
  inputs: readonly ClassInput[],
  known: readonly (TaxonomyClass & { retired: number })[],
): (TaxonomyClass | undefined)[] {
  const taken = new Set(inputs.flatMap((input) => (input.id === undefined ? [] : [input.id])));
  if (taken.size < inputs.filter((input) => input.id !== undefined).length) {
    throw new FieldmarkError(
      "invalid-input",
      "Two classes of the list have the same id. Reload the classes.",
    );
  }
  return inputs.map((input) => {
    if (input.id !== undefined) {
      const match = known.find((old) => old.id === input.id);
      if (!match) {
        throw new FieldmarkError(
          "unknown-class",
          `The project has no class with the id ${input.id} ("${input.name}"). Reload the classes.`,
        );
      }
      return match;
    }
    const match = known.find((old) => !taken.has(old.id) && folded(old.name) === folded(input.name));
    if (match) taken.add(match.id);
    return match;
  });
}

function chooseKeys(
  inputs: readonly ClassInput[],
  matched: readonly (TaxonomyClass | undefined)[],
): (string | null)[] {
  const chosen = inputs.map(({ key }) => (typeof key === "string" ? key.trim().toLowerCase() || null : key));
  const given = chosen.filter((key) => typeof key === "string");
  refuseDuplicates(given, given, (key) => `Two classes have the key "${key}". Give each its own.`);
  const taken = new Set(given);
  const result = chosen.map((key, index) => {
    if (key !== undefined) return key;
    const before = matched[index];
    if (!before || (before.key !== null && taken.has(before.key))) return undefined;
    if (before.key !== null) taken.add(before.key);
    return before.key;
  });
  return result.map((key) => {
    if (key !== undefined) return key;
    const free = CLASS_KEYS.find((candidate) => !taken.has(candidate));
    if (free === undefined) return null;
    taken.add(free);
    return free;
  });
}

function chooseColors(
  inputs: readonly ClassInput[],
  matched: readonly (TaxonomyClass | undefined)[],
): string[] {
  const chosen = inputs.map((input, index) => input.color ?? matched[index]?.color);
  const taken = new Set(chosen);
  return chosen.map((color, index) => {
    if (color !== undefined) return color;
    const free = CLASS_COLORS.find((candidate) => !taken.has(candidate));
    const pick = free ?? CLASS_COLORS[index % CLASS_COLORS.length]!;
    taken.add(pick);
    return pick;
  });
}

function retire(db: Connection, old: TaxonomyClass): void {
  const labels =
    db.value<number>("SELECT count(*) FROM label WHERE class_id = ? AND state <> 'cleared'", old.id) ?? 0;
  if (labels > 0) {
    throw new FieldmarkError(
      "invalid-input",
      `The class "${old.name}" has labels on ${labels} ${labels === 1 ? "patch" : "patches"}, so it cannot be left out. Rename it, or take its labels back first.`,
      { details: { classId: old.id, labels } },
    );
  }
  db.run("UPDATE class SET retired = 1, parent_id = NULL, key = NULL WHERE id = ?", old.id);
}

function setParents(
  db: Connection,
  inputs: readonly ClassInput[],
  names: readonly string[],
  ids: readonly number[],
  matched: readonly (TaxonomyClass | undefined)[],
): void {
  const idByName = new Map(names.map((name, index) => [folded(name), ids[index]!]));
  const parents = new Map<number, number | null>();
  inputs.forEach((input, index) => {
    let parent: number | null = null;
    if (input.parent === undefined) {
      const before = matched[index]?.parentId ?? null;
      parent = before !== null && ids.includes(before) ? before : null;
    } else if (input.parent !== null && input.parent.trim() !== "") {
      const found = idByName.get(folded(input.parent));
      if (found === undefined) {
        throw new FieldmarkError(
          "invalid-input",
          `The class "${names[index]}" names the parent "${input.parent}", which is not in the list. Add it, or leave the parent out.`,
        );
      }
      parent = found;
    }
    parents.set(ids[index]!, parent);
  });
  ids.forEach((id, index) => {
    refuseCircle(parents, id, names[index]!);
    db.run("UPDATE class SET parent_id = ? WHERE id = ?", parents.get(id) ?? null, id);
  });
}

function refuseCircle(parents: ReadonlyMap<number, number | null>, id: number, name: string): void {
  const seen = new Set<number>();
  for (let at: number | null = id; at !== null; at = parents.get(at) ?? null) {
    if (seen.has(at)) {
      throw new FieldmarkError(
        "invalid-input",
        `The class "${name}" is its own ancestor. Change its parent.`,
      );
    }
    seen.add(at);
  }
}

function refuseDuplicates(
  values: readonly string[],
  shown: readonly string[],
  sentence: (value: string) => string,
): void {
  const seen = new Set<string>();
  values.forEach((value, index) => {
    if (seen.has(value)) throw new FieldmarkError("invalid-input", sentence(shown[index]!));
    seen.add(value);
  });
}

function folded(name: string): string {
  return name.trim().toLocaleLowerCase("en");
}
