import { expect, it } from "vitest";
import { importLabels } from "../../../src/main/use-cases/label-import.ts";
import { listLabels } from "../../../src/main/use-cases/label-list.ts";
import { finishedPatches, usableIds } from "../../../src/main/use-cases/patch-sets.ts";
import { tinyLabels, tinyName, tinyProject, tinySplits, writeText } from "../fixture.ts";

const ANNOTATOR = "ana";

it("imports labels and splits, and takes the classes from the file when there are none", async () => {
  const { store, folder } = await tinyProject(8, { classes: [] });
  const file = writeText(folder, "labels.csv", tinyLabels(8));
  const splits = writeText(folder, "splits.csv", tinySplits(7));
  const imported = await importLabels(store, { file, format: "csv", splits, annotator: ANNOTATOR });
  expect(imported).toEqual({
    patches: 8,
    labels: 24,
    classes: 3,
    emptyRows: 0,
    splits: { pool: 6, val: 1, test: 0, none: 1 },
  });
  expect(store.classes().map(({ name }) => name)).toEqual(["red", "green", "blue"]);
  const listed = listLabels(store);
  const fifth = listed.patches.find(({ image }) => image === tinyName(5));
  expect(fifth).toMatchObject({
    status: "confirmed",
    split: "pool",
    labels: { red: "present", green: "absent", blue: "present" },
  });
  expect(listed.classes.map(({ present }) => present)).toEqual([4, 4, 4]);
  expect(usableIds(store).length).toBe(7);
  expect(finishedPatches(store).filter(({ split }) => split === "val")).toHaveLength(1);
});

it("refuses unknown classes by name and count, and imports nothing", async () => {
  const { store, folder } = await tinyProject(2);
  const file = writeText(folder, "labels.csv", `image,red,lava,ice\n${tinyName(0)},1,0,1\n`);
  await expect(importLabels(store, { file, format: "csv", annotator: ANNOTATOR })).rejects.toMatchObject({
    code: "unknown-class",
    message: expect.stringMatching(/2 of 3 classes .*"lava", "ice"/),
  });
  expect(listLabels(store).patches).toEqual([]);
});

it("refuses unknown images by name and count, and imports nothing", async () => {
  const { store, folder } = await tinyProject(2);
  const file = writeText(folder, "labels.csv", `image,red\n${tinyName(0)},1\nelsewhere,1\n`);
  await expect(importLabels(store, { file, format: "csv", annotator: ANNOTATOR })).rejects.toMatchObject({
    code: "unknown-image",
    message: expect.stringMatching(/1 of 2 images .*"elsewhere"/),
  });
  expect(listLabels(store).patches).toEqual([]);
});

it("imports no labels when the splits file names an unknown image", async () => {
  const { store, folder } = await tinyProject(2);
  const file = writeText(folder, "labels.csv", tinyLabels(2));
  const splits = writeText(folder, "splits.csv", "image,split\nnowhere,pool\n");
  await expect(
    importLabels(store, { file, format: "csv", splits, annotator: ANNOTATOR }),
  ).rejects.toMatchObject({
    code: "unknown-image",
  });
  expect(listLabels(store).patches).toEqual([]);
  expect(store.splitCounts().none).toBe(2);
});

it("refuses two lines that mean the same patch under different names", async () => {
  const { store, folder } = await tinyProject(2);
  const file = writeText(folder, "labels.csv", `image,red\n${tinyName(0)},1\ntile000.tif,0\n`);
  await expect(importLabels(store, { file, format: "csv", annotator: ANNOTATOR })).rejects.toThrow(
    /line 3: "tile000\.tif" is the same patch as in line 2/,
  );
});

it("refuses two classes on one patch of a single-label project", async () => {
  const { store, folder } = await tinyProject(4, { kind: "single-label" });
  const file = writeText(folder, "labels.csv", tinyLabels(4));
  await expect(importLabels(store, { file, format: "csv", annotator: ANNOTATOR })).rejects.toThrow(
    /line 5: ".*tile003" has more than one class/,
  );
});

it("names a missing file", async () => {
  const { store } = await tinyProject(1);
  await expect(
    importLabels(store, { file: "/nowhere/labels.csv", format: "csv", annotator: ANNOTATOR }),
  ).rejects.toMatchObject({ code: "not-found", message: expect.stringContaining("/nowhere/labels.csv") });
});
