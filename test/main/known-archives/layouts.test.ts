import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { ARCHIVE_RECOGNISERS, recogniseArchive } from "../../../src/main/known-archives/index.ts";
import { temporaryFolder } from "../fixture.ts";
import { openArchive, presentOf, splitsOf, writeFiles } from "./folders.ts";

const UC_MERCED = {
  "Images/beach/beach01.tif": "",
  "Images/forest/forest01.tif": "",
  "LandUse_Multilabeled.txt": "IMAGE\\LABEL\tsand\tsea\ttrees\nbeach01\t1\t1\t0\nforest01\t0\t0\t1\n",
  "splits.csv": "image,split\nbeach01,pool\nforest01,val\n",
};

describe("UC Merced", () => {
  it("opens from its own folder and from the one with the images", async () => {
    const folder = await writeFiles(temporaryFolder(), UC_MERCED);
    for (const chosen of [folder, join(folder, "Images")]) {
      const { archive, labels } = await openArchive(chosen);
      expect(archive).toMatchObject({
        id: "ucmerced",
        kind: "multi-label",
        imagery: chosen,
        images: 2,
        splits: { pool: 1, val: 1, test: 0 },
        problem: null,
      });
      // Colours and keys are those of the preset.
      expect(archive.classes[2]).toMatchObject({ name: "trees", color: expect.stringMatching(/^#/) });
      expect(presentOf(labels)).toEqual({ beach01: ["sand", "sea"], forest01: ["trees"] });
    }
  });

  it("tells what is wrong with its label file instead of hiding the archive", async () => {
    const folder = await writeFiles(temporaryFolder(), {
      ...UC_MERCED,
      "LandUse_Multilabeled.txt": "IMAGE\\LABEL\tsand\nbeach01\t7\n",
    });
    expect(await recogniseArchive(folder)).toMatchObject({
      id: "ucmerced",
      problem: expect.stringMatching(/line 2: "7"/),
    });
  });
});

describe("TreeSatAI", () => {
  const files = {
    "aerial/60m/a.tif": "",
    "aerial/60m/b.tif": "",
    "s2/60m/a.tif": "",
    "labels/TreeSatBA_v9_60m_multi_labels.json": JSON.stringify({
      "a.tif": [
        ["Abies", 0.93],
        ["Larix", 0.07],
      ],
      "b.tif": [
        ["Quercus", 0.0701],
        ["Betula", 0.5],
      ],
      "c.tif": [["Salix", 0.9]],
    }),
    "train_filenames.lst": "a.tif\n",
    "test_filenames.lst": "b.tif\nc.tif\n",
  };

  it("takes genera that cover more than 0.07, and the aerial images of the archive's folder", async () => {
    const folder = await writeFiles(temporaryFolder(), files);
    const { archive, labels } = await openArchive(folder);
    expect(archive).toMatchObject({
      id: "treesatai",
      imagery: join(folder, "aerial/60m"),
      images: 3,
      splits: { pool: 1, val: 0, test: 2 },
    });
    // The fifteen genera, and the one more that the file has.
    expect(archive.classes).toHaveLength(16);
    expect(presentOf(labels)).toEqual({
      "a.tif": ["Abies"],
      "b.tif": ["Betula", "Quercus"],
      "c.tif": ["Salix"],
    });
    expect(splitsOf(labels)).toEqual({ a: "pool", b: "test", c: "test" });
  });

  it("keeps to the images that were chosen", async () => {
    const folder = await writeFiles(temporaryFolder(), files);
    const chosen = join(folder, "s2/60m");
    expect(await recogniseArchive(chosen)).toMatchObject({ id: "treesatai", imagery: chosen });
  });

  it("names a damaged label file", async () => {
    const folder = await writeFiles(temporaryFolder(), {
      ...files,
      "labels/TreeSatBA_v9_60m_multi_labels.json": "{",
    });
    expect((await recogniseArchive(folder))?.problem).toContain("TreeSatBA_v9_60m_multi_labels.json");
  });
});

describe("BigEarthNet v2", () => {
  const tile = "S2A_MSIL2A_20170613T101031_N9999_R022_T33UUP";
  const patches = [`${tile}_26_57`, `${tile}_26_58`, `${tile}_26_59`];
  const images = patches.map((patch) => `BigEarthNet-S2/${tile}/${patch}/${patch}_B02.tif`);

  const parquet = (codec: string) =>
    fileURLToPath(new URL(`parquet/metadata-${codec}.parquet`, import.meta.url));

  it.each(["none", "snappy", "gzip", "brotli", "zstd"])("reads metadata.parquet (%s)", async (codec) => {
    const folder = await writeFiles(temporaryFolder(), images);
    await copyFile(parquet(codec), join(folder, "metadata.parquet"));
    const { archive, labels } = await openArchive(folder);
    expect(archive).toMatchObject({
      id: "bigearthnet-v2",
      images: 4,
      splits: { pool: 2, val: 1, test: 1 },
      problem: null,
      labelFile: join(folder, "metadata.parquet"),
    });
    expect(presentOf(labels)).toEqual({
      [patches[0]!]: ["Arable land", "Pastures"],
      [patches[1]!]: ["Beaches, dunes, sands", "Marine waters"],
      [patches[2]!]: ["Urban fabric"],
      [`${tile}_26_60`]: null,
    });
    expect(splitsOf(labels)?.[patches[1]!]).toBe("val");
  });

  it("says what is missing or damaged", async () => {
    const folder = await writeFiles(temporaryFolder(), images);
    const bare = await recogniseArchive(folder);
    expect(bare).toMatchObject({ id: "bigearthnet-v2", images: 0 });
    expect(bare?.problem).toMatch(/metadata\.parquet, which is not in .* Put it beside BigEarthNet-S2/);
    expect(bare?.classes).toHaveLength(19);
    const whole = await readFile(parquet("zstd"));
    for (const damaged of [
      whole.subarray(0, 2000),
      whole.map((byte, at) => (at > 100 && at < 300 ? 255 : byte)),
    ]) {
      await writeFile(join(folder, "metadata.parquet"), damaged);
      expect(await recogniseArchive(folder)).toMatchObject({
        id: "bigearthnet-v2",
        problem: expect.stringContaining("metadata.parquet could not be read as a Parquet file"),
      });
    }
  });

  it("reads a table written from it, as text or as Python prints lists", async () => {
    const folder = await writeFiles(temporaryFolder(), {
      ...Object.fromEntries(images.map((image) => [image, ""])),
      "Reference_Maps/map.tif": "",
      "metadata.csv": [
        "patch_id,labels,split",
        `${patches[0]},Arable land;Pastures,train`,
        `${patches[1]},"['Beaches, dunes, sands' 'Marine waters']",validation`,
        `${patches[2]},"['Urban fabric']",test`,
        "",
      ].join("\n"),
    });
    const expected = {
      [patches[0]!]: ["Arable land", "Pastures"],
      [patches[1]!]: ["Beaches, dunes, sands", "Marine waters"],
      [patches[2]!]: ["Urban fabric"],
    };
    const whole = await openArchive(folder);
    expect(whole.archive.imagery).toBe(join(folder, "BigEarthNet-S2"));
    expect(presentOf(whole.labels)).toEqual(expected);
    expect(whole.archive.splits).toEqual({ pool: 1, val: 1, test: 1 });
    const oneTile = join(folder, "BigEarthNet-S2", tile);
    const part = await openArchive(oneTile);
    expect(part.archive.imagery).toBe(oneTile);
    expect(presentOf(part.labels)).toEqual(expected);
  });
});

describe("EuroSAT", () => {
  const NAMES = ["AnnualCrop", "Forest", "Highway", "Pasture", "River", "SeaLake"];

  it("opens also from the folder around it, with lists of splits", async () => {
    const folder = await writeFiles(temporaryFolder(), {
      ...Object.fromEntries(NAMES.map((name) => [`EuroSAT_MS/${name}/${name}_1.tif`, ""])),
      "eurosat-train.txt": "Forest_1.jpg\nRiver_1.jpg\n",
      "eurosat-test.txt": "Highway_1.jpg\n",
    });
    const { archive, labels } = await openArchive(folder);
    expect(archive).toMatchObject({ id: "eurosat", kind: "single-label", images: 6 });
    expect(archive.classes).toHaveLength(10);
    expect(presentOf(labels)["EuroSAT_MS/River/River_1.tif"]).toEqual(["River"]);
    expect(splitsOf(labels)).toEqual({ Forest_1: "pool", River_1: "pool", Highway_1: "test" });
  });
});

describe("a folder per class", () => {
  it("takes the folders' names for classes", async () => {
    const folder = await writeFiles(temporaryFolder(), [
      "bog/1.tif",
      "bog/2.tif",
      "bog/2_mask.tif",
      "wet meadow/1.tif",
      // One scene of two files.
      "wet meadow/x_B02.tif",
      "wet meadow/x_B03.tif",
    ]);
    const { archive, labels } = await openArchive(folder);
    expect(archive).toMatchObject({ id: "folder-per-class", kind: "single-label", images: 4, splits: null });
    expect(presentOf(labels)).toEqual({
      "bog/1.tif": ["bog"],
      "bog/2.tif": ["bog"],
      "wet meadow/1.tif": ["wet meadow"],
      "wet meadow/x": ["wet meadow"],
    });
  });

  it("takes train, val and test around them for splits", async () => {
    const folder = await writeFiles(
      temporaryFolder(),
      ["train", "val"].flatMap((part) =>
        ["bog", "heath"].flatMap((name) => [1, 2].map((index) => `${part}/${name}/${part}${index}.tif`)),
      ),
    );
    const { archive, labels } = await openArchive(folder);
    expect(archive.classes.map(({ name }) => name)).toEqual(["bog", "heath"]);
    expect(archive.splits).toEqual({ pool: 4, val: 4, test: 0 });
    expect(splitsOf(labels)?.["val/heath/val2.tif"]).toBe("val");
  });

  it.each([
    ["numbered parts", ["part1/a.tif", "part1/b.tif", "part2/a.tif", "part2/b.tif"]],
    ["years", ["2019/a.tif", "2019/b.tif", "2020/a.tif", "2020/b.tif"]],
    ["tiles", ["T32TPS/a.tif", "T32TPS/b.tif", "T33UUP/a.tif", "T33UUP/b.tif"]],
    ["images and masks", ["images/a.tif", "images/b.tif", "masks/a.tif", "masks/b.tif"]],
    ["a folder per scene", ["alps/x_B02.tif", "alps/x_B03.tif", "harz/y_B02.tif", "harz/y_B03.tif"]],
    ["images beside the folders", ["a.tif", "bog/a.tif", "bog/b.tif", "heath/a.tif", "heath/b.tif"]],
    ["nothing", []],
  ])("does not take %s for classes", async (_, files) => {
    expect(await recogniseArchive(await writeFiles(temporaryFolder(), files))).toBeNull();
  });
});

describe("images with a CSV", () => {
  const labels = "image,water,trees\nscene,1,0\nfield,,1\n";

  it("finds the table beside the images or above them", async () => {
    const folder = await writeFiles(temporaryFolder(), {
      "imagery/scene.tif": "",
      "labels.csv": labels,
      "notes.csv": "who,what\nme,nothing\n",
    });
    for (const chosen of [folder, join(folder, "imagery")]) {
      const { archive, labels: read } = await openArchive(chosen);
      expect(archive).toMatchObject({ id: "csv-labels", imagery: chosen, images: 2, splits: null });
      expect(archive.classes).toEqual([{ name: "water" }, { name: "trees" }]);
      expect(read.table.rows[1]).toMatchObject({ image: "field", x: null, states: [null, "present"] });
    }
  });

  it("leaves a table of windows for import once the project is cut", async () => {
    const windows = "image,x,y,water,trees\nscene,0,0,1,0\nscene,64,0,,1\n";
    const folder = await writeFiles(temporaryFolder(), { "imagery/scene.tif": "", "labels.csv": windows });
    expect(await recogniseArchive(folder)).toBeNull();
    expect(await recogniseArchive(join(folder, "imagery"))).toBeNull();
  });

  it("leaves a table above alone that is about other images", async () => {
    const folder = await writeFiles(temporaryFolder(), { "imagery/other.tif": "", "labels.csv": labels });
    expect(await recogniseArchive(join(folder, "imagery"))).toBeNull();
  });

  it("reads splits from their own table, or from a column", async () => {
    const own = await writeFiles(temporaryFolder(), {
      "a.tif": "",
      "labels.csv": "image,water\na,1\nb,0\n",
      "splits.csv": "image,split\na,val\nb,test\n",
    });
    expect(splitsOf((await openArchive(own)).labels)).toEqual({ a: "val", b: "test" });
    const column = await writeFiles(temporaryFolder(), {
      "a.tif": "",
      "labels.csv": "image,split,water\na,pool,1\nb,val,0\n",
    });
    expect(splitsOf((await openArchive(column)).labels)).toEqual({ a: "pool", b: "val" });
  });

  it("names the line that can't be read, and does not choose between two tables", async () => {
    const bad = await writeFiles(temporaryFolder(), {
      "a.tif": "",
      "labels.csv": "image,water,trees\na,wet,1\n",
    });
    expect((await recogniseArchive(bad))?.problem).toMatch(/labels\.csv, line 2: "wet"/);
    const facts = await writeFiles(temporaryFolder(), {
      "a.tif": "",
      "facts.csv": "image,date\na,2020-06-01\n",
    });
    expect(await recogniseArchive(facts)).toBeNull();
    const two = await writeFiles(temporaryFolder(), {
      "a.tif": "",
      "first.csv": "image,water\na,1\n",
      "second.csv": "image,water\na,0\n",
    });
    expect(await recogniseArchive(two)).toBeNull();
  });
});

it("has every layout once, and takes none for granted in a missing folder", async () => {
  const ids = ARCHIVE_RECOGNISERS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(await recogniseArchive(join(temporaryFolder(), "nowhere"))).toBeNull();
});
