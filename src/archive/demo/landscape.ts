import type { Random } from "../../shared/random.ts";
import { COVER } from "./classes.ts";
import { createFarmland } from "./farmland.ts";
import { fieldQuantile, fractalNoise, hash } from "./noise.ts";
import type { SceneRecipe } from "./recipes.ts";
import { addSettlements } from "./settlements.ts";
import type { Terrain } from "./terrain.ts";

/** What covers the ground, before any light or sensor; all fields are row-major, one value a pixel. */
export interface Landscape {
  readonly width: number;
  readonly height: number;
  /** Codes of `COVER`. */
  readonly cover: Uint8Array;
  /** A key shared by the pixels of one field, stand or building block: what belongs together looks alike. */
  readonly segment: Uint32Array;
  /** Pixels to the segment's boundary, or to the shore for water and beaches. */
  readonly edge: Float32Array;
  /** Position across a field in pixels; rows of plants run along lines where it is constant. */
  readonly across: Float32Array;
}

/** Pixels per forest stand, in each direction. */
const STAND = 44;

function addForest(land: Landscape, recipe: SceneRecipe, terrain: Terrain, random: Random): void {
  const { width, height } = land;
  const noise = (label: string, cell: number, octaves: number, gain: number) =>
    fractalNoise(width, height, { cell, octaves, gain }, random.fork(label));
  const field = noise("extent", 105, 5, 0.5);
  const kind = noise("kind", 80, 3, 0.5);
  const warp = noise("warp", 30, 2, 0.5);
  const scale = recipe.relief / 120 / Math.max(1, recipe.relief);
  for (let i = 0; i < field.length; i++) {
    // Woods keep to the heights, conifers more so, and behind a coast to the dunes.
    field[i]! += 6 * scale * terrain.elevation[i]! + 0.8 * Math.exp(-(((terrain.shore[i]! - 26) / 16) ** 2));
    kind[i]! += 4 * scale * terrain.elevation[i]! + 1.5 * Math.exp(-(((terrain.shore[i]! - 26) / 22) ** 2));
  }
  const limit = fieldQuantile(field, 1 - recipe.forest, (i) => terrain.shore[i]! > 0);
  const coniferLimit = fieldQuantile(kind, 1 - recipe.conifer, (i) => field[i]! > limit);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const planted = land.cover[i] === COVER.broadleaf;
      if (field[i]! <= limit && !planted) continue;
      const shift = 9 * warp[i]!;
      const stand = hash(
        hash(0x5eed, Math.floor((x + shift) / STAND) + 512),
        Math.floor((y - shift) / STAND) + 512,
      );
      // A stand's own offset makes some boundaries straight, as in managed forests.
      const mixed = kind[i]! + 0.9 * (stand / 4294967296 - 0.5);
      land.cover[i] = mixed > coniferLimit ? COVER.conifer : COVER.broadleaf;
      land.segment[i] = stand;
      land.edge[i] = (field[i]! - limit) * 20;
    }
  }
}

function addRock(land: Landscape, recipe: SceneRecipe, terrain: Terrain, random: Random): void {
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
    land.segment[i] = 1;
    land.edge[i] = (rough[i]! - limit) * 20;
  }
}

function addWetland(land: Landscape, recipe: SceneRecipe, terrain: Terrain, random: Random): void {
  if (recipe.wetland <= 0) return;
  const { width, height } = land;
  const field = fractalNoise(width, height, { cell: 60, octaves: 5, gain: 0.5 }, random.fork("wetland"));
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
    land.segment[i] = 2;
    land.edge[i] = (field[i]! - limit) * 20;
  }
}

/** Lakes in the hollows, the river with its gravel bars, the sea with its beach. */
function addWater(land: Landscape, recipe: SceneRecipe, terrain: Terrain, random: Random): void {
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
      land.edge[i] = -shore;
    } else if (shore < beach) {
      land.cover[i] = COVER.beach;
      land.edge[i] = shore;
    } else if (river < bank) {
      land.cover[i] = COVER.river;
      land.edge[i] = bank - river;
    } else if (river < bank + 1.6 * ripple[i]! - 1.1) {
      land.cover[i] = COVER.bare;
      land.segment[i] = 3;
    } else if (lakes[i]! > limit && isLand(i)) {
      land.cover[i] = COVER.water;
      land.edge[i] = (lakes[i]! - limit) * 60;
    }
  }
}

/** The whole cover of a scene, from the fields up: later layers hide earlier ones. */
export function createLandscape(recipe: SceneRecipe, terrain: Terrain, random: Random): Landscape {
  const land = createFarmland(recipe, terrain, random.fork("farmland"));
  addForest(land, recipe, terrain, random.fork("forest"));
  addRock(land, recipe, terrain, random.fork("rock"));
  addWetland(land, recipe, terrain, random.fork("wetland"));
  addSettlements(land, recipe, terrain, random.fork("settlements"));
  addWater(land, recipe, terrain, random.fork("water"));
  return land;
}
