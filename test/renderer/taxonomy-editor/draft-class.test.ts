import { describe, expect, it } from "vitest";
import {
  addClasses,
  fromTaxonomy,
  move,
  namesFromText,
  possibleParents,
  problemOfClasses,
  toClassInputs,
} from "../../../src/renderer/taxonomy-editor/draft-class.ts";

describe("the list of classes", () => {
  it("gives every new class a key and a colour of its own, and leaves names out that are there", () => {
    const classes = addClasses(addClasses([], [{ name: "Water", key: "w" }]), [
      { name: "water " },
      { name: "Forest" },
      { name: "Road", key: "w" },
    ]);
    expect(classes.map(({ name, key }) => [name, key])).toEqual([
      ["Water", "w"],
      ["Forest", "1"],
      ["Road", "2"],
    ]);
    expect(new Set(classes.map(({ color }) => color)).size).toBe(3);
  });

  it("finds parents by name, in any order, and gives them back by name", () => {
    const classes = addClasses(
      [],
      [{ name: "Conifer", parent: "forest" }, { name: "Forest" }, { name: "Water" }],
    );
    expect(toClassInputs(classes).map(({ name, parent }) => [name, parent])).toEqual([
      ["Conifer", "Forest"],
      ["Forest", null],
      ["Water", null],
    ]);
  });

  it("offers no parent that would make a circle", () => {
    const classes = addClasses(
      [],
      [{ name: "A" }, { name: "B", parent: "A" }, { name: "C", parent: "B" }, { name: "D" }],
    );
    const [a, , c] = classes;
    if (!a || !c) throw new Error("there are four classes");
    expect(possibleParents(classes, a).map(({ name }) => name)).toEqual(["D"]);
    expect(possibleParents(classes, c).map(({ name }) => name)).toEqual(["A", "B", "D"]);
  });

  it("keeps the ids of a project's classes through an edit", () => {
    const taxonomy = [
      {
        id: 7,
        name: "Forest",
        key: "1",
        color: "#112233",
        description: "trees",
        parentId: null,
        position: 0,
      },
      { id: 9, name: "Conifer", key: null, color: "#445566", description: "", parentId: 7, position: 1 },
    ];
    expect(toClassInputs(fromTaxonomy(taxonomy))).toEqual([
      { id: 7, name: "Forest", key: "1", color: "#112233", description: "trees", parent: null },
      { id: 9, name: "Conifer", key: null, color: "#445566", description: "", parent: "Forest" },
    ]);
  });

  it("reads pasted lists with bullets, numbers, commas and repeats", () => {
    expect(namesFromText(" - Water\n2. Forest; Road,\tBare soil\r\n* water\n\n• Rock")).toEqual([
      "Water",
      "Forest",
      "Road",
      "Bare soil",
      "Rock",
    ]);
    expect(namesFromText("  \n ")).toEqual([]);
  });

  it("names what is wrong with it", () => {
    expect(problemOfClasses(addClasses([], [{ name: "A" }, { name: "B" }]))).toBeNull();
    const twice = addClasses([], [{ name: "A" }, { name: "B" }]).map((entry) => ({ ...entry, name: "Sea" }));
    expect(problemOfClasses(twice)).toContain("Sea");
    expect(problemOfClasses(twice.map((entry) => ({ ...entry, name: " " })))).not.toBeNull();
  });

  it("moves a class, and stays where there is no place to go", () => {
    const classes = addClasses([], [{ name: "A" }, { name: "B" }, { name: "C" }]);
    const names = (list: typeof classes) => list.map(({ name }) => name).join("");
    expect(names(move(classes, 0, 2))).toBe("BCA");
    expect(names(move(classes, 2, 0))).toBe("CAB");
    expect(names(move(classes, 0, -1))).toBe("ABC");
    expect(names(move(classes, 2, 3))).toBe("ABC");
  });
});
