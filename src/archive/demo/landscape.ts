import type { Random } from "../../shared/random.ts";
import { createFarmland } from "./farmland.ts";
import { addForest } from "./forest.ts";
import type { Land } from "./land.ts";
import type { SceneRecipe } from "./recipes.ts";
import { addRock, addWetland } from "./rough-ground.ts";
import { addSettlements } from "./settlements.ts";
import { createTerrain, type Terrain } from "./terrain.ts";
import { addWater } from "./waters.ts";

/**
 * The ground of a scene of `size` × `size` pixels: its shape, and what covers it from the fields up, later
 * layers hiding earlier ones.
 */
export function createLandscape(
  recipe: SceneRecipe,
  size: number,
  random: Random,
): { terrain: Terrain; land: Land } {
  const terrain = createTerrain(recipe, size, size, random.fork("terrain"));
  const land = createFarmland(recipe, terrain, random.fork("farmland"));
  addForest(land, recipe, terrain, random.fork("forest"));
  addRock(land, recipe, terrain, random.fork("rock"));
  addWetland(land, recipe, terrain, random.fork("wetland"));
  addSettlements(land, recipe, terrain, random.fork("settlements"));
  addWater(land, recipe, terrain, random.fork("water"));
  return { terrain, land };
}
