import { expect, test } from "vitest";
import { filesBeside } from "../../../src/archive/scenes/beside.ts";

test("statistics and overviews belong to the whole name, world files to the name without its extension", () => {
  const beside = filesBeside(
    ["a.tif", "a.tiff", "b.TIF"],
    ["a.tif.aux.xml", "a.tif.ovr", "a.tfw", "b.wld", "b.TIF.AUX.XML", "readme.txt", "c.tfw", "labels.csv"],
  );
  expect(Object.fromEntries(beside)).toEqual({
    "a.tif": ["a.tfw", "a.tif.aux.xml", "a.tif.ovr"],
    "a.tiff": ["a.tfw"],
    "b.TIF": ["b.TIF.AUX.XML", "b.wld"],
  });
});

test("nothing beside is nothing", () => {
  expect(filesBeside(["a.tif"], []).size).toBe(0);
});
