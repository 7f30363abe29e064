import { describe, expect, it } from "vitest";
import { findClasses } from "../../../src/renderer/workbench/palette/find-classes.ts";

const NAMES = ["Pastures", "Mixed forest", "Broad-leaved forest", "Forest roads", "Coniferous forest", "Sea"];
const ROWS = NAMES.map((name, position) => ({
  entry: { id: position + 1, name, key: null, color: "#888888", description: "", parentId: null, position },
  depth: position === 2 ? 1 : 0,
}));
const names = (typed: string, probabilities: Record<string, number> | null = null) =>
  findClasses(ROWS, typed, probabilities).map(({ entry }) => entry.name);

describe("finding a class by letters", () => {
  it("shows everything in order, nested, while nothing is typed", () => {
    expect(findClasses(ROWS, "  ", { 6: 0.9 })).toBe(ROWS);
  });

  it("prefers the beginning of the name, then of a word, then any place; palette order among equals", () => {
    expect(names("forest")).toEqual([
      "Forest roads",
      "Mixed forest",
      "Broad-leaved forest",
      "Coniferous forest",
    ]);
    expect(names("le")).toEqual(["Broad-leaved forest"]);
    expect(names("ea")).toEqual(["Broad-leaved forest", "Sea"]);
  });

  it("puts the class first that the model expects, where the letters fit as well", () => {
    expect(names("FOREST", { 2: 0.1, 3: 0.05, 5: 0.8, 4: 0 })).toEqual([
      "Forest roads",
      "Coniferous forest",
      "Mixed forest",
      "Broad-leaved forest",
    ]);
  });

  it("finds nothing for letters that no name has", () => {
    expect(names("xyz")).toEqual([]);
  });
});
