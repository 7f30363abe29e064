import { expect, test } from "vitest";
import type { ProjectStore } from "../../src/store/project-store.ts";
import { makeProject, makeScene } from "./fixture.ts";

function band(file: string) {
  return { name: "band", file, fileBand: 0, width: 64, height: 64 };
}

function archive(): { store: ProjectStore; ids: Record<string, number> } {
  const { store } = makeProject(0);
  const source = store.addSource("/imagery/archive");
  const scenes = store.addScenes(source, [
    makeScene("forest/a00", { bands: [band("forest/a00.tif")] }),
    makeScene("water/a00", { bands: [band("water/a00.tif")] }),
    makeScene("water/lake.v2", { bands: [band("water/lake.v2.TIF")] }),
    makeScene("S2/T32", { bands: [band("S2/T32_B02.tif"), band("S2/T32_B03.tif")] }),
  ]);
  const ids: Record<string, number> = {};
  const add = (scene: number | undefined, name: string, x = 0) => {
    ids[name] = store.addPatches(scene!, [{ name, x, y: 0, width: 32, height: 32 }])[0]!;
  };
  add(scenes[0], "forest/a00");
  add(scenes[1], "water/a00");
  add(scenes[2], "water/lake.v2");
  add(scenes[3], "S2/T32@0_0");
  add(scenes[3], "S2/T32@32_0", 32);
  return { store, ids };
}

test("finds patches by every name that label files use, the exact one first", () => {
  const { store, ids } = archive();
  const find = store.patchLookup();
  for (const [image, name] of [
    ["forest/a00", "forest/a00"],
    ["water/a00.tif", "water/a00"],
    ["water\\a00.tif", "water/a00"],
    ["./water/a00.tif", "water/a00"],
    [" water/lake.v2 ", "water/lake.v2"],
    ["lake.v2", "water/lake.v2"],
    ["lake.v2.TIF", "water/lake.v2"],
    ["LAKE.V2.tif", "water/lake.v2"],
    ["S2/T32@32_0", "S2/T32@32_0"],
  ] as const) {
    expect(find(image), image).toEqual({ kind: "one", patchId: ids[name] });
  }
  expect(find("nowhere.tif")).toEqual({ kind: "none" });
  expect(find("a00")).toEqual({ kind: "ambiguous", names: ["forest/a00", "water/a00"] });
  expect(find("a00.tif")).toEqual({ kind: "ambiguous", names: ["forest/a00", "water/a00"] });
});

test("finds windows by their corner", () => {
  const { store, ids } = archive();
  const find = store.patchLookup();
  expect(find("S2/T32").kind).toBe("ambiguous");
  for (const image of ["S2/T32", "T32", "S2/T32_B03.tif", "T32_B02.tif"]) {
    expect(find(image, { x: 32, y: 0 }), image).toEqual({ kind: "one", patchId: ids["S2/T32@32_0"] });
  }
  expect(find("S2/T32", { x: 5, y: 5 })).toEqual({ kind: "none" });
});
