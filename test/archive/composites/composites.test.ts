import { describe, expect, test } from "vitest";
import { COMPOSITES, compositesFor, resolveComposite } from "../../../src/archive/composites/index.ts";
import { SENTINEL2_BANDS } from "../../../src/archive/sensors/band-names.ts";
import { compositeChoiceSchema } from "../../../src/shared/domain/imagery.ts";

const ids = (bands: readonly string[]) => compositesFor(bands).map(({ id }) => id);

describe("what is offered", () => {
  test.each([
    [
      SENTINEL2_BANDS,
      [
        "true-colour",
        "colour-infrared",
        "short-wave-infrared",
        "agriculture",
        "geology",
        "ndvi",
        "ndwi",
        "ndmi",
        "nbr",
        "single-band",
      ],
    ],
    [
      ["B02", "B03", "B04", "B08"],
      ["true-colour", "colour-infrared", "ndvi", "ndwi", "single-band"],
    ],
    [
      ["Red", "Green", "Blue"],
      ["true-colour", "single-band"],
    ],
    [
      ["NIR", "Red", "Green"],
      ["first-bands", "colour-infrared", "ndvi", "ndwi", "single-band"],
    ],
    [["Grey"], ["single-band"]],
    [["VH", "VV"], ["single-band"]],
    [
      ["Band 1", "Band 2", "Band 3", "Band 4"],
      ["first-bands", "single-band"],
    ],
    [[], []],
  ])("for %j", (bands, expected) => {
    expect(ids(bands)).toEqual(expected);
  });

  test("bands in the order of red, green and blue", () => {
    const bands = Object.fromEntries(
      compositesFor(SENTINEL2_BANDS).map((choice) => [choice.id, choice.bands]),
    );
    expect(bands).toEqual({
      "true-colour": ["B04", "B03", "B02"],
      "colour-infrared": ["B08", "B04", "B03"],
      "short-wave-infrared": ["B12", "B08", "B04"],
      agriculture: ["B11", "B08", "B02"],
      geology: ["B12", "B11", "B02"],
      ndvi: ["B08", "B04"],
      ndwi: ["B03", "B08"],
      ndmi: ["B8A", "B11"],
      nbr: ["B8A", "B12"],
      "single-band": ["B08"],
    });
    for (const choice of compositesFor(SENTINEL2_BANDS)) {
      expect(compositeChoiceSchema.parse(choice)).toEqual(choice);
    }
  });

  test("ids are unique", () => {
    expect(new Set(COMPOSITES.map(({ id }) => id)).size).toBe(COMPOSITES.length);
  });
});

describe("what is painted", () => {
  test("of one band, the one that was chosen", () => {
    expect(resolveComposite({ id: "single-band", bands: ["B05"] }, SENTINEL2_BANDS)).toEqual({
      paint: "band",
      channels: [{ name: "B05", bands: ["B05"] }],
      colorMap: "grey",
    });
    expect(
      resolveComposite({ id: "custom", bands: ["B05"], colorMap: "magma" }, SENTINEL2_BANDS),
    ).toMatchObject({
      paint: "band",
      colorMap: "magma",
    });
  });

  test("of an index, its formula in the map that suits it", () => {
    expect(resolveComposite({ id: "ndwi" }, SENTINEL2_BANDS)).toEqual({
      paint: "index",
      channels: [{ name: "(B03 − B08) / (B03 + B08)", bands: ["B03", "B08"] }],
      colorMap: "moisture",
    });
  });
});

describe("what is refused", () => {
  test.each([
    [
      { id: "ndvi" },
      /NDVI, vegetation" needs bands that this scene doesn't have. The bands are Red, Green, Blue/,
    ],
    [{ id: "sepia" }, /no composite "sepia"/],
    [{ id: "custom", bands: ["Red", "B08", "Green"] }, /no band B08/],
    [{ id: "custom", bands: ["Red", "Green"] }, /one band or three/],
    [{ id: "custom" }, /one band or three/],
  ])("%j", (composite, sentence) => {
    expect(() => resolveComposite(composite, ["Red", "Green", "Blue"])).toThrow(sentence);
  });
});
