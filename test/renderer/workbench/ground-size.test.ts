import { describe, expect, it } from "vitest";
import { groundSize } from "../../../src/renderer/workbench/inspector/ground-size.ts";

const SIZE = { width: 100, height: 50 };

describe("the size on the ground", () => {
  it("is the CRS's own where it counts in metres", () => {
    expect(groundSize({ ...SIZE, pixelSize: [10, -10], center: [14, 48] })).toEqual({
      width: 1000,
      height: 500,
      pixel: 10,
      exact: true,
    });
    expect(groundSize({ ...SIZE, pixelSize: null, center: null })).toBeNull();
  });

  it("is computed at the patch's latitude where it counts in degrees", () => {
    // Lengths of a degree of longitude and latitude in published tables of the WGS 84 ellipsoid.
    const table = [
      [0, 111_320, 110_574],
      [45, 78_847, 111_132],
      [60, 55_800, 111_412],
    ] as const;
    for (const [latitude, longitudeDegree, latitudeDegree] of table) {
      const found = groundSize({ ...SIZE, pixelSize: [0.0001, -0.0001], center: [14, latitude] });
      expect(Math.abs((found?.width ?? 0) - longitudeDegree / 100)).toBeLessThan(0.1);
      expect(Math.abs((found?.height ?? 0) - latitudeDegree / 200)).toBeLessThan(0.1);
      expect(found?.exact).toBe(false);
    }
    expect(groundSize({ ...SIZE, pixelSize: [0.0001, -0.0001], center: null })).toBeNull();
  });
});
