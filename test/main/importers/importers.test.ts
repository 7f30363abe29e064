import { describe, expect, it } from "vitest";
import { csvImporter } from "../../../src/main/importers/csv.ts";
import { findImporter } from "../../../src/main/importers/index.ts";
import { readSplits } from "../../../src/main/importers/splits.ts";
import { ucmercedImporter } from "../../../src/main/importers/ucmerced.ts";

describe("csv importer", () => {
  it("reads the wide form: 1, 0, unsure and nothing", () => {
    const table = csvImporter.read("image,water,trees\na,1,0\nb,,unsure\n", "l.csv");
    expect(table.classes).toEqual(["water", "trees"]);
    expect(table.rows).toEqual([
      { image: "a", x: null, y: null, line: 2, states: ["present", "absent"] },
      { image: "b", x: null, y: null, line: 3, states: [null, "unsure"] },
    ]);
  });

  it("reads windows by x and y, and passes over the columns of our own export", () => {
    const table = csvImporter.read(
      "patch_id,image,x,y,width,height,split,water\n7,a,64,0,64,64,val,1\n",
      "l.csv",
    );
    expect(table.classes).toEqual(["water"]);
    expect(table.rows[0]).toMatchObject({ image: "a", x: 64, y: 0, states: ["present"] });
  });

  it("reads the long form", () => {
    const table = csvImporter.read(
      "image,class,state\na,water,present\na,trees,0\nb,trees,unsure\n",
      "l.csv",
    );
    expect(table.classes).toEqual(["water", "trees"]);
    expect(table.rows.map(({ image, states }) => [image, states])).toEqual([
      ["a", ["present", "absent"]],
      ["b", [null, "unsure"]],
    ]);
  });

  it("takes the apostrophe before a formula back", () => {
    const table = csvImporter.read("image,'=evil\n'+a,1\n", "l.csv");
    expect(table.classes).toEqual(["=evil"]);
    expect(table.rows[0]?.image).toBe("+a");
  });

  it.each([
    ["water\n1\n", /no column "image"/],
    ["image,water\na,2\n", /line 2: "2" in column "water" is no label/],
    ["image,water\na,1\na,0\n", /line 3: the image "a" occurs a second time/],
    ["image,water,water\na,1,0\n", /the class "water" occurs a second time/],
    ["image,x,y,water\na,-1,0,1\n", /"-1" is no pixel position/],
    ["image,class,state\na,water,1\na,water,0\n", /line 3: "water" on "a" occurs a second time/],
    ["image,class,state\na,,1\n", /the class is missing/],
  ])("refuses %j", (text, message) => {
    expect(() => csvImporter.read(text, "l.csv")).toThrow(message);
  });
});

describe("UC Merced importer", () => {
  it("reads the tab-separated table", () => {
    const table = ucmercedImporter.read("IMAGE\\LABEL\tairplane\tsea\nbeach07\t0\t1\n", "l.txt");
    expect(table.classes).toEqual(["airplane", "sea"]);
    expect(table.rows).toEqual([
      { image: "beach07", x: null, y: null, line: 2, states: ["absent", "present"] },
    ]);
  });

  it("refuses another table", () => {
    expect(() => ucmercedImporter.read("image,sea\na,1\n", "l.csv")).toThrow(/IMAGE\\LABEL/);
  });
});

describe("splits", () => {
  it("reads image and split", () => {
    expect(
      readSplits("image,split\na,pool\nb,VAL\nc,test\n", "s.csv").map(({ image, split }) => [image, split]),
    ).toEqual([
      ["a", "pool"],
      ["b", "val"],
      ["c", "test"],
    ]);
  });

  it("refuses other words and missing columns", () => {
    expect(() => readSplits("image,split\na,train\n", "s.csv")).toThrow(
      /s\.csv, line 2: "train" is no split/,
    );
    expect(() => readSplits("a,b\n", "s.csv")).toThrow(/columns image and split/);
  });
});

it("names the known formats", () => {
  expect(() => findImporter("xml")).toThrow(/ucmerced, csv/);
});
