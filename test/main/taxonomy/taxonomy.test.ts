import { expect, it } from "vitest";
import { TAXONOMY_PRESETS } from "../../../src/main/taxonomy/presets.ts";
import { checkTaxonomy, readTaxonomy } from "../../../src/main/taxonomy/read-taxonomy.ts";
import { temporaryFolder, writeText } from "../fixture.ts";

it("has presets with unique ids, names, keys and colours", () => {
  expect(new Set(TAXONOMY_PRESETS.map(({ id }) => id)).size).toBe(TAXONOMY_PRESETS.length);
  const counts = Object.fromEntries(TAXONOMY_PRESETS.map(({ id, classes }) => [id, classes.length]));
  expect(counts).toEqual({
    "land-cover-8": 8,
    "bigearthnet-19": 19,
    "eurosat-10": 10,
    "treesatai-15": 15,
    "ucmerced-17": 17,
    demo: 12,
  });
  for (const { id, classes } of TAXONOMY_PRESETS) {
    checkTaxonomy(classes, id);
    expect(new Set(classes.map(({ color }) => color)).size, id).toBe(classes.length);
    expect(
      classes.every(({ key }) => typeof key === "string"),
      id,
    ).toBe(true);
  }
});

it("reads JSON and CSV, with either spelling of colour", async () => {
  const folder = temporaryFolder();
  const json = writeText(
    folder,
    "t.json",
    '{"classes":[{"name":"Water","colour":"#112233","key":"w"},{"name":"Lake","parent":"Water"}]}',
  );
  const csv = writeText(
    folder,
    "t.csv",
    "Name,Key,Colour,Description,Parent\nWater,w,#112233,,\nLake,,,small,Water\n",
  );
  expect(await readTaxonomy(json)).toEqual([
    { name: "Water", color: "#112233", key: "w" },
    { name: "Lake", parent: "Water" },
  ]);
  expect(await readTaxonomy(csv)).toEqual([
    { name: "Water", color: "#112233", key: "w" },
    { name: "Lake", description: "small", parent: "Water" },
  ]);
});

it.each([
  ["not json", "[{", /is no taxonomy/],
  ["no name", '[{"key":"1"}]', /class 1: name/],
  ["twice", '[{"name":"A"},{"name":"A"}]', /"A" occurs twice/],
  ["keys", '[{"name":"A","key":"1"},{"name":"B","key":"1"}]', /"A" and "B" have the same key 1/],
  ["parent", '[{"name":"A","parent":"Z"}]', /parent "Z" of "A"/],
  ["colour", '[{"name":"A","color":"red"}]', /class 1: color/],
  ["empty", "[]", /holds no class/],
])("refuses a taxonomy that is wrong: %s", async (_, text, message) => {
  const file = writeText(temporaryFolder(), "t.json", text);
  await expect(readTaxonomy(file)).rejects.toThrow(message);
});

it("lists the presets when there is neither a file nor a preset", async () => {
  await expect(readTaxonomy("nothing")).rejects.toThrow(/ucmerced-17/);
});
