import { FieldmarkError } from "../../shared/errors.ts";
import type { ImageReference } from "./importer.ts";

/** What is known of a patch to find it by the names that label files use. */
export interface NamedPatch {
  readonly id: number;
  readonly name: string;
  /** Files of the scene, relative to the source, with forward slashes and extension. */
  readonly files: readonly string[];
  readonly sceneName: string;
  readonly x: number;
  readonly y: number;
}

/** Finds patches by the names of a label file. */
export interface PatchIndex {
  /** The ids of all references, in order; throws `unknown-image` naming what can't be found. */
  resolve(references: readonly ImageReference[], file: string): number[];
}

type Match = { readonly kind: "found"; readonly id: number } | { readonly kind: "missing" | "several" };

const NAMED_IN_MESSAGE = 5;

/** "a", "b" and 3 more */
export function listSome(names: readonly string[]): string {
  const shown = names.slice(0, NAMED_IN_MESSAGE).map((name) => `"${name}"`);
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ");
}

function slashes(name: string): string {
  return name.replaceAll("\\", "/").replace(/^\.\//, "");
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function withoutExtension(name: string): string {
  return name.replace(/\.tiff?$/i, "");
}

/**
 * A label file's `image` is matched in this order: patch name, path relative to the source with
 * extension, base name without extension, file name. With `x` and `y` the image names the scene.
 */
export function createPatchIndex(patches: readonly NamedPatch[]): PatchIndex {
  const levels: ReadonlyMap<string, number[]>[] = [];
  const patchNames = new Map<string, number[]>();
  const paths = new Map<string, number[]>();
  const baseNames = new Map<string, number[]>();
  const fileNames = new Map<string, number[]>();
  levels.push(patchNames, paths, baseNames, fileNames);

  function add(map: Map<string, number[]>, key: string, position: number): void {
    const list = map.get(key);
    if (!list) map.set(key, [position]);
    else if (list.at(-1) !== position) list.push(position);
  }

  for (const [position, patch] of patches.entries()) {
    add(patchNames, patch.name, position);
    add(paths, patch.sceneName, position);
    add(baseNames, withoutExtension(fileName(patch.sceneName)), position);
    for (const file of patch.files) {
      add(paths, file, position);
      add(baseNames, withoutExtension(fileName(file)), position);
      add(fileNames, fileName(file), position);
    }
  }

  function find({ image, x, y }: ImageReference): Match {
    const name = slashes(image);
    for (const level of levels) {
      const positions = level.get(name);
      if (!positions) continue;
      const windows =
        x === null || y === null
          ? positions
          : positions.filter((position) => patches[position]?.x === x && patches[position]?.y === y);
      const [first, second] = windows;
      if (first === undefined) return { kind: "missing" };
      const patch = patches[first];
      if (second !== undefined || !patch) return { kind: "several" };
      return { kind: "found", id: patch.id };
    }
    return { kind: "missing" };
  }

  return {
    resolve(references, file) {
      const missing: string[] = [];
      const several: string[] = [];
      const ids: number[] = [];
      for (const reference of references) {
        const match = find(reference);
        if (match.kind === "found") ids.push(match.id);
        else {
          const window = reference.x === null ? "" : ` at ${reference.x},${reference.y}`;
          (match.kind === "missing" ? missing : several).push(`${reference.image}${window}`);
        }
      }
      if (missing.length > 0) {
        throw new FieldmarkError(
          "unknown-image",
          `${file} names ${missing.length} of ${references.length} images that this project does not have: ${listSome(missing)}. ` +
            "Nothing was imported. Check that the file belongs to this source.",
          { details: { file, unknown: missing.length } },
        );
      }
      if (several.length > 0) {
        throw new FieldmarkError(
          "unknown-image",
          `${file}: ${several.length} names fit more than one patch: ${listSome(several)}. Nothing was imported. ` +
            "Use paths relative to the source, and columns x and y for the windows of a scene.",
          { details: { file, ambiguous: several.length } },
        );
      }
      const patchOf = new Map<number, number>();
      for (const [position, id] of ids.entries()) {
        const earlier = patchOf.get(id);
        if (earlier !== undefined) {
          throw new FieldmarkError(
            "invalid-input",
            `${file}, line ${references[position]?.line}: "${references[position]?.image}" is the same patch as in line ${references[earlier]?.line}. Leave one of the two out.`,
            { details: { file, line: references[position]?.line ?? 0 } },
          );
        }
        patchOf.set(id, position);
      }
      return ids;
    },
  };
}
