import { existsSync, readFileSync, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";

/** A libtensorflow that a binding can be linked against. */
export interface Library {
  /** The folder with the shared libraries. */
  readonly folder: string;
  /** The folder that holds `tensorflow/c/c_api.h`. */
  readonly include: string;
  /** The shared libraries' file names; the first one exports the C API. */
  readonly files: readonly [string, string];
  /** Where it came from, for the user. */
  readonly origin: string;
}

const FRAMEWORK = "libtensorflow_framework.so.2";
const NAMES = ["libtensorflow_cc.so.2", "libtensorflow.so.2"];

function at(folder: string, include: string, origin: string): Library | null {
  if (!existsSync(join(include, "tensorflow", "c", "c_api.h")) || !existsSync(join(folder, FRAMEWORK)))
    return null;
  const main = NAMES.find((name) => existsSync(join(folder, name)));
  return main ? { folder, include, files: [main, FRAMEWORK], origin } : null;
}

/**
 * The libtensorflow in a folder, whichever of the known layouts it has: a wheel's (`libtensorflow_cc.so.2`,
 * `include/`), a folder around it (`tensorflow/`, as in site-packages), or the official C archive's (`lib/`, `include/`).
 */
export function recogniseLibrary(folder: string, origin: string): Library | null {
  const inner = join(folder, "tensorflow");
  return (
    at(folder, join(folder, "include"), origin) ??
    at(inner, join(inner, "include"), origin) ??
    at(join(folder, "lib"), join(folder, "include"), origin)
  );
}

/** What tells one build of libtensorflow from another, wherever it lies. */
export function libraryIdentity(library: Library): string {
  return library.files.map((name) => `${name}:${statSync(join(library.folder, name)).size}`).join(",");
}

interface Layout {
  readonly origin: string;
  /** Bytes of each shared library, by path within the layout. */
  readonly sizes: Readonly<Record<string, number>>;
}

/** The stamp of a layout that was unpacked whole; its absence means an interrupted set-up. */
export const LAYOUT_STAMP = "layout.json";

export function layoutStamp(origin: string, sizes: Readonly<Record<string, number>>): string {
  return `${JSON.stringify({ origin, sizes } satisfies Layout, null, 2)}\n`;
}

function isLayout(value: unknown): value is Layout {
  return typeof value === "object" && value !== null && "origin" in value && "sizes" in value;
}

/** The library of a layout in the cache, or null where it is absent, incomplete or changed since it was unpacked. */
export function openLayout(folder: string): Library | null {
  try {
    const layout: unknown = JSON.parse(readFileSync(join(folder, LAYOUT_STAMP), "utf8"));
    if (!isLayout(layout)) return null;
    for (const [name, bytes] of Object.entries(layout.sizes)) {
      if (statSync(join(folder, name)).size !== bytes) return null;
    }
    return recogniseLibrary(folder, layout.origin);
  } catch {
    return null;
  }
}

/** The layouts in a cache folder by name, the given flavour's only (`cpu` or `cuda`), newest version first. */
export async function layoutsIn(folder: string, flavour: "cpu" | "cuda"): Promise<Library[]> {
  const names = await readdir(folder).catch((): string[] => []);
  return names
    .filter((name) => name.startsWith(`${flavour}-`))
    .sort((a, b) => b.localeCompare(a, "en", { numeric: true }))
    .flatMap((name) => openLayout(join(folder, name)) ?? []);
}
