import { expect, test } from "vitest";
import {
  bandReflectances,
  DEMO_BANDS,
  MATERIAL,
  MATERIALS,
  type MaterialName,
} from "../../../src/archive/demo/spectra.ts";

const band = (material: MaterialName, name: (typeof DEMO_BANDS)[number]["name"]) =>
  MATERIALS[material][DEMO_BANDS.findIndex((entry) => entry.name === name)]!;
const ndvi = (material: MaterialName) =>
  (band(material, "B08") - band(material, "B04")) / (band(material, "B08") + band(material, "B04"));

test("every material has a physical reflectance in each of the 13 bands", () => {
  for (const [name, spectrum] of Object.entries(MATERIALS)) {
    expect(spectrum.length, name).toBe(13);
    for (const value of spectrum) {
      expect(value, name).toBeGreaterThan(0);
      expect(value, name).toBeLessThan(0.6);
    }
  }
  expect(bandReflectances(7)[MATERIAL.conifer]).toBeCloseTo(band("conifer", "B08"), 6);
});

test("vegetation has its green peak and red edge, water absorbs the infrared, soils rise steadily", () => {
  for (const plant of ["broadleaf", "conifer", "crop", "grass", "vine"] as const) {
    expect(ndvi(plant), plant).toBeGreaterThan(0.6);
    expect(band(plant, "B03")).toBeGreaterThan(band(plant, "B02"));
    expect(band(plant, "B03")).toBeGreaterThan(band(plant, "B04"));
    expect(band(plant, "B06")).toBeGreaterThan(2 * band(plant, "B05"));
    expect(band(plant, "B11")).toBeGreaterThan(band(plant, "B12"));
  }
  for (const water of ["clearWater", "turbidWater"] as const) {
    expect(ndvi(water), water).toBeLessThan(0);
    expect(band(water, "B11")).toBeLessThan(0.02);
  }
  for (const ground of ["soil", "paleSoil", "drySand"] as const) {
    const visible = (["B02", "B03", "B04", "B08", "B11"] as const).map((name) => band(ground, name));
    expect(visible).toEqual([...visible].sort((a, b) => a - b));
    expect(ndvi(ground)).toBeLessThan(0.3);
  }
  expect(band("drySand", "B04")).toBeGreaterThan(band("paleSoil", "B04"));
});
