import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { demoTaxonomy } from "../../archive/demo/classes.ts";
import { generateDemoArchive } from "../../archive/demo/generate.ts";
import { type DemoTruth, readDemoTruth } from "../../archive/demo/truth.ts";
import { FieldmarkError, throwIfCancelled } from "../../shared/errors.ts";
import type { ProjectStore } from "../../store/project-store.ts";
import type { Work } from "../work.ts";
import { setUpProject } from "./project-set-up.ts";
import { type PlacedPatch, spatialBlocks } from "./spatial-blocks.ts";

const SEED = 1;
/** Share of the patches that come labelled as the val split, so that the metrics are solid from the start. */
const VALIDATION_SHARE = 0.25;
/** Side of a validation block in patches. */
const BLOCK_PATCHES = 3;
/** On these scenes the spectra say most, and their statistics are ready in seconds. */
const ENCODER = "stats";
const TRUTH_ANNOTATOR = "demo truth";

export interface DemoProject {
  /** The project's folder. */
  readonly project: string;
  readonly archive: string;
  /** Patches that were cut now; null where the project was there already. */
  readonly patches: number | null;
}

/** The classes that are truly present on each patch of the project. */
export type PatchTruth = ReadonlyMap<number, readonly string[]>;

async function demoArchive(folder: string, sceneSize: number | undefined, work: Work): Promise<DemoTruth> {
  if (existsSync(join(folder, "truth.json"))) return readDemoTruth(folder);
  return generateDemoArchive(folder, {
    seed: SEED,
    ...(sceneSize === undefined ? {} : { sceneSize }),
    onProgress: (done, message) => {
      throwIfCancelled(work.signal);
      work.progress({ done: Math.round(100 * done), total: 100, message });
    },
  });
}

/** Matches the project's patches with the archive's truth, by scene file and window. */
export async function readPatchTruth(store: ProjectStore, archive: string): Promise<PatchTruth> {
  const { scenes } = await readDemoTruth(archive);
  const lookup = store.patchLookup();
  const truth = new Map<number, readonly string[]>();
  for (const { image, patches } of scenes) {
    for (const { x, y, labels } of patches) {
      const match = lookup(image, { x, y });
      if (match.kind === "one") truth.set(match.patchId, labels);
    }
  }
  return truth;
}

/** Splits the project and labels its val part from the truth. */
function labelValidation(store: ProjectStore, truth: PatchTruth, patchSize: number): void {
  const classes = store.classes();
  const placed = store.patchTables().flatMap(({ ids, scene, scenes, x, y }) =>
    Array.from(
      ids,
      (id, row): PlacedPatch => ({
        id,
        scene: scenes[scene[row] ?? 0]?.name ?? "",
        x: x[row] ?? 0,
        y: y[row] ?? 0,
      }),
    ),
  );
  const validation = spatialBlocks(placed, {
    blockSize: BLOCK_PATCHES * patchSize,
    share: VALIDATION_SHARE,
    seed: SEED,
  });
  store.transaction(() => {
    store.setSplits(placed.map(({ id }) => ({ patchId: id, split: validation.has(id) ? "val" : "pool" })));
    store.importLabels(
      [...validation].map((patchId) => ({
        patchId,
        states: classes.map(({ id, name }) => ({
          classId: id,
          state: truth.get(patchId)?.includes(name) ? "present" : "absent",
        })),
      })),
      { annotator: TRUTH_ANNOTATOR },
    );
  });
}

/**
 * Makes the demo: `archive/` with invented scenes and `demo.fieldmark`, a project on them whose val
 * split comes labelled. A project that is there already is reused, or refused with `project-exists`;
 * an archive that is there is used as it is. `sceneSize`: side of the scenes in pixels.
 */
export async function makeDemoProject(
  parent: string,
  options: { readonly reuse: boolean; readonly sceneSize?: number },
  work: Work,
): Promise<DemoProject> {
  const folder = resolve(parent);
  const archive = join(folder, "archive");
  const project = join(folder, "demo.fieldmark");
  if (existsSync(join(project, "project.sqlite"))) {
    if (options.reuse) return { project, archive, patches: null };
    throw new FieldmarkError(
      "project-exists",
      `There is already a demo project in ${folder}. Name another folder, or delete that one first.`,
      { details: { folder: project } },
    );
  }
  const { patchSize } = await demoArchive(archive, options.sceneSize, work);
  const { store, added } = await setUpProject(
    {
      folder: project,
      name: "Demo",
      kind: "multi-label",
      source: archive,
      grid: { patchSize, stride: null, edges: "drop", nodataLimit: 0.25 },
      classes: demoTaxonomy(),
    },
    work,
  );
  try {
    store.saveSettings({ encoder: ENCODER });
    labelValidation(store, await readPatchTruth(store, archive), patchSize);
  } finally {
    store.close();
  }
  return { project, archive, patches: added.patches };
}
