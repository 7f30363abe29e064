import { join } from "node:path";
import { expect, it } from "vitest";
import { describeImport, requireKnownArchive } from "../../../src/main/use-cases/known-import.ts";
import { listLabels } from "../../../src/main/use-cases/label-list.ts";
import { previewSource } from "../../../src/main/use-cases/sources.ts";
import { QUIET } from "../../../src/main/work.ts";
import { DEFAULT_GRID } from "../../../src/shared/domain/imagery.ts";
import { temporaryFolder } from "../fixture.ts";
import { writeFiles, writeImages } from "./folders.ts";
import { projectOf } from "./project-of.ts";

const IMAGES = ["train/bog/a.tif", "train/bog/b.tif", "train/heath/c.tif", "train/heath/d.tif"];
const TESTED = ["test/bog/e.tif", "test/bog/f.tif", "test/heath/g.tif", "test/heath/h.tif"];

it("makes a labelled single-label project with splits of a folder per class", async () => {
  const folder = await writeImages(temporaryFolder(), [...IMAGES, ...TESTED]);
  const { store, imported } = await projectOf(folder);
  expect(imported).toMatchObject({
    patches: 8,
    labels: 16,
    missing: 0,
    splits: { pool: 4, val: 0, test: 4, none: 0 },
  });
  expect(store.project().kind).toBe("single-label");
  const heath = listLabels(store).patches.find(({ image }) => image === "test/heath/g");
  expect(heath).toMatchObject({
    status: "confirmed",
    split: "test",
    labels: { bog: "absent", heath: "present" },
  });
  expect(describeImport(imported)).toBe(
    "16 labels on 8 patches imported; splits: pool 4, val 0, test 4, none 0.",
  );
});

it("passes over labelled images that are not at hand, and counts them", async () => {
  const folder = await writeImages(temporaryFolder(), [
    "Images/beach/beach01.tif",
    "Images/beach/beach02.tif",
  ]);
  await writeFiles(folder, {
    "LandUse_Multilabeled.txt": "IMAGE\\LABEL\tsand\nbeach01\t1\nbeach02\t0\nbeach03\t1\n",
    "splits.csv": "image,split\nbeach01,pool\nbeach03,val\n",
  });
  const { imported } = await projectOf(join(folder, "Images"));
  expect(imported).toMatchObject({ patches: 2, missing: 1, splits: { pool: 1, val: 0, none: 1 } });
  expect(describeImport(imported)).toContain("1 labelled images are not in this folder");
});

it("keeps the project and says so when not one label fits", async () => {
  const folder = await writeImages(temporaryFolder(), ["a.tif", "b.tif"]);
  await writeFiles(folder, { "labels.csv": "image,water\nelsewhere,1\n" });
  await expect(projectOf(folder)).rejects.toMatchObject({
    code: "unknown-image",
    message: expect.stringMatching(/^known\.fieldmark was made, but .* None of the 1 images .*"elsewhere"/),
  });
});

it("refuses labels of whole files where the files were cut into windows", async () => {
  const folder = await writeImages(temporaryFolder(), ["a.tif", "b.tif"], 32);
  await writeFiles(folder, { "labels.csv": "image,water\na,1\n" });
  await expect(projectOf(folder, () => ({ ...DEFAULT_GRID, patchSize: 16 }))).rejects.toMatchObject({
    code: "unknown-image",
    message: expect.stringMatching(/1 names fit more than one patch: "a"/),
  });
});

it("refuses a folder that is no known archive", async () => {
  const folder = await writeImages(temporaryFolder(), ["a.tif"]);
  await expect(requireKnownArchive(folder)).rejects.toThrow(/is no archive whose labels are known/);
});

it("shows the archive in the preview, with the imagery that its labels are about", async () => {
  const folder = await writeImages(temporaryFolder(), [
    "aerial/60m/a.tif",
    "aerial/60m/b.tif",
    "s2/60m/a.tif",
  ]);
  await writeFiles(folder, {
    "labels/TreeSatBA_v9_60m_multi_labels.json": '{"a.tif": [["Abies", 1]], "b.tif": [["Acer", 1]]}',
  });
  expect(await previewSource(folder, QUIET)).toMatchObject({
    folder: join(folder, "aerial/60m"),
    scenes: 2,
    knownArchive: { id: "treesatai", images: 2, splits: null, problem: null },
  });
  expect(
    (await previewSource(await writeImages(temporaryFolder(), ["a.tif"]), QUIET)).knownArchive,
  ).toBeNull();
});
