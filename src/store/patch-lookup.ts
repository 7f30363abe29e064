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

/**
 * Finds patches by the names that label files use. Tried in this order: the patch's name, the path of a file
 * of its scene relative to the source, that path without folders and extension, that path without folders.
 * Names count as they are first, then without regard to case. With a corner, only patches whose window
 * begins there are looked at.
 */
export function createPatchLookup(db: Connection): PatchLookup {
  const patches = db.all<NamedPatch>("SELECT id, name, scene_id, x, y FROM patch ORDER BY id");
  const byScene = new Map<number, NamedPatch[]>();
  for (const patch of patches) push(byScene, patch.scene_id, patch);

  const names = new Map<string, NamedPatch[]>();
  const paths = new Map<string, NamedPatch[]>();
  const stems = new Map<string, NamedPatch[]>();
  const files = new Map<string, NamedPatch[]>();
  for (const patch of patches) push(names, patch.name, patch);
  for (const { id, definition } of db.all<{ id: number; definition: string }>(
    "SELECT id, definition FROM scene ORDER BY id",
  )) {
    const scene = parseScene(definition);
    const cut = byScene.get(id) ?? [];
    const sceneFiles = new Set(scene.bands.map((band) => band.file));
    const keys = {
      paths: new Set([scene.name, ...sceneFiles]),
      stems: new Set([scene.name, ...Array.from(sceneFiles, withoutExtension)].map(lastPart)),
      files: new Set(Array.from(sceneFiles, lastPart)),
    };
    for (const patch of cut) {
      for (const key of keys.paths) push(paths, key, patch);
      for (const key of keys.stems) push(stems, key, patch);
      for (const key of keys.files) push(files, key, patch);
    }
  }

  const stages = [names, paths, stems, files];
  const caseless = stages.map(foldKeys);
  return (image, corner) => {
    const name = image.trim().replaceAll("\\", "/").replace(/^\.\//, "");
    for (const [stage, key] of [
      ...stages.map((map) => [map, name] as const),
      ...caseless.map((map) => [map, name.toLowerCase()] as const),
    ]) {
      const found = stage
        .get(key)
        ?.filter((patch) => !corner || (patch.x === corner.x && patch.y === corner.y));
      if (!found || found.length === 0) continue;
      if (found.length === 1) return { kind: "one", patchId: found[0]!.id };
      return { kind: "ambiguous", names: found.slice(0, 3).map((patch) => patch.name) };
    }
    return { kind: "none" };
  };
}

function foldKeys(map: ReadonlyMap<string, NamedPatch[]>): Map<string, NamedPatch[]> {
  const result = new Map<string, NamedPatch[]>();
  for (const [key, patches] of map) {
    const folded = key.toLowerCase();
    const before = result.get(folded);
    result.set(folded, before ? [...before, ...patches] : patches);
  }
  return result;
}

function push<K>(map: Map<K, NamedPatch[]>, key: K, patch: NamedPatch): void {
  const list = map.get(key);
  if (list) list.push(patch);
  else map.set(key, [patch]);
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function withoutExtension(path: string): string {
  return path.replace(/\.[^./]+$/, "");
}
