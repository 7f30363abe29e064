import { describe, expect, test } from "vitest";
import { COMPOSITES, compositesFor, resolveComposite } from "../../../src/archive/composites/index.ts";
import { SENTINEL2_BANDS } from "../../../src/archive/sensors/band-names.ts";
import { compositeChoiceSchema } from "../../../src/shared/domain/imagery.ts";

const ids = (bands: readonly string[]) => compositesFor(bands).map(({ id }) => id);

describe("what is offered", () => {
  test.each([
    [SENTINEL2_BANDS, ["true-colour", "colour-infrared", "short-wave-infrared", "ndvi"]],
    [
      ["B02", "B03", "B04", "B08"],
      ["true-colour", "colour-infrared", "ndvi"],
    ],
    [["Red", "Green", "Blue"], ["true-colour"]],
    [
      ["NIR", "Red", "Green"],
      ["first-bands", "colour-infrared", "ndvi"],
    ],
    [["Grey"], ["grey"]],
    [["VH", "VV"], ["grey"]],
    [["Band 1", "Band 2", "Band 3", "Band 4"], ["first-bands"]],
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
      ndvi: ["B08", "B04"],
    });
    for (const choice of compositesFor(SENTINEL2_BANDS)) {
      expect(compositeChoiceSchema.parse(choice)).toEqual(choice);
    }
  });

  test("ids are unique", () => {
    expect(new Set(COMPOSITES.map(({ id }) => id)).size).toBe(COMPOSITES.length);
  });
});

describe("what is refused", () => {
  test.each([
    [{ id: "ndvi" }, /NDVI" needs bands that this scene doesn't have. The bands are Red, Green, Blue/],
    [{ id: "sepia" }, /no composite "sepia"/],
    [{ id: "custom", bands: ["Red", "B08", "Green"] }, /no band B08/],
    [{ id: "custom", bands: ["Red", "Green"] }, /one band \(grey\) or three/],
    [{ id: "custom" }, /one band \(grey\) or three/],
  ])("%j", (composite, sentence) => {
    expect(() => resolveComposite(composite, ["Red", "Green", "Blue"])).toThrow(sentence);
  });
});
