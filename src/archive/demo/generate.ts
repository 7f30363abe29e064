import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { FieldmarkError } from "../../shared/errors.ts";
import { createRandom, type Random } from "../../shared/random.ts";
import { writeGeoTiff } from "../tiff/write.ts";
import { DEMO_CLASSES, demoTaxonomy } from "./classes.ts";
import { createLandscape } from "./landscape.ts";
import { demoReadme } from "./readme.ts";
import { DEMO_EPSG, SCENE_RECIPES, type SceneRecipe, sceneGeoTransform } from "./recipes.ts";
import { renderBands } from "./render-bands.ts";
import { DEMO_BANDS } from "./spectra.ts";
import { createSurface } from "./surface.ts";
import {
  DEMO_FILES,
  DEMO_PATCH_SIZE,
  type DemoScene,
  type DemoTruth,
  labelsCsv,
  patchTruth,
} from "./truth.ts";

export interface DemoArchiveOptions {
  /** The same seed gives the same bytes; default 1. */
  readonly seed?: number;
  /** Width and height of every scene in pixels, at least 128; default 832, which makes 13 × 13 patches. */
  readonly sceneSize?: number;
  /** Called after each step with the share that is done, from 0 to 1, and what is being made. */
  readonly onProgress?: (done: number, message: string) => void;
}

/** A demo archive on disk. */
export interface DemoArchive extends DemoTruth {
  readonly directory: string;
  readonly truthPath: string;
  readonly labelsPath: string;
  readonly taxonomyPath: string;
}

const DEFAULT_SIZE = 13 * DEMO_PATCH_SIZE;

function imageName(recipe: SceneRecipe): string {
  return `${recipe.name}.tif`;
}

async function prepareFolder(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  const images = new Set(SCENE_RECIPES.map(imageName));
  const present = await readdir(directory);
  // A run that was killed leaves the scene it was writing as NAME.tif.….partial.
  const halves = present.filter(
    (name) => name.endsWith(".partial") && images.has(name.split(".", 2).join(".")),
  );
  // A README or a list of labels alone may be anybody's; beside a demo scene they are the demo's.
  const isDemo = halves.length > 0 || present.some((name) => images.has(name));
  const own = new Set<string>(isDemo ? [...Object.values(DEMO_FILES), ...images, ...halves] : []);
  const foreign = present.find((name) => !own.has(name));
  if (foreign !== undefined) {
    throw new FieldmarkError(
      "invalid-input",
      `The demo archive needs a folder of its own, and ${directory} already holds ${foreign}. Name an empty or a new folder.`,
      { details: { path: directory } },
    );
  }
  // The truth comes last, so its presence says that the archive is whole.
  for (const name of [...halves, DEMO_FILES.truth]) await rm(join(directory, name), { force: true });
}

async function makeScene(
  directory: string,
  recipe: SceneRecipe,
  size: number,
  random: Random,
  onStep: (share: number) => void,
): Promise<DemoScene> {
  const { terrain, land } = createLandscape(recipe, size, random.fork("land"));
  onStep(0.3);
  await setImmediate();
  const surface = createSurface(land, recipe, terrain, random.fork("surface"));
  const bands: Uint16Array[] = [];
  for (const band of renderBands(land, surface, recipe, random.fork("bands"))) {
    bands.push(band);
    await setImmediate();
  }
  onStep(0.6);
  const image = imageName(recipe);
  const geotransform = sceneGeoTransform(recipe);
  await writeGeoTiff(join(directory, image), {
    width: size,
    height: size,
    bands,
    dtype: "uint16",
    geotransform,
    epsg: DEMO_EPSG,
    nodata: 0,
    bandNames: DEMO_BANDS.map(({ name }) => name),
    compression: "deflate",
    // One tile a patch: reading a patch decodes nothing else.
    tileSize: DEMO_PATCH_SIZE,
  });
  onStep(1);
  return {
    image,
    place: recipe.place,
    width: size,
    height: size,
    epsg: DEMO_EPSG,
    geotransform: [...geotransform],
    patches: patchTruth(land),
  };
}

/**
 * Makes an archive to try Fieldmark with: four invented, georeferenced scenes with Sentinel-2's 13 bands
 * (uint16, reflectance × 10,000, 0 = nodata), and beside them what is really there: `labels.csv`,
 * `truth.json`, `taxonomy.json` and a README. The folder may be new, empty, or an earlier demo archive,
 * which is replaced.
 *
 * @throws FieldmarkError `invalid-input` when the folder holds other files or the size is out of range.
 */
export async function generateDemoArchive(
  directory: string,
  { seed = 1, sceneSize = DEFAULT_SIZE, onProgress = () => {} }: DemoArchiveOptions = {},
): Promise<DemoArchive> {
  if (!Number.isInteger(seed)) {
    throw new FieldmarkError("invalid-input", `The seed must be a whole number, and ${seed} is not.`);
  }
  if (!Number.isInteger(sceneSize) || sceneSize < 2 * DEMO_PATCH_SIZE || sceneSize > 4096) {
    throw new FieldmarkError(
      "invalid-input",
      `A demo scene must be between ${2 * DEMO_PATCH_SIZE} and 4096 pixels wide, and ${sceneSize} is not.`,
    );
  }
  await prepareFolder(directory);
  const random = createRandom(seed);
  const scenes: DemoScene[] = [];
  for (const recipe of SCENE_RECIPES) {
    const report = (share: number) =>
      onProgress((scenes.length + share) / SCENE_RECIPES.length, `Making ${recipe.place}`);
    report(0);
    scenes.push(await makeScene(directory, recipe, sceneSize, random.fork(recipe.name), report));
  }
  const truth: DemoTruth = {
    seed,
    patchSize: DEMO_PATCH_SIZE,
    classes: DEMO_CLASSES.map(({ name, presence }) => ({ name, presence })),
    scenes,
  };
  const paths = {
    truthPath: join(directory, DEMO_FILES.truth),
    labelsPath: join(directory, DEMO_FILES.labels),
    taxonomyPath: join(directory, DEMO_FILES.taxonomy),
  };
  await writeFile(paths.labelsPath, labelsCsv(scenes));
  await writeFile(paths.taxonomyPath, `${JSON.stringify(demoTaxonomy(), null, 2)}\n`);
  await writeFile(join(directory, DEMO_FILES.readme), demoReadme(truth));
  await writeFile(paths.truthPath, `${JSON.stringify(truth)}\n`);
  return { ...truth, directory, ...paths };
}
