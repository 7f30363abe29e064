import { describe, expect, test } from "vitest";
import {
  filesOf,
  qualityDiffers,
  reconcileScenes,
  valuesDiffer,
} from "../../../src/archive/index/reconcile-scenes.ts";
import type { Scene } from "../../../src/shared/domain/imagery.ts";

function scene(name: string, files: readonly string[], change: Partial<Scene> = {}): Scene {
  return {
    name,
    sensor: "unknown",
    width: 10,
    height: 10,
    dtype: "uint8",
    nodata: null,
    geotransform: null,
    epsg: null,
    proj4: null,
    bands: files.map((file, band) => ({
      name: `Band ${band + 1}`,
      file,
      fileBand: 0,
      width: 10,
      height: 10,
    })),
    bytes: 1,
    modified: 1,
    ...change,
  };
}

const known = (...scenes: Scene[]) =>
  scenes.map((one, index) => {
    const { name, width, height } = one;
    return { id: index + 1, name, width, height, files: filesOf(one) };
  });
const NEVER = () => false;

describe("which scene is which", () => {
  test("a scene keeps its name when a file appears that would take it", () => {
    const before = scene("a", ["a_B02.tif", "a_B03.tif"]);
    // What grouping calls them: the file comes first and is called `a`.
    const found = [scene("a", ["a.tif"]), scene("a B02+B03", ["a_B02.tif", "a_B03.tif"])];
    const { kept, added, missing } = reconcileScenes(known(before), found);
    expect(kept.map(({ id, scene: { name, bands } }) => [id, name, bands[0]?.file])).toEqual([
      [1, "a", "a_B02.tif"],
    ]);
    expect(added.map(({ name }) => name)).toEqual(["a.tif"]);
    expect(missing).toEqual([]);
  });

  test("a scene that gains or loses a band is the same scene", () => {
    const before = known(scene("a_B02", ["a_B02.tif"]), scene("b", ["b_B02.tif", "b_B03.tif"]));
    const found = [scene("a", ["a_B02.tif", "a_B03.tif"]), scene("b_B02", ["b_B02.tif"])];
    const { kept, added, missing } = reconcileScenes(before, found);
    expect(kept.map(({ id, scene: { name } }) => [id, name])).toEqual([
      [1, "a_B02"],
      [2, "b"],
    ]);
    expect([added, missing]).toEqual([[], []]);
  });

  test("a scene whose files are gone is missing; one of the same name and size replaces it", () => {
    const before = known(scene("gone", ["gone.tif"]), scene("moved", ["moved.tif"]), scene("c", ["c.tif"]));
    const found = [scene("moved", ["moved.tiff"]), scene("c", ["c.tiff"], { width: 20 })];
    const { kept, added, missing } = reconcileScenes(before, found);
    expect(kept.map(({ id, scene: { bands } }) => [id, bands[0]?.file])).toEqual([[2, "moved.tiff"]]);
    expect(added.map(({ name }) => name)).toEqual(["c.tiff"]);
    expect(missing).toEqual([1, 3]);
  });

  test("a name that a missing scene has is not given away", () => {
    const before = known(scene("a", ["x_B02.tif", "x_B03.tif"], { width: 30 }));
    const found = [scene("a", ["y_B02.tif", "y_B03.tif"])];
    const { added, missing } = reconcileScenes(before, found);
    expect(added.map(({ name }) => name)).toEqual(["a (2)"]);
    expect(missing).toEqual([1]);
  });

  test("of two that share files the one with most of them is it, and no scene is used twice", () => {
    const before = known(scene("a", ["1", "2", "3"]));
    const found = [scene("p", ["3"]), scene("q", ["1", "2"])];
    const { kept, added } = reconcileScenes(before, found);
    expect(kept.map(({ scene: { bands } }) => bands.length)).toEqual([2]);
    expect(added.map(({ name }) => name)).toEqual(["p"]);
  });

  test("a scene whose files went into another scene is left as it is", () => {
    const before = known(scene("a", ["1", "2"]), scene("b", ["3"]));
    const { kept, missing } = reconcileScenes(before, [scene("a", ["1", "2", "3"])]);
    expect(kept.map(({ id }) => id)).toEqual([1]);
    expect(missing).toEqual([]);
  });
});

describe("what makes a scene's values others", () => {
  const before = scene("a", ["1", "2"]);

  test("a changed file, another size, another nodata value, a band from elsewhere, a lost band", () => {
    expect(valuesDiffer(before, before, (file) => file === "2")).toBe(true);
    expect(valuesDiffer(before, { ...before, width: 9 }, NEVER)).toBe(true);
    expect(valuesDiffer(before, { ...before, nodata: 0 }, NEVER)).toBe(true);
    expect(valuesDiffer(before, scene("a", ["1", "3"]), NEVER)).toBe(true);
    expect(valuesDiffer(before, scene("a", ["1"]), NEVER)).toBe(true);
  });

  test("neither a new band, nor another place or time, nor a file of no band", () => {
    const moved = { ...before, geotransform: [0, 1, 0, 0, 0, -1], epsg: 4326, modified: 5 };
    expect(valuesDiffer(before, moved, NEVER)).toBe(false);
    expect(valuesDiffer(before, scene("a", ["1", "2", "3"]), (file) => file === "3")).toBe(false);
  });

  test("a quality layer changes no values, but how the scene is cut", () => {
    const quality = { kind: "scl", file: "scl.tif", fileBand: 0, width: 5, height: 5 } as const;
    const now = { ...before, quality };
    expect(valuesDiffer(before, now, NEVER)).toBe(false);
    expect(qualityDiffers(before, now, NEVER)).toBe(true);
    expect(qualityDiffers(now, now, NEVER)).toBe(false);
    expect(qualityDiffers(now, now, (file) => file === "scl.tif")).toBe(true);
  });
});
