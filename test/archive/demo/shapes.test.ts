import { describe, expect, test } from "vitest";
import { createParcelPlace, locateParcel, type ParcelGrid } from "../../../src/archive/demo/parcel-grid.ts";
import { SCENE_RECIPES } from "../../../src/archive/demo/recipes.ts";
import { distanceToLine, meander, RIVER_REACH } from "../../../src/archive/demo/river.ts";
import { createTerrain } from "../../../src/archive/demo/terrain.ts";
import { createRandom } from "../../../src/shared/random.ts";

describe("a parcel grid", () => {
  const grid: ParcelGrid = { seed: 11, district: 80, strip: 14, length: 30 };

  test("keeps one key within the distance to the parcel's boundary", () => {
    const place = createParcelPlace();
    const neighbour = createParcelPlace();
    const random = createRandom(2);
    for (let sample = 0; sample < 3000; sample++) {
      const x = 500 * random.next();
      const y = 500 * random.next();
      locateParcel(grid, x, y, place);
      expect(place.edge).toBeGreaterThanOrEqual(0);
      const angle = 2 * Math.PI * random.next();
      const step = 0.98 * place.edge;
      locateParcel(grid, x + step * Math.cos(angle), y + step * Math.sin(angle), neighbour);
      expect(neighbour.key).toBe(place.key);
    }
  });

  test("makes parcels of about the size asked for", () => {
    const place = createParcelPlace();
    const sizes = new Map<number, number>();
    for (let y = 0; y < 400; y++) {
      for (let x = 0; x < 400; x++) {
        locateParcel(grid, x, y, place);
        sizes.set(place.key, (sizes.get(place.key) ?? 0) + 1);
      }
    }
    // Strip and length vary by factors of 0.7 to 1.4 and 0.6 to 1.5, and districts cut parcels short.
    const mean = (400 * 400) / sizes.size;
    expect(mean).toBeGreaterThan(0.35 * 14 * 30);
    expect(mean).toBeLessThan(1.4 * 14 * 30);
  });
});

describe("a river", () => {
  test("crosses the scene from edge to edge without a gap", () => {
    const line = meander(300, 300, 3, createRandom(4));
    expect(line[0]!.x).toBeLessThan(0);
    expect(line.at(-1)!.x).toBeGreaterThan(300);
    for (let i = 1; i < line.length; i++) {
      expect(Math.hypot(line[i]!.x - line[i - 1]!.x, line[i]!.y - line[i - 1]!.y)).toBeCloseTo(1, 6);
    }
  });

  test("distances equal those to the nearest of all points", () => {
    const line = meander(120, 90, 3, createRandom(8));
    const field = distanceToLine(120, 90, line);
    for (let i = 0; i < field.length; i += 37) {
      const x = i % 120;
      const y = Math.floor(i / 120);
      const nearest = Math.min(RIVER_REACH, ...line.map((point) => Math.hypot(point.x - x, point.y - y)));
      expect(field[i]).toBeCloseTo(nearest, 3);
    }
  });
});

test("the sea takes its share and lies beyond the shore", () => {
  const coast = SCENE_RECIPES.find(({ sea }) => sea > 0)!;
  const { shore } = createTerrain(coast, 256, 256, createRandom(1));
  const wet = shore.filter((distance) => distance < 0).length / shore.length;
  expect(Math.abs(wet - coast.sea)).toBeLessThan(0.02);
});

test("light is even on a plain and differs on slopes", () => {
  const spread = (relief: number) => {
    const { light } = createTerrain({ ...SCENE_RECIPES[0]!, relief }, 128, 128, createRandom(1));
    return Math.max(...light) - Math.min(...light);
  };
  expect(spread(0.001)).toBeLessThan(1e-3);
  expect(spread(300)).toBeGreaterThan(0.2);
});
