import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { writeGeoTiff } from "../../../src/archive/tiff/write.ts";
import { recogniseArchive } from "../../../src/main/known-archives/index.ts";
import type { ArchiveLabels, KnownArchive } from "../../../src/main/known-archives/known-archive.ts";
import { QUIET } from "../../../src/main/work.ts";

/** Writes text files below a folder; files without text are empty, which is enough where no image is opened. */
export async function writeFiles(
  folder: string,
  files: Readonly<Record<string, string>> | readonly string[],
): Promise<string> {
  const entries = Array.isArray(files)
    ? files.map((path: string) => [path, ""] as const)
    : Object.entries(files);
  for (const [path, text] of entries) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

/** Real square images, side by side on UTM 32N. */
export async function writeImages(folder: string, paths: readonly string[], size = 8): Promise<string> {
  for (const [index, path] of paths.entries()) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeGeoTiff(join(folder, path), {
      width: size,
      height: size,
      bands: [0, 1, 2].map((band) => new Uint8Array(size * size).fill(10 * index + band + 1)),
      dtype: "uint8",
      geotransform: [500_000 + 10 * size * index, 10, 0, 5_400_000, 0, -10],
      epsg: 32632,
      compression: "none",
    });
  }
  return folder;
}

/** The archive in a folder, and what it says about its images. */
export async function openArchive(
  folder: string,
): Promise<{ readonly archive: KnownArchive; readonly labels: ArchiveLabels }> {
  const archive = await recogniseArchive(folder);
  if (!archive) throw new Error(`${folder} was not recognised`);
  return { archive, labels: await archive.read(QUIET) };
}

/** Image → its present classes; null where nothing is known. */
export function presentOf({ table }: ArchiveLabels): Record<string, string[] | null> {
  return Object.fromEntries(
    table.rows.map(({ image, states }) => [
      image,
      states.every((state) => state === null)
        ? null
        : table.classes.filter((_, position) => states[position] === "present"),
    ]),
  );
}

/** Image → split. */
export function splitsOf({ splits }: ArchiveLabels): Record<string, string> | null {
  return splits && Object.fromEntries(splits.map(({ image, split }) => [image, split]));
}
