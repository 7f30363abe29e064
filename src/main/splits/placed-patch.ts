import { footprint } from "../../archive/georeference.ts";
import type { PatchTable, Scene } from "../../shared/domain/imagery.ts";

export type Point = readonly [x: number, y: number];

/** Where a patch lies in some plane. */
export interface PlacedPatch {
  readonly id: number;
  /** Patches of different planes never touch: `GROUND`, or the scene for imagery without georeferencing. */
  readonly plane: string;
  /** Corners in metres on the ground, or in pixels of the scene; a convex quadrilateral. */
  readonly corners: readonly Point[];
  /** Side of a pixel in the plane's unit, the smaller one where they differ. */
  readonly pixel: number;
}

export const GROUND = "ground";

/** Mean radius of the Earth in metres (IUGG). */
const EARTH_RADIUS = 6_371_008.8;
const RADIANS = Math.PI / 180;

interface Located {
  readonly id: number;
  readonly scene: Scene;
  readonly window: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
  /** Longitude and latitude of the corners; null without georeferencing. */
  readonly ring: readonly Point[] | null;
}

function locate(tables: readonly PatchTable[]): Located[] {
  return tables.flatMap(({ scenes, ids, scene, x, y, width, height }) =>
    Array.from(ids, (id, row): Located => {
      const [at, window] = [
        scenes[scene[row]!]!,
        { x: x[row]!, y: y[row]!, width: width[row]!, height: height[row]! },
      ];
      return { id, scene: at, window, ring: footprint(at, window)?.slice(0, 4) ?? null };
    }),
  );
}

/** The median longitude in whole degrees: near it, the plane keeps shapes. */
function middleLongitude(located: readonly Located[]): number {
  const longitudes = Float64Array.from(located.flatMap(({ ring }) => (ring?.[0] ? [ring[0][0]] : []))).sort();
  return Math.round(longitudes[Math.floor(longitudes.length / 2)] ?? 0);
}

/**
 * Longitude and latitude in the sinusoidal projection (Snyder 1987, eq. 30-1 and 30-2, on the sphere): one
 * equal-area plane for patches of all coordinate systems, in metres to within half a percent.
 */
function sinusoidal([longitude, latitude]: Point, middle: number): Point {
  const east = ((longitude - middle + 540) % 360) - 180;
  return [EARTH_RADIUS * east * RADIANS * Math.cos(latitude * RADIANS), EARTH_RADIUS * latitude * RADIANS];
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

/**
 * All patches of a project with their corners, on the ground where they have a position there. A patch
 * that crosses the 180° meridian opposite to the archive's middle is not supported.
 */
export function placePatches(tables: readonly PatchTable[]): PlacedPatch[] {
  const located = locate(tables);
  const middle = middleLongitude(located);
  return located.map(({ id, scene, window: { x, y, width, height }, ring }): PlacedPatch => {
    if (!ring) {
      const corners: Point[] = [
        [x, y],
        [x + width, y],
        [x + width, y + height],
        [x, y + height],
      ];
      return { id, plane: `scene ${scene.name}`, corners, pixel: 1 };
    }
    const corners = ring.map((corner) => sinusoidal(corner, middle));
    const sides = corners.map((corner, index) => distance(corner, corners[(index + 1) % 4]!));
    return { id, plane: GROUND, corners, pixel: Math.min(...sides) / Math.max(width, height) };
  });
}

/** The middle of a patch. */
export function centerOf({ corners }: PlacedPatch): Point {
  const mean = (axis: 0 | 1) => corners.reduce((sum, corner) => sum + corner[axis], 0) / corners.length;
  return [mean(0), mean(1)];
}

/** Side of the square of the same area as the patch. */
export function sideOf({ corners }: PlacedPatch): number {
  const doubled = corners.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = corners[(index + 1) % corners.length]!;
    return sum + x * nextY - nextX * y;
  }, 0);
  return Math.sqrt(Math.abs(doubled) / 2);
}
