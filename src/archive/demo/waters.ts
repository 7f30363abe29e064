import type { Random } from "../../shared/random.ts";
import { COVER } from "./classes.ts";
import { type Land, SEGMENT } from "./land.ts";
import { fieldQuantile, fractalNoise } from "./noise.ts";
import type { SceneRecipe } from "./recipes.ts";
import type { Terrain } from "./terrain.ts";

/** Lakes in the hollows, the river with its sand banks, the sea with its beach. */
export function addWater(land: Land, recipe: SceneRecipe, terrain: Terrain, random: Random): void {
  const { width, height } = land;
  const lakes = fractalNoise(width, height, { cell: 85, octaves: 4, gain: 0.4 }, random.fork("lakes"));
  const ripple = fractalNoise(width, height, { cell: 22, octaves: 3 }, random.fork("bank"));
  for (let i = 0; i < lakes.length; i++) {
    lakes[i]! -= (0.7 * terrain.elevation[i]!) / Math.max(20, recipe.relief);
  }
  const isLand = (i: number) => terrain.shore[i]! > 3 * recipe.beach && terrain.riverDistance[i]! > 25;
  const limit = fieldQuantile(lakes, 1 - recipe.lakes, isLand);
  for (let i = 0; i < lakes.length; i++) {
    const river = recipe.river > 0 ? terrain.riverDistance[i]! : Number.POSITIVE_INFINITY;
    const bank = recipe.river * (1 + 0.22 * ripple[i]!);
    const shore = terrain.shore[i]!;
    const beach = recipe.beach * (0.9 + 0.75 * ripple[i]!);
    if (shore < 0) {
      land.cover[i] = COVER.water;
      land.segment[i] = SEGMENT.sea;
      land.edge[i] = -shore;
    } else if (shore < beach) {
      land.cover[i] = COVER.sand;
      land.segment[i] = SEGMENT.sand;
      land.edge[i] = shore;
    } else if (river < bank && land.cover[i] === COVER.none) {
      // A road crosses on a bridge.
      land.edge[i] = 1;
    } else if (river < bank) {
      land.cover[i] = COVER.river;
      land.segment[i] = SEGMENT.stream;
      land.edge[i] = bank - river;
    } else if (river < bank + 2.8 * ripple[i]! - 1.6) {
      land.cover[i] = COVER.sand;
      land.segment[i] = SEGMENT.sand;
      land.edge[i] = river - bank;
    } else if (lakes[i]! > limit && isLand(i)) {
      land.cover[i] = COVER.water;
      land.segment[i] = SEGMENT.lake;
      land.edge[i] = (lakes[i]! - limit) * 60;
    }
  }
}
