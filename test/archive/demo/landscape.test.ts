import { beforeAll, describe, expect, test } from "vitest";
import { COVER, DEMO_CLASSES } from "../../../src/archive/demo/classes.ts";
import { createLandscape } from "../../../src/archive/demo/landscape.ts";
import { SCENE_RECIPES } from "../../../src/archive/demo/recipes.ts";
import { type DemoPatch, patchTruth } from "../../../src/archive/demo/truth.ts";
import { createRandom } from "../../../src/shared/random.ts";

describe.each([1, 2])("the default scenes with seed %i", (seed) => {
  let patches: DemoPatch[] = [];
  let share = new Map<string, number>();

  beforeAll(() => {
    patches = SCENE_RECIPES.flatMap((recipe) =>
      patchTruth(createLandscape(recipe, 832, createRandom(seed).fork(recipe.name).fork("land")).land),
    );
    share = new Map(
      DEMO_CLASSES.map(({ name }) => [
        name,
        patches.filter(({ labels }) => labels.includes(name)).length / patches.length,
      ]),
    );
  });

  test("make at least 600 patches with true multi-labels", () => {
    expect(patches.length).toBe(676);
    const labels = patches.reduce((sum, patch) => sum + patch.labels.length, 0);
    expect(labels / patches.length).toBeGreaterThan(2.4);
    expect(labels / patches.length).toBeLessThan(3.5);
    expect(patches.every((patch) => patch.labels.length > 0)).toBe(true);
    expect(patches.filter((patch) => patch.labels.length > 1).length).toBeGreaterThan(0.7 * patches.length);
  });

  test("show every class, some often and some seldom", () => {
    expect(share.size).toBeGreaterThanOrEqual(10);
    for (const [name, part] of share) {
      expect(part, name).toBeGreaterThan(0.02);
      expect(part, name).toBeLessThan(0.6);
    }
    const seldom = [...share.values()].filter((part) => part < 0.08);
    expect(seldom.length).toBeGreaterThanOrEqual(2);
    expect(seldom.length).toBeLessThanOrEqual(4);
  });
});

test("codes of the cover raster follow the order of the classes", () => {
  expect(Object.values(COVER)).toEqual([0, ...DEMO_CLASSES.map((_, position) => position + 1)]);
});
