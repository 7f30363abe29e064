import { expect, test } from "vitest";
import { compareListing } from "../../../src/archive/index/compare.ts";

const file = (path: string, bytes = 10, modified = 1, beside = "") => ({ path, bytes, modified, beside });

test("size, time and what lies beside tell files apart without a look inside", () => {
  const index = [
    file("same"),
    file("larger"),
    file("later"),
    file("beside"),
    file("gone"),
    file("larger and later"),
  ];
  const listed = [
    file("same"),
    file("larger", 11),
    file("later", 10, 2),
    file("beside", 10, 1, "beside.tfw:5:1"),
    file("larger and later", 11, 2),
    file("added"),
  ];
  const { same, suspect, changed, added, missing } = compareListing(listed, index);
  expect(same.map(({ path }) => path)).toEqual(["same"]);
  expect(suspect.map((one) => one.file.path)).toEqual(["later", "beside"]);
  expect(suspect[0]).toEqual({ file: file("later", 10, 2), known: file("later") });
  expect(changed.map((one) => one.file.path)).toEqual(["larger", "larger and later"]);
  expect(added.map(({ path }) => path)).toEqual(["added"]);
  expect(missing.map(({ path }) => path)).toEqual(["gone"]);
});

test("an empty folder and an empty index", () => {
  expect(compareListing([], [file("a")]).missing).toHaveLength(1);
  expect(compareListing([file("a")], []).added).toHaveLength(1);
});
