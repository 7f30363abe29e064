import { join } from "node:path";
import { expect, it } from "vitest";
import { CORINE_TO_19 } from "../../../src/main/known-archives/corine-nomenclature.ts";
import { recogniseArchive } from "../../../src/main/known-archives/index.ts";
import { presetClasses } from "../../../src/main/known-archives/label-tables.ts";
import { listLabels } from "../../../src/main/use-cases/label-list.ts";
import { describeWithSharedData, SHARED_DATA } from "../../archive/fixtures.ts";
import { temporaryFolder } from "../fixture.ts";
import { openArchive, presentOf, splitsOf, writeFiles } from "./folders.ts";
import { projectOf } from "./project-of.ts";

const PATCH = "S2A_MSIL2A_20170613T101031_0_1";

function patchFiles(name: string, labels: string): Record<string, string> {
  return {
    [`${name}/${name}_B02.tif`]: "",
    [`${name}/${name}_B03.tif`]: "",
    [`${name}/${name}_labels_metadata.json`]: labels,
  };
}

it("maps 32 of CORINE's 43 classes to the 19 of the nomenclature, and leaves 11 out", () => {
  const targets = Object.values(CORINE_TO_19);
  expect(targets).toHaveLength(43);
  expect(targets.filter((target) => target === null)).toHaveLength(11);
  expect(new Set(targets.filter((target) => target !== null))).toEqual(
    new Set(presetClasses("bigearthnet-19").map(({ name }) => name)),
  );
});

it("reads a file per patch, passes over damaged ones and leaves patches without any of the 19 open", async () => {
  const folder = await writeFiles(temporaryFolder(), {
    ...patchFiles(PATCH, '{"labels": ["Sea and ocean", "Port areas", "Estuaries"]}'),
    ...patchFiles(`${PATCH}2`, '{"labels": ["Airports"]}'),
    ...patchFiles(`${PATCH}3`, '{"labels": ["Moonscape"]}'),
    ...patchFiles(`${PATCH}4`, "{"),
    "train.csv": `${PATCH}\n`,
    "val.csv": `${PATCH}2,S1A_IW_GRDH_1SDV_20170613T165043_33UUP_0_12\n`,
  });
  const { archive, labels } = await openArchive(folder);
  expect(archive).toMatchObject({ id: "bigearthnet-v1", images: 4, splits: { pool: 1, val: 1, test: 0 } });
  expect(presentOf(labels)).toEqual({ [PATCH]: ["Marine waters"], [`${PATCH}2`]: null });
  expect(splitsOf(labels)).toEqual({ [PATCH]: "pool", [`${PATCH}2`]: "val" });
  expect(labels.unreadable.map(({ message }) => message).sort()).toEqual([
    '"Moonscape" is no class of CORINE.',
    "The file is damaged or missing.",
  ]);
});

describeWithSharedData("the real sample", () => {
  it("opens with its labels, the Sentinel-2 patches of both sensors' folder", async () => {
    const sample = join(SHARED_DATA, "bigearthnet_sample");
    expect(await recogniseArchive(sample)).toMatchObject({ imagery: join(sample, "S2"), images: 6 });
    const { store, imported } = await projectOf(sample);
    expect(imported).toMatchObject({ patches: 6, labels: 6 * 19, missing: 0, emptyRows: 0 });
    const listed = listLabels(store).patches;
    const present = (part: string) =>
      Object.entries(listed.find(({ image }) => image.includes(part))?.labels ?? {})
        .filter(([, state]) => state === "present")
        .map(([name]) => name);
    // From the files: non-irrigated arable land, and land principally occupied by agriculture.
    expect(present("S2A_MSIL2A_20170613T101031_87_48")).toEqual([
      "Arable land",
      "Land principally occupied by agriculture, with significant areas of natural vegetation",
    ]);
    // Coniferous and mixed forest, transitional woodland/shrub, peatbogs, water bodies.
    expect(present("S2B_MSIL2A_20170924T93020_69_24")).toEqual([
      "Coniferous forest",
      "Mixed forest",
      "Transitional woodland, shrub",
      "Inland wetlands",
      "Inland waters",
    ]);
  });

  it("opens UC Merced with its 17 labels and its splits", async () => {
    const { archive, labels } = await openArchive(join(SHARED_DATA, "ucmerced"));
    expect(archive).toMatchObject({ id: "ucmerced", images: 826, splits: { pool: 690, val: 136, test: 0 } });
    expect(archive.classes).toHaveLength(17);
    expect(presentOf(labels).agricultural07).toEqual(["field"]);
  });
});
