import type { Random } from "../../shared/random.ts";
import { COVER } from "./classes.ts";
import type { Land } from "./land.ts";
import { fractalNoise, hashUnit } from "./noise.ts";
import { PAINTERS, type Paint } from "./painters.ts";
import type { SceneRecipe } from "./recipes.ts";
import type { Terrain } from "./terrain.ts";

/**
 * Every pixel as two materials and how they are lit: reflectance = brightness × ((1 − mix) · first + mix · second).
 * Row-major, one value a pixel.
 */
export interface Surface {
  /** Material codes. */
  readonly first: Uint8Array;
  readonly second: Uint8Array;
  /** Share of the second material, 0 to 1. */
  readonly mix: Float32Array;
  /** 1 = flat ground in full sun. */
  readonly brightness: Float32Array;
}

/** Turns the cover into materials and light. */
export function createSurface(land: Land, recipe: SceneRecipe, terrain: Terrain, random: Random): Surface {
  const { width, height } = land;
  const size = width * height;
  const fine = fractalNoise(width, height, { cell: 2.6, octaves: 1 }, random.fork("fine"));
  const patchy = fractalNoise(width, height, { cell: 18, octaves: 3, gain: 0.6 }, random.fork("patchy"));
  const grainSeed = random.integer(2 ** 31);
  const surface: Surface = {
    first: new Uint8Array(size),
    second: new Uint8Array(size),
    mix: new Float32Array(size),
    brightness: new Float32Array(size),
  };
  const paint: Paint = { first: 0, second: 0, mix: 0, brightness: 1 };
  const spot = { recipe, x: 0, y: 0, segment: 0, edge: 0, across: 0, fine: 0, patchy: 0, grain: 0 };
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const cover = land.cover[i]!;
      spot.x = x;
      spot.y = y;
      spot.segment = land.segment[i]!;
      spot.edge = land.edge[i]!;
      spot.across = land.across[i]!;
      spot.fine = fine[i]!;
      spot.patchy = patchy[i]!;
      spot.grain = hashUnit(grainSeed, i);
      PAINTERS[cover]!(spot, paint);
      const lit = cover === COVER.water || cover === COVER.river ? 1 : terrain.light[i]!;
      surface.first[i] = paint.first;
      surface.second[i] = paint.second;
      surface.mix[i] = Math.max(0, Math.min(1, paint.mix));
      surface.brightness[i] = Math.max(0.25, paint.brightness * lit);
    }
  }
  return surface;
}
