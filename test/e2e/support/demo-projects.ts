import { rm } from "node:fs/promises";
import { join } from "node:path";
import { demoTaxonomy } from "../../../src/archive/demo/classes.ts";
import { type DemoArchive, generateDemoArchive } from "../../../src/archive/demo/generate.ts";
import { type DemoTruth, readDemoTruth } from "../../../src/archive/demo/truth.ts";
import { setUpProject } from "../../../src/main/use-cases/project-set-up.ts";
import { QUIET } from "../../../src/main/work.ts";

/** Patch name → names of the classes that are truly present. */
export type Truth = ReadonlyMap<string, readonly string[]>;

/** What is really on each window of a demo archive, by the name that a project gives it. */
export function truthOf({ scenes }: DemoTruth): Truth {
  return new Map(
    scenes.flatMap(({ image, patches }) =>
      patches.map(({ x, y, labels }) => [`${image.replace(/\.tif$/, "")}@${x}_${y}`, labels] as const),
    ),
  );
}

/** A demo archive of four small scenes, 25 patches each, as an archive that nobody has labelled yet. */
export async function smallArchive(folder: string): Promise<DemoArchive> {
  const archive = await generateDemoArchive(join(folder, "archive"), { sceneSize: 320 });
  await rm(archive.labelsPath);
  return archive;
}

/** A project on a small archive, made without the interface. Returns its folder. */
export async function smallProject(folder: string): Promise<string> {
  const { directory, patchSize } = await smallArchive(folder);
  const project = join(folder, "small.fieldmark");
  const { store } = await setUpProject(
    {
      folder: project,
      name: "Small",
      kind: "multi-label",
      source: directory,
      grid: () => ({ patchSize, stride: null, edges: "drop", nodataLimit: 0.25 }),
      classes: demoTaxonomy(),
    },
    QUIET,
  );
  // The quickest encoder: what it is worth is not what these tests ask.
  store.saveSettings({ encoder: "stats" });
  store.close();
  return project;
}

/** The truth of the project that `smallProject` made in this folder, and its classes in the order of their keys. */
export async function smallTruth(folder: string): Promise<{ truth: Truth; classNames: readonly string[] }> {
  const demo = await readDemoTruth(join(folder, "archive"));
  return { truth: truthOf(demo), classNames: demo.classes.map(({ name }) => name) };
}
