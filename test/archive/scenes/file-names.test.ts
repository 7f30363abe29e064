import { expect, test } from "vitest";
import { isCompanionFile, parseBandFileName } from "../../../src/archive/scenes/file-names.ts";

test.each([
  ["a/S2A_MSIL2A_20170613_87_48_B02.tif", "a/S2A_MSIL2A_20170613_87_48", "B02", "optical"],
  ["T32TNS_20200101T101031_B8A_20m.tiff", "T32TNS_20200101T101031", "B8A", "optical"],
  ["2018-10-13_S2B_L1C_B01.tiff", "2018-10-13_S2B_L1C", "B01", "optical"],
  ["chip-b4.TIF", "chip", "B4", "optical"],
  ["tile/B11.tif", "tile", "B11", "optical"],
  ["B11.tif", "", "B11", "optical"],
  ["S1A_IW_33UUP_87_48_VH.tif", "S1A_IW_33UUP_87_48", "VH", "radar"],
])("%s names its band", (path, prefix, band, family) => {
  expect(parseBandFileName(path)).toEqual({ prefix, band, family });
});

test.each(["agricultural07.tif", "AB12.tif", "club02.tif", "scene_B13.tif", "scene_B0.tif", "VH/scene.tif"])(
  "%s names no band",
  (path) => {
    expect(parseBandFileName(path)).toBeNull();
  },
);

test("masks, quality layers and rasterised labels are no imagery", () => {
  const companions = [
    "a/x_mask.tif",
    "x_SCL_20m.tif",
    "x-QA60.tif",
    "Spain_1_LabelHand.tif",
    "y_MSK_CLDPRB.tif",
  ];
  expect(companions.filter(isCompanionFile)).toEqual(companions);
  expect(
    ["mask.tif", "unmasked.tif", "label_05.tif", "scl/image1.tif", "x_B02.tif"].filter(isCompanionFile),
  ).toEqual([]);
});
