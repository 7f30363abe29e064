import type { Random } from "../../shared/random.ts";
import { COVER } from "./classes.ts";
import { type Land, SEGMENT } from "./land.ts";
import { fieldQuantile, fractalNoise } from "./noise.ts";
import type { SceneRecipe } from "./recipes.ts";
import type { Terrain } from "./terrain.ts";

/** Bare rock and scree on the summits. */
export function addRock(land: Land, recipe: SceneRecipe, terrain: Terrain, random: Random): void {
  if (recipe.rock <= 0) return;
  const { width, height } = land;
  const rough = fractalNoise(width, height, { cell: 40, octaves: 4, gain: 0.6 }, random.fork("rock"));
  for (let i = 0; i < rough.length; i++) {
    rough[i] = 0.6 * rough[i]! + (1.4 * terrain.elevation[i]!) / recipe.relief;
  }
  const limit = fieldQuantile(rough, 1 - recipe.rock);
  for (let i = 0; i < rough.length; i++) {
    if (rough[i]! <= limit) continue;
    land.cover[i] = COVER.bare;
    land.segment[i] = SEGMENT.rock;
    land.edge[i] = (rough[i]! - limit) * 20;
  }
}

/** Marsh behind the beach, along the river and in hollows. */
export function addWetland(land: Land, recipe: SceneRecipe, terrain: Terrain, random: Random): void {
  if (recipe.wetland <= 0) return;
  const { width, height } = land;
  const field = fractalNoise(width, height, { cell: 60, octaves: 6, gain: 0.6 }, random.fork("wetland"));
  for (let i = 0; i < field.length; i++) {
    const lagoon = Math.exp(-(((terrain.shore[i]! - 75) / 35) ** 2));
    const bank = Math.exp(-(((terrain.riverDistance[i]! - 12) / 14) ** 2));
    const low = recipe.relief > 40 ? -terrain.elevation[i]! / recipe.relief : 0;
    field[i]! += 1.6 * lagoon + 1.3 * bank + 0.8 * low;
  }
  const limit = fieldQuantile(field, 1 - recipe.wetland, (i) => terrain.shore[i]! > recipe.beach);
  for (let i = 0; i < field.length; i++) {
    if (field[i]! <= limit) continue;
    land.cover[i] = COVER.wetland;
    land.segment[i] = SEGMENT.marsh;
    land.edge[i] = (field[i]! - limit) * 20;
  }
}
