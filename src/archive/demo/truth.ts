import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { FieldmarkError, systemCode } from "../../shared/errors.ts";
import { DEMO_CLASSES } from "./classes.ts";
import type { Land } from "./land.ts";

/** File names inside a demo archive's folder. */
export const DEMO_FILES = {
  truth: "truth.json",
  labels: "labels.csv",
  taxonomy: "taxonomy.json",
  readme: "README.txt",
} as const;

/** Width and height in pixels of the windows that the truth is counted in. */
export const DEMO_PATCH_SIZE = 64;

const fractionSchema = z.number().min(0).max(1);

/** One window of a scene with its true classes. */
const demoPatchSchema = z.object({
  /** Upper left pixel of the window in its scene. */
  x: z.number().int().nonnegative(),
  y: z.number().int().nonnegative(),
  /** Share of the window's pixels that each class covers, in the order of `classes`; roads are no class. */
  fractions: z.array(fractionSchema),
  /** Names of the classes that are present: those above their `presence`. */
  labels: z.array(z.string()),
});
export type DemoPatch = z.infer<typeof demoPatchSchema>;

const demoSceneSchema = z.object({
  /** File name relative to the archive's folder. */
  image: z.string(),
  /** What the scene shows, in a few words. */
  place: z.string(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  epsg: z.number().int(),
  geotransform: z.array(z.number()).length(6),
  patches: z.array(demoPatchSchema),
});
export type DemoScene = z.infer<typeof demoSceneSchema>;

/** The content of `truth.json`. */
const demoTruthSchema = z.object({
  seed: z.number().int(),
  patchSize: z.number().int().positive(),
  classes: z.array(z.object({ name: z.string(), presence: fractionSchema })),
  scenes: z.array(demoSceneSchema),
});
export type DemoTruth = z.infer<typeof demoTruthSchema>;

/** Counts the cover in every whole window of a scene, row by row. */
export function patchTruth(land: Land): DemoPatch[] {
  const patches: DemoPatch[] = [];
  const pixels = DEMO_PATCH_SIZE ** 2;
  for (let top = 0; top + DEMO_PATCH_SIZE <= land.height; top += DEMO_PATCH_SIZE) {
    for (let left = 0; left + DEMO_PATCH_SIZE <= land.width; left += DEMO_PATCH_SIZE) {
      const counts = new Uint32Array(DEMO_CLASSES.length + 1);
      for (let y = top; y < top + DEMO_PATCH_SIZE; y++) {
        for (let x = left; x < left + DEMO_PATCH_SIZE; x++) counts[land.cover[y * land.width + x]!]!++;
      }
      patches.push({
        x: left,
        y: top,
        fractions: DEMO_CLASSES.map((_, position) => counts[position + 1]! / pixels),
        labels: DEMO_CLASSES.filter(
          ({ presence }, position) => counts[position + 1]! / pixels > presence,
        ).map(({ name }) => name),
      });
    }
  }
  return patches;
}

/** `labels.csv`: one line a patch with image, x, y and 1 or 0 for every class. */
export function labelsCsv(scenes: readonly DemoScene[]): string {
  const lines = [["image", "x", "y", ...DEMO_CLASSES.map(({ name }) => name)].join(",")];
  for (const { image, patches } of scenes) {
    for (const { x, y, labels } of patches) {
      lines.push([image, x, y, ...DEMO_CLASSES.map(({ name }) => (labels.includes(name) ? 1 : 0))].join(","));
    }
  }
  return `${lines.join("\n")}\n`;
}

/**
 * Reads the truth of a demo archive.
 * @throws FieldmarkError `not-found` when the folder holds no demo archive, `unreadable-file` when its truth is damaged.
 */
export async function readDemoTruth(directory: string): Promise<DemoTruth> {
  const path = join(directory, DEMO_FILES.truth);
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    const code = systemCode(error);
    if (code !== "ENOENT" && code !== "ENOTDIR") throw error;
    throw new FieldmarkError(
      "not-found",
      `${directory} holds no demo archive (${DEMO_FILES.truth} is missing). Make one with the demo command.`,
      { details: { path }, cause: error },
    );
  }
  try {
    return demoTruthSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new FieldmarkError(
      "unreadable-file",
      `${path} is damaged and cannot be read. Delete the demo archive's folder and make it again.`,
      { details: { path }, cause: error },
    );
  }
}
