import { describe, expect, test } from "vitest";
import {
  canonicalColorBand,
  canonicalSentinel2Band,
  SENTINEL2_BANDS,
} from "../../../src/archive/sensors/band-names.ts";
import {
  type BandFacts,
  recogniseSensor,
  SENSORS,
  sensorOfRaster,
} from "../../../src/archive/sensors/index.ts";
import { sensorIdSchema } from "../../../src/shared/domain/imagery.ts";

function facts(count: number, more: Partial<BandFacts> = {}): BandFacts {
  return {
    dtype: "uint16",
    names: Array.from({ length: count }, () => null),
    colorInterpretation: Array.from({ length: count }, (_, band) => (band === 0 ? "Gray" : "Undefined")),
    pixelMeters: 10,
    ...more,
  };
}

test("every sensor id has one entry in the registry", () => {
  expect(SENSORS.map((sensor) => sensor.id).toSorted()).toEqual([...sensorIdSchema.options].sort());
});

describe("Sentinel-2", () => {
  test.each([
    [13, "sentinel2-13"],
    [12, "sentinel2-12"],
    [10, "sentinel2-10"],
    [4, "sentinel2-4"],
  ])("%i unnamed bands", (count, id) => {
    expect(recogniseSensor(facts(count)).sensor).toBe(id);
  });

  test("12 bands are those of Level-2A, without the cirrus band", () => {
    expect(recogniseSensor(facts(12)).bandNames).toEqual(SENTINEL2_BANDS.filter((band) => band !== "B10"));
  });

  test("names in another order keep their order", () => {
    const names = ["B4", "B3", "B2", "B8"];
    expect(recogniseSensor(facts(4, { names, dtype: "uint8" }))).toEqual({
      sensor: "sentinel2-4",
      bandNames: ["B04", "B03", "B02", "B08"],
    });
  });

  test("another selection of bands is still Sentinel-2, unless it may be Landsat", () => {
    const first = Array.from({ length: 8 }, (_, band) => `B0${band + 1}`);
    expect(recogniseSensor(facts(8, { names: first, dtype: "uint8" })).sensor).toBe("sentinel2");
    const landsat = ["B1", "B2", "B3", "B4", "B5", "B6", "B7"];
    expect(recogniseSensor(facts(7, { names: landsat }))).toEqual({ sensor: "unknown", bandNames: landsat });
  });
});

describe("aerial", () => {
  test("three bands of a camera", () => {
    expect(recogniseSensor(facts(3, { dtype: "uint8" }))).toEqual({
      sensor: "aerial-rgb",
      bandNames: ["Red", "Green", "Blue"],
    });
  });

  test("four bands of 8 bits, or finer than Sentinel-2", () => {
    expect(recogniseSensor(facts(4, { dtype: "uint8" })).sensor).toBe("aerial-rgbn");
    expect(recogniseSensor(facts(4, { pixelMeters: 0.2 })).sensor).toBe("aerial-rgbn");
  });

  test("names by colour, in their own order", () => {
    const names = ["nir", "green", "blue", "red"];
    expect(recogniseSensor(facts(4, { names })).bandNames).toEqual(["NIR", "Green", "Blue", "Red"]);
  });

  test("an alpha band is no imagery", () => {
    const recognised = sensorOfRaster({
      bands: 4,
      dtype: "uint8",
      bandNames: [null, null, null, null],
      colorInterpretation: ["Red", "Green", "Blue", "Alpha"],
      geotransform: null,
      epsg: null,
    });
    expect(recognised).toEqual({ sensor: "aerial-rgb", bandNames: ["Red", "Green", "Blue"] });
  });
});

test("one band is grey, and what is left goes by name or number", () => {
  expect(recogniseSensor(facts(1))).toEqual({ sensor: "grey", bandNames: ["Grey"] });
  expect(recogniseSensor(facts(3, { dtype: "float32", names: ["dem", "dem", null] }))).toEqual({
    sensor: "unknown",
    bandNames: ["dem", "Band 2", "Band 3"],
  });
  expect(recogniseSensor(facts(3, { dtype: "float32", names: ["Band 2", null, null] })).bandNames).toEqual([
    "Band 2",
    "Band 2 (2)",
    "Band 3",
  ]);
});

test("spellings of band names", () => {
  const spellings = ["B1", "b02", "S2 B04", "B08 (842 nm)", "B8A_20m", "B08A", "Sentinel-2 B12"];
  expect(spellings.map(canonicalSentinel2Band)).toEqual(["B01", "B02", "B04", "B08", "B8A", "B8A", "B12"]);
  expect(["B13", "B0", "blue", "Band 4", "NDVI", "B"].map(canonicalSentinel2Band)).toEqual(
    Array(6).fill(null),
  );
  expect(["R", "red band", "near-infrared", "NIR", "swir"].map(canonicalColorBand)).toEqual([
    "Red",
    "Red",
    "NIR",
    "NIR",
    null,
  ]);
});
