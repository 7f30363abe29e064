import type { Connection } from "./connection.ts";
import { parseScene } from "./imagery.ts";

/** What a name in a label file stands for. */
export type PatchMatch =
  | { readonly kind: "one"; readonly patchId: number }
  | { readonly kind: "none" }
  /** Several patches: examples of their names, at most three. */
  | { readonly kind: "ambiguous"; readonly names: readonly string[] };

/** The upper left corner of a patch's window, where a file gives it. */
export interface Corner {
  readonly x: number;
  readonly y: number;
}

export type PatchLookup = (image: string, corner?: Corner) => PatchMatch;

interface NamedPatch {
  readonly id: number;
  readonly name: string;
  readonly scene_id: number;
  readonly x: number;
  readonly y: number;
}

/** Patches by one of their names; a list only where several have it, for archives have very many names. */
type NameTable = ReadonlyMap<string, NamedPatch | readonly NamedPatch[]>;

/** The names that a scene goes by, and the patches that it was cut into. */
interface NamedScene {
  readonly name: string;
  readonly files: readonly string[];
  readonly patches: readonly NamedPatch[];
}

/**
 * Finds patches by the names that label files use. Tried in this order: the patch's name, the path of a file
 * of its scene relative to the source, that path without folders and extension, that path without folders.
 * Names count as they are first, then without regard to case. With a corner, only patches whose window
 * begins there are looked at.
 *
 * Each table is made when a name first gets as far as to need it: label files that use the patches' names never have
 * the scenes read.
 */
export function createPatchLookup(db: Connection): PatchLookup {
  const patches = once(() => db.all<NamedPatch>("SELECT id, name, scene_id, x, y FROM patch ORDER BY id"));
  const scenes = once(() => namedScenes(db, patches()));
  const byScene = (namesOf: (scene: NamedScene) => readonly string[]) =>
    once(() => {
      const table = new Map<string, NamedPatch | NamedPatch[]>();
      for (const scene of scenes())
        for (const name of new Set(namesOf(scene)))
          for (const patch of scene.patches) put(table, name, patch);
      return table;
    });
  const exact: readonly (() => NameTable)[] = [
    once(() => {
      const table = new Map<string, NamedPatch | NamedPatch[]>();
      for (const patch of patches()) put(table, patch.name, patch);
      return table;
    }),
    byScene(({ name, files }) => [name, ...files]),
    byScene(({ name, files }) => [name, ...files.map(withoutExtension)].map(lastPart)),
    byScene(({ files }) => files.map(lastPart)),
  ];
  const caseless = exact.map((table) => once(() => foldKeys(table())));
  return (image, corner) => {
    const name = image.trim().replaceAll("\\", "/").replace(/^\.\//, "");
    for (const [tables, key] of [
      [exact, name],
      [caseless, name.toLowerCase()],
    ] as const) {
      for (const table of tables) {
        const entry = table().get(key);
        if (entry === undefined) continue;
        const found = listOf(entry).filter(
          (patch) => !corner || (patch.x === corner.x && patch.y === corner.y),
        );
        if (found.length === 1) return { kind: "one", patchId: found[0]!.id };
        if (found.length > 1)
          return { kind: "ambiguous", names: found.slice(0, 3).map((patch) => patch.name) };
      }
    }
    return { kind: "none" };
  };
}

function namedScenes(db: Connection, patches: readonly NamedPatch[]): NamedScene[] {
  const byScene = new Map<number, NamedPatch[]>();
  for (const patch of patches) {
    const cut = byScene.get(patch.scene_id);
    if (cut) cut.push(patch);
    else byScene.set(patch.scene_id, [patch]);
  }
  return db
    .all<{ id: number; definition: string }>("SELECT id, definition FROM scene ORDER BY id")
    .map(({ id, definition }) => {
      const { name, bands } = parseScene(definition);
      return { name, files: [...new Set(bands.map((band) => band.file))], patches: byScene.get(id) ?? [] };
    });
}

/** What a function gives, worked out at the first call. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function listOf(entry: NamedPatch | readonly NamedPatch[]): readonly NamedPatch[] {
  return isList(entry) ? entry : [entry];
}

/** `Array.isArray` loses read-only arrays. */
function isList(entry: NamedPatch | readonly NamedPatch[]): entry is readonly NamedPatch[] {
  return Array.isArray(entry);
}

function put(table: Map<string, NamedPatch | NamedPatch[]>, key: string, patch: NamedPatch): void {
  const before = table.get(key);
  if (before === undefined) table.set(key, patch);
  else if (Array.isArray(before)) before.push(patch);
  else table.set(key, [before, patch]);
}

function foldKeys(table: NameTable): NameTable {
  const result = new Map<string, NamedPatch | NamedPatch[]>();
  for (const [key, entry] of table) for (const patch of listOf(entry)) put(result, key.toLowerCase(), patch);
  return result;
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function withoutExtension(path: string): string {
  return path.replace(/\.[^./]+$/, "");
}
