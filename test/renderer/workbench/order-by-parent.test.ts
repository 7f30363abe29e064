import { describe, expect, it } from "vitest";
import { orderByParent } from "../../../src/renderer/workbench/palette/order-by-parent.ts";

function entry(id: number, parentId: number | null) {
  return { id, name: `${id}`, key: null, color: "#000000", description: "", parentId, position: id };
}

describe("the order of the palette", () => {
  it("puts children under their parents, to any depth", () => {
    const nested = orderByParent([entry(1, null), entry(2, 4), entry(3, null), entry(4, 1), entry(5, 3)]);
    expect(nested.map(({ entry: { id }, depth }) => [id, depth])).toEqual([
      [1, 0],
      [4, 1],
      [2, 2],
      [3, 0],
      [5, 1],
    ]);
  });

  it("loses no class, neither in a circle nor under a parent that is gone", () => {
    const nested = orderByParent([entry(1, 2), entry(2, 1), entry(3, 99)]);
    expect(nested.map(({ entry: { id } }) => id).sort()).toEqual([1, 2, 3]);
  });
});
