import { footprint } from "../../archive/georeference.ts";
import type { PatchTable } from "../../shared/domain/imagery.ts";
import { CORNER_VALUES, GROUND, type PlacedPatches } from "./placed-patches.ts";
import { projectSinusoidal } from "./sinusoidal.ts";

/** Collects patches, some at a time, and then says where they all lie. */
export interface PatchPlacer {
  add(tables: readonly PatchTable[]): void;
  /** All patches that were added, by id. */
  finish(): PlacedPatches;
}

interface Column {
  readonly ids: number[];
  readonly scene: number[];
  readonly plane: number[];
  /** Degrees on the ground, pixels elsewhere. */
  readonly corners: number[];
  /** Longer edge in pixels, for patches on the ground. */
  readonly edge: number[];
}

/** The median longitude in whole degrees: near it, the plane keeps shapes. */
function middleLongitude({ plane, corners }: Column): number {
  const longitudes = Float64Array.from(
    plane.flatMap((each, at) => (each === GROUND ? [corners[CORNER_VALUES * at]!] : [])),
  ).sort();
  return Math.round(longitudes[Math.floor(longitudes.length / 2)] ?? 0);
}

function shortestEdge(corners: Float64Array): number {
  let shortest = Number.POSITIVE_INFINITY;
  for (let at = 0; at < CORNER_VALUES; at += 2) {
    const next = (at + 2) % CORNER_VALUES;
    shortest = Math.min(
      shortest,
      Math.hypot(corners[next]! - corners[at]!, corners[next + 1]! - corners[at + 1]!),
    );
  }
  return shortest;
}

function inOrderOfId(column: Column): Int32Array {
  const { ids } = column;
  return Int32Array.from(ids.keys()).sort((a, b) => ids[a]! - ids[b]!);
}

/**
 * Places all patches of a project: on the ground where they have a position there, else in the pixels of their
 * scene. A patch that crosses the 180° meridian opposite to the archive's middle is not supported.
 */
export function createPatchPlacer(): PatchPlacer {
  const column: Column = { ids: [], scene: [], plane: [], corners: [], edge: [] };
  /** By source and name: two sources may have scenes of the same name. */
  const sceneNumbers = new Map<string, number>();

  function numberOf(root: string, name: string): number {
    const key = `${root}\n${name}`;
    const number = sceneNumbers.get(key) ?? sceneNumbers.size;
    sceneNumbers.set(key, number);
    return number;
  }

  return {
    add(tables) {
      for (const { root, scenes, ids, scene, x, y, width, height } of tables) {
        for (const [row, id] of ids.entries()) {
          const at = scenes[scene[row]!]!;
          const window = { x: x[row]!, y: y[row]!, width: width[row]!, height: height[row]! };
          const ring = footprint(at, window);
          const number = numberOf(root, at.name);
          const [right, bottom] = [window.x + window.width, window.y + window.height];
          column.ids.push(id);
          column.scene.push(number);
          column.edge.push(Math.max(window.width, window.height));
          column.plane.push(ring ? GROUND : GROUND + 1 + number);
          if (ring) for (let corner = 0; corner < 4; corner++) column.corners.push(...ring[corner]!);
          else column.corners.push(window.x, window.y, right, window.y, right, bottom, window.x, bottom);
        }
      }
    },
    finish() {
      const middle = middleLongitude(column);
      const order = inOrderOfId(column);
      const corners = new Float64Array(CORNER_VALUES * order.length);
      const pixel = new Float64Array(order.length);
      for (const [to, from] of order.entries()) {
        const outline = corners.subarray(CORNER_VALUES * to, CORNER_VALUES * (to + 1));
        for (let at = 0; at < CORNER_VALUES; at++) outline[at] = column.corners[CORNER_VALUES * from + at]!;
        const onGround = column.plane[from] === GROUND;
        if (onGround) projectSinusoidal(outline, middle);
        pixel[to] = onGround ? shortestEdge(outline) / column.edge[from]! : 1;
      }
      return {
        ids: order.map((from) => column.ids[from]!),
        scene: order.map((from) => column.scene[from]!),
        plane: order.map((from) => column.plane[from]!),
        corners,
        pixel,
      };
    },
  };
}
