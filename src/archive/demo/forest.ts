import type { Random } from "../../shared/random.ts";
import { COVER } from "./classes.ts";
import type { Land } from "./land.ts";
import { fieldQuantile, fractalNoise, hash } from "./noise.ts";
import type { SceneRecipe } from "./recipes.ts";
import type { Terrain } from "./terrain.ts";

/** Pixels per forest stand, in each direction. */
const STAND = 44;

/** Woods on the heights and behind dunes; wooded parcels become stands of their own. */
export function addForest(land: Land, recipe: SceneRecipe, terrain: Terrain, random: Random): void {
  const { width, height } = land;
  const noise = (label: string, cell: number, octaves: number, gain: number) =>
    fractalNoise(width, height, { cell, octaves, gain }, random.fork(label));
  const field = noise("extent", 84, 6, 0.52);
  const kind = noise("kind", 80, 3, 0.5);
  const warp = noise("warp", 30, 2, 0.5);
  const climb = Math.min(1, recipe.relief / 100) / recipe.relief;
  for (let i = 0; i < field.length; i++) {
    // Woods keep to the heights, conifers more so, and behind a coast to the dunes.
    field[i]! +=
      0.55 * climb * terrain.elevation[i]! + 0.8 * Math.exp(-(((terrain.shore[i]! - 26) / 16) ** 2));
    kind[i]! += 0.9 * climb * terrain.elevation[i]! + 1.5 * Math.exp(-(((terrain.shore[i]! - 26) / 22) ** 2));
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
