import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach } from "vitest";
import { suggestGrid } from "../../src/archive/grid.ts";
import { writeGeoTiff } from "../../src/archive/tiff/write.ts";
import { setUpProject } from "../../src/main/use-cases/project-set-up.ts";
import { QUIET } from "../../src/main/work.ts";
import { createRandom } from "../../src/shared/random.ts";
import type { ProjectStore } from "../../src/store/project-store.ts";

const folders: string[] = [];
const stores: ProjectStore[] = [];

afterEach(() => {
  for (const store of stores.splice(0)) store.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is removed after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "fieldmark-main-"));
  folders.push(folder);
  return folder;
}

/** The same store, closed after the test. */
export function closing(store: ProjectStore): ProjectStore {
  stores.push(store);
  return store;
}

export function writeText(folder: string, name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** The classes of the tiny archive: each makes one band bright, so that simple statistics can learn them. */
export const TINY_CLASSES = ["red", "green", "blue"] as const;

/** Which classes file number `index` shows: every subset of the three in turn, seven of eight with at least one. */
export function tinyTruth(index: number): readonly boolean[] {
  return TINY_CLASSES.map((_, position) => ((index >> position) & 1) === 1);
}

export function tinyName(index: number): string {
  return `part${index % 2}/tile${String(index).padStart(3, "0")}`;
}

const SIZE = 16;
const ORIGIN = [500_000, 5_400_000] as const;
const PIXEL = 10;

/** Georeferenced RGB files of 16 × 16 pixels in UTM 32N (EPSG:32632), side by side from west to east. */
export async function writeTinyArchive(folder: string, count: number): Promise<string> {
  const random = createRandom("tiny archive");
  for (let index = 0; index < count; index++) {
    const path = join(folder, `${tinyName(index)}.tif`);
    await mkdir(dirname(path), { recursive: true });
    const bands = tinyTruth(index).map((bright) =>
      Uint8Array.from({ length: SIZE * SIZE }, () => (bright ? 170 : 60) + random.integer(40)),
    );
    await writeGeoTiff(path, {
      width: SIZE,
      height: SIZE,
      bands,
      dtype: "uint8",
      geotransform: [ORIGIN[0] + index * SIZE * PIXEL, PIXEL, 0, ORIGIN[1], 0, -PIXEL],
      epsg: 32632,
      compression: "deflate",
    });
  }
  return folder;
}

/** `image` and one column a class with 1 or 0. */
export function tinyLabels(count: number): string {
  const rows = Array.from({ length: count }, (_, index) =>
    [tinyName(index), ...tinyTruth(index).map(Number)].join(","),
  );
  return `${[["image", ...TINY_CLASSES].join(","), ...rows].join("\n")}\n`;
}

/** Every fourth file is `val`, the others are `pool`. */
export function tinySplits(count: number): string {
  const rows = Array.from(
    { length: count },
    (_, index) => `${tinyName(index)},${index % 4 === 3 ? "val" : "pool"}`,
  );
  return `image,split\n${rows.join("\n")}\n`;
}

export interface TinyProject {
  readonly folder: string;
  readonly source: string;
  readonly store: ProjectStore;
}

/** A project on a tiny archive, without labels. */
export async function tinyProject(
  count: number,
  options: { readonly kind?: "multi-label" | "single-label"; readonly classes?: readonly string[] } = {},
): Promise<TinyProject> {
  const folder = temporaryFolder();
  const source = await writeTinyArchive(join(folder, "archive"), count);
  const { store } = await setUpProject(
    {
      folder: join(folder, "tiny.fieldmark"),
      kind: options.kind ?? "multi-label",
      source,
      grid: suggestGrid,
      classes: (options.classes ?? TINY_CLASSES).map((name) => ({ name })),
    },
    QUIET,
  );
  store.saveSettings({ encoder: "stats", queryFunction: "random", budget: 8 });
  return { folder, source, store: closing(store) };
}
