import { describe, expect, test } from "vitest";
import { CLASS_COLORS, CLASS_KEYS } from "../../src/shared/domain/taxonomy.ts";
import { ana, errorOf, makeProject } from "./fixture.ts";

describe("the class list", () => {
  test("gets keys and colours in palette order, and no key where none is left", () => {
    const { store } = makeProject();
    const classes = store.saveClasses(Array.from({ length: 25 }, (_, index) => ({ name: `class ${index}` })));
    expect(classes.map((one) => one.key)).toEqual([...CLASS_KEYS, null, null, null, null, null]);
    expect(classes.slice(0, 20).map((one) => one.color)).toEqual(CLASS_COLORS);
    expect(classes.every((one) => /^#[0-9a-f]{6}$/.test(one.color))).toBe(true);
    expect(classes.map((one) => one.position)).toEqual(classes.map((_, index) => index));
  });

  test("fills in around what is given", () => {
    const { store } = makeProject();
    const classes = store.saveClasses([
      { name: "Water", key: "2", color: "#112233", description: "Rivers and lakes" },
      { name: "Forest" },
      { name: "Road", key: null },
      { name: "Field" },
    ]);
    expect(classes.map((one) => one.key)).toEqual(["2", "1", null, "3"]);
    expect(classes[0]).toMatchObject({ color: "#112233", description: "Rivers and lakes", parentId: null });
  });

  test("takes empty keys for none", () => {
    const { store } = makeProject();
    const keys = ["", "  ", " 3 "].map((key, index) => ({ name: `class ${index}`, key }));
    expect(store.saveClasses(keys).map((one) => one.key)).toEqual([null, null, "3"]);
  });

  test("keeps ids, keys and colours over renaming and reordering", () => {
    const { store, classIds } = makeProject();
    const [a, b, c] = classIds as [number, number, number];
    const before = store.classes();
    const after = store.saveClasses([
      { id: c, name: "C" },
      { id: a, name: "Alpha" },
      { name: "b" },
      { name: "New" },
    ]);
    expect(after.map((one) => [one.id, one.name])).toEqual([
      [c, "C"],
      [a, "Alpha"],
      [b, "b"],
      [expect.any(Number), "New"],
    ]);
    expect(after[0]).toMatchObject({ key: before[2]?.key, color: before[2]?.color });
    expect(classIds).not.toContain(after[3]?.id);
  });

  test("lets two classes swap their keys", () => {
    const { store, classIds } = makeProject();
    const [a, b] = classIds as [number, number];
    const classes = store.saveClasses([
      { id: a, name: "A", key: "2" },
      { id: b, name: "B" },
    ]);
    expect(classes.map((one) => one.key)).toEqual(["2", "1"]);
  });

  test("has parents by name, which can be taken away again", () => {
    const { store } = makeProject();
    const classes = store.saveClasses([{ name: "Pine", parent: "forest" }, { name: "Forest" }]);
    expect(classes[0]?.parentId).toBe(classes[1]?.id);
    expect(store.saveClasses([{ name: "Pine" }, { name: "Forest" }])[0]?.parentId).toBe(classes[1]?.id);
    expect(store.saveClasses([{ name: "Pine", parent: null }, { name: "Forest" }])[0]?.parentId).toBeNull();
    store.saveClasses([{ name: "Pine", parent: "Forest" }, { name: "Forest" }]);
    expect(store.saveClasses([{ name: "Pine" }])[0]?.parentId).toBeNull();
  });

  test.each([
    ["two names alike", [{ name: "Water" }, { name: " water " }], "invalid-input", /named "water"/],
    [
      "two keys alike",
      [
        { name: "X", key: "q" },
        { name: "Y", key: "Q" },
      ],
      "invalid-input",
      /key "q"/,
    ],
    ["an unknown parent", [{ name: "X", parent: "Nobody" }], "invalid-input", /"Nobody"/],
    [
      "a circle of parents",
      [
        { name: "X", parent: "Y" },
        { name: "Y", parent: "X" },
      ],
      "invalid-input",
      /own ancestor/,
    ],
    ["an unknown id", [{ id: 99, name: "X" }], "unknown-class", /99/],
    [
      "an id twice",
      [
        { id: 1, name: "X" },
        { id: 1, name: "Y" },
      ],
      "invalid-input",
      /same id/,
    ],
  ])("refuses %s and keeps the list", (_, inputs, code, message) => {
    const { store } = makeProject();
    const before = store.classes();
    const error = errorOf(() => store.saveClasses(inputs));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(store.classes()).toEqual(before);
  });

  test("refuses to leave out a class with labels, by name and number of patches", () => {
    const { store, patches, classIds } = makeProject();
    const change = { patchId: patches[0]!, classId: classIds[1]!, state: "absent" } as const;
    store.changeLabels([change], ana);
    const error = errorOf(() => store.saveClasses([{ name: "A" }, { name: "C" }]));
    expect(error.code).toBe("invalid-input");
    expect(error.message).toMatch(/"B" has labels on 1 patch\b/);
    store.changeLabels([{ ...change, state: null }], ana);
    expect(store.saveClasses([{ name: "A" }, { name: "C" }]).map((one) => one.name)).toEqual(["A", "C"]);
  });

  test("a class that was left out takes no labels, and comes back as itself with its name", () => {
    const { store, patches, classIds } = makeProject();
    store.saveClasses([{ name: "A" }, { name: "C" }]);
    const label = () =>
      store.changeLabels([{ patchId: patches[0]!, classId: classIds[1]!, state: "present" }], ana);
    expect(errorOf(label).code).toBe("unknown-class");
    expect(store.labelMatrix(patches)).toHaveLength(patches.length * 2);
    const back = store.saveClasses([{ name: "A" }, { name: "C" }, { name: "B" }]);
    expect(back[2]?.id).toBe(classIds[1]);
    label();
    expect(store.labelsOf(patches).get(patches[0]!)).toEqual({ [classIds[1]!]: "present" });
  });
});
