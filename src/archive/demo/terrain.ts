import type { Random } from "../../shared/random.ts";
import { fieldQuantile, fractalNoise } from "./noise.ts";
import type { SceneRecipe } from "./recipes.ts";
import { DEMO_PIXEL } from "./recipes.ts";
import { distanceToLine, meander, RIVER_REACH } from "./river.ts";

/** The shape of the ground; all fields are row-major, one value a pixel. */
export interface Terrain {
  readonly width: number;
  readonly height: number;
  /** Metres above a local datum. */
  readonly elevation: Float32Array;
  /** Direct light relative to flat ground: 1 on flat ground, less on slopes that face away from the sun. */
  readonly light: Float32Array;
  /** Pixels to the river's centre line, at most `RIVER_REACH`. */
  readonly riverDistance: Float32Array;
  /** Roughly the pixels to the shore: positive on land, negative at sea; +Infinity without a sea. */
  readonly shore: Float32Array;
}

/** Sun azimuth of a morning overpass, from north, in radians. */
const SUN_AZIMUTH = (152 * Math.PI) / 180;

function shoreField(width: number, height: number, sea: number, random: Random): Float32Array {
  if (sea <= 0) return new Float32Array(width * height).fill(Number.POSITIVE_INFINITY);
  const field = fractalNoise(width, height, { cell: 150, octaves: 4, gain: 0.42 }, random.fork("shore"));
  // The sea lies to the south-west, as on the coast whose coordinates the scene borrows.
  const [nx, ny] = [0.94, -0.34];
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) field[i] = field[i]! * 40 + x * nx + y * ny;
  }
  const level = fieldQuantile(field, sea);
  return field.map((value) => value - level);
}

function carveValley(elevation: Float32Array, riverDistance: Float32Array): void {
  for (let i = 0; i < elevation.length; i++) {
    const t = Math.min(1, riverDistance[i]! / RIVER_REACH);
    const rise = t * t * (3 - 2 * t);
    elevation[i] = elevation[i]! * (0.25 + 0.75 * rise);
  }
}

/** Cosine of the sun's angle to the ground relative to flat ground (Lambert), from central differences. */
function hillLight(elevation: Float32Array, width: number, height: number, sun: number): Float32Array {
  const light = new Float32Array(width * height);
  const slant = 1 / Math.tan((sun * Math.PI) / 180);
  const sunX = Math.sin(SUN_AZIMUTH) * slant;
  const sunY = -Math.cos(SUN_AZIMUTH) * slant;
  for (let y = 0; y < height; y++) {
    const up = Math.max(0, y - 1) * width;
    const down = Math.min(height - 1, y + 1) * width;
    for (let x = 0; x < width; x++) {
      const left = y * width + Math.max(0, x - 1);
      const right = y * width + Math.min(width - 1, x + 1);
      const dx = (elevation[right]! - elevation[left]!) / (2 * DEMO_PIXEL);
      const dy = (elevation[down + x]! - elevation[up + x]!) / (2 * DEMO_PIXEL);
      const lambert = (1 - dx * sunX - dy * sunY) / Math.sqrt(1 + dx * dx + dy * dy);
      light[y * width + x] = Math.max(0.35, Math.min(1.5, lambert));
    }
  }
  return light;
}

/** Heights, light, river and shore of a scene. */
export function createTerrain(recipe: SceneRecipe, width: number, height: number, random: Random): Terrain {
  const elevation = fractalNoise(
    width,
    height,
    { cell: 190, octaves: 6, gain: 0.46 },
    random.fork("elevation"),
  );
  const riverDistance =
    recipe.river > 0
      ? distanceToLine(width, height, meander(width, height, recipe.river, random.fork("river")))
      : new Float32Array(width * height).fill(RIVER_REACH);
  for (let i = 0; i < elevation.length; i++) elevation[i] = elevation[i]! * recipe.relief;
  if (recipe.river > 0) carveValley(elevation, riverDistance);
  return {
    width,
    height,
    elevation,
    light: hillLight(elevation, width, height, recipe.sun),
    riverDistance,
    shore: shoreField(width, height, recipe.sea, random),
  };
}
