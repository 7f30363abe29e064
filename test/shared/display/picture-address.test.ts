import { describe, expect, test } from "vitest";
import {
  compositeParameters,
  lookAddress,
  pictureAddress,
  planesAddress,
  readBands,
  readComposite,
} from "../../../src/shared/display/picture-address.ts";
import { type Composite, compositeSchema, DEFAULT_STRETCH } from "../../../src/shared/domain/imagery.ts";

const SHOWN = { size: 192, version: "v1" };
const query = (text: string) => new URLSearchParams(text);

test("addresses hold what is painted, and nothing that is as usual", () => {
  const ndvi = compositeSchema.parse({ id: "ndvi" });
  expect(pictureAddress("tile://project", 7, ndvi, SHOWN)).toBe(
    "tile://project/patch/7?composite=ndvi&size=192&v=v1",
  );
  expect(lookAddress("/tile", 7, ndvi, "v1")).toBe("/tile/look/7?composite=ndvi&v=v1");
  expect(planesAddress("/tile", 7, ["B04", "B8A"], SHOWN)).toBe(
    "/tile/planes/7?bands=B04%2CB8A&size=192&v=v1",
  );
  expect(planesAddress("/tile", 7, null, SHOWN)).toBe("/tile/planes/7?size=192&v=v1");
});

describe("what is written is read again", () => {
  test.each<Composite>([
    { id: "true-colour", gamma: 1 },
    { id: "custom", bands: ["Blue, 490 nm", "50 % grey", "NIR&more"], gamma: 2.5 },
    { id: "single-band", bands: ["B05"], gamma: 1, colorMap: "cividis" },
    { id: "ndvi", gamma: 1, stretch: { ...DEFAULT_STRETCH, method: "percentile", low: 0.5, scope: "scene" } },
    { id: "ndvi", gamma: 1, stretch: { ...DEFAULT_STRETCH, method: "min-max", scope: "patch" } },
    { id: "ndvi", gamma: 1, stretch: { ...DEFAULT_STRETCH, method: "deviation", deviations: 2.5 } },
    { id: "ndvi", gamma: 1, stretch: { ...DEFAULT_STRETCH, method: "fixed", limits: [-0.25, 1e-7] } },
    { id: "ndvi", gamma: 1, stretch: { ...DEFAULT_STRETCH, method: "fixed" } },
  ])("%j", (composite) => {
    expect(readComposite(query(compositeParameters(composite).toString()))).toEqual(composite);
  });
});

test("addresses of earlier versions are understood", () => {
  expect(readComposite(query("composite=custom&bands=B08,B04,B03&stretch=patch&gamma=1.2"))).toMatchObject({
    bands: ["B08", "B04", "B03"],
    stretch: { method: "percentile", scope: "patch", low: 2, high: 98 },
    gamma: 1.2,
  });
});

test.each([
  "stretch=sepia",
  "stretch=percentile&low=60",
  "stretch=percentile&low=x",
  "stretch=fixed&limits=3",
  "stretch=fixed&limits=3,1",
  "stretch=deviation&deviations=0",
  "gamma=0",
  "map=rainbow",
  "bands=%25E0%25A4%25A",
  "bands=a,b,c,d",
])("%s is not understood", (text) => {
  expect(readComposite(query(text))).toBeNull();
});

test("bands may be missing, or broken", () => {
  expect(readBands(query(""))).toBeUndefined();
  expect(readBands(query("bands=%2525"))).toEqual(["%"]);
  expect(readBands(query("bands=%25"))).toBeNull();
});
