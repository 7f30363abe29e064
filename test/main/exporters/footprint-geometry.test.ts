import { describe, expect, test } from "vitest";
import { geometryOf } from "../../../src/main/exporters/footprint-geometry.ts";

type Position = readonly [number, number];

/** Twice the area in degrees, positive for counter-clockwise rings. */
const turn = (ring: readonly Position[]) =>
  ring.slice(1).reduce((sum, [x, y], i) => sum + ring[i]![0] * y - x * ring[i]![1], 0);

function ringsOf(ring: readonly Position[]): (readonly Position[])[] {
  const geometry = geometryOf(ring);
  return geometry.type === "Polygon" ? [...geometry.coordinates] : geometry.coordinates.flat();
}

function expectLegal(rings: readonly (readonly Position[])[]): void {
  for (const ring of rings) {
    expect(ring.length).toBeGreaterThanOrEqual(4);
    expect(ring.at(-1)).toEqual(ring[0]);
    expect(turn(ring)).toBeGreaterThan(0);
    for (const [x, y] of ring) {
      expect(Math.abs(x)).toBeLessThanOrEqual(180);
      expect(Math.abs(y)).toBeLessThanOrEqual(90);
    }
  }
}

test("a ring that crosses nothing stays as it is", () => {
  const ring = [
    [10, 0],
    [11, 0],
    [11, 1],
    [10, 1],
    [10, 0],
  ] as const;
  expect(geometryOf(ring)).toEqual({ type: "Polygon", coordinates: [ring] });
});

describe("across the 180° meridian", () => {
  const ring = (shift: number): Position[] => [
    [179 + shift, 0],
    [183 + shift, 0],
    [183 + shift, 2],
    [179 + shift, 2],
    [179 + shift, 0],
  ];

  test.each([0, -360])("it is cut in two (longitudes from %i + 179°)", (shift) => {
    const rings = ringsOf(ring(shift));
    expect(rings).toHaveLength(2);
    expectLegal(rings);
    // One degree of four lies in the east, three in the west.
    const widths = rings.map((one) => [Math.min(...one.map(([x]) => x)), Math.max(...one.map(([x]) => x))]);
    expect(widths.sort((a, b) => a[0]! - b[0]!)).toEqual([
      [-180, -177],
      [179, 180],
    ]);
    expect(rings.reduce((sum, one) => sum + turn(one), 0)).toBe(2 * 4 * 2);
  });

  test("slanted edges are cut where they cross", () => {
    const slanted: Position[] = [
      [179, 0],
      [181, 1],
      [180, 3],
      [178, 2],
      [179, 0],
    ];
    const rings = ringsOf(slanted);
    expectLegal(rings);
    expect(rings.reduce((sum, one) => sum + turn(one), 0)).toBeCloseTo(turn(slanted), 12);
    expect(rings.flat()).toContainEqual([-180, 0.5]);
    expect(rings.flat()).toContainEqual([180, 0.5]);
  });

  test("a ring that only touches the meridian is not cut", () => {
    const touching: Position[] = [
      [179, 0],
      [180, 0],
      [180, 1],
      [179, 1],
      [179, 0],
    ];
    expect(geometryOf(touching).type).toBe("Polygon");
  });
});

describe("around a pole", () => {
  const square = (latitude: number, direction: 1 | -1): Position[] =>
    [0, 1, 2, 3, 4].map((corner) => [-135 + 45 + direction * 90 * corner, latitude]);

  test.each([
    [80, 1],
    [80, -1],
    [-75, 1],
    [-75, -1],
  ] as const)("at %i° the outline goes to the pole (direction %i)", (latitude, direction) => {
    const rings = ringsOf(square(latitude, direction));
    expect(rings).toHaveLength(1);
    expectLegal(rings);
    // All longitudes between the ring and the pole.
    expect(turn(rings[0]!)).toBeCloseTo(2 * 360 * (90 - Math.abs(latitude)), 9);
  });
});
