import { describe, expect, it } from "vitest";
import { cutScene } from "../../../../src/archive/grid.ts";
import { countPatches, patchesOfScene } from "../../../../src/renderer/screens/new-project/count-patches.ts";
import { createRandom } from "../../../../src/shared/random.ts";

describe("the number of patches", () => {
  it("is the number that cutting a scene gives", () => {
    const random = createRandom("grids");
    for (let trial = 0; trial < 400; trial++) {
      const scene = { width: 1 + random.integer(700), height: 1 + random.integer(700) };
      const patchSize = random.integer(8) === 0 ? ("whole" as const) : 8 + random.integer(200);
      const stride =
        patchSize === "whole" || random.integer(2) === 0 ? null : 1 + random.integer(patchSize * 2);
      const edges = random.integer(2) === 0 ? ("drop" as const) : ("shift" as const);
      const grid = { patchSize, stride, edges, nodataLimit: 0.25 };
      expect(patchesOfScene(scene, grid), JSON.stringify({ scene, grid })).toBe(cutScene(scene, grid).length);
    }
  });

  it("is an estimate where only some sizes are known", () => {
    const grid = { patchSize: 50, stride: null, edges: "drop" as const, nodataLimit: 0 };
    const sizes = [{ width: 100, height: 100, count: 2 }];
    expect(countPatches(sizes, 2, grid)).toEqual({ patches: 8, exact: true });
    expect(countPatches(sizes, 5, grid)).toEqual({ patches: 20, exact: false });
    expect(countPatches(sizes, 5, { ...grid, patchSize: "whole" })).toEqual({ patches: 5, exact: true });
    expect(countPatches([], 0, grid)).toEqual({ patches: 0, exact: true });
  });
});
