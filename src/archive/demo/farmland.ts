import type { Random } from "../../shared/random.ts";
import type { Cover } from "./classes.ts";
import { COVER } from "./classes.ts";
import { createLand, type Land } from "./land.ts";
import { fractalNoise, hashUnit } from "./noise.ts";
import { createParcelPlace, locateParcel, type ParcelGrid } from "./parcel-grid.ts";
import type { SceneRecipe } from "./recipes.ts";
import type { Terrain } from "./terrain.ts";

/** Uses of a parcel, in the order in which the mix is walked. */
const USES = [
  { cover: COVER.arable, weight: "arable" },
  { cover: COVER.pasture, weight: "pasture" },
  { cover: COVER.vineyard, weight: "vineyard" },
  { cover: COVER.bare, weight: "bare" },
  { cover: COVER.broadleaf, weight: "wood" },
] as const;

/** How strongly uses cluster: 0 = every parcel for itself. */
const CLUSTERING = 2.1;

/**
 * Divides the whole scene into parcels and gives each one use. Like uses lie together (soil and markets
 * do that); vineyards keep to the slopes where there are any.
 */
export function createFarmland(recipe: SceneRecipe, terrain: Terrain, random: Random): Land {
  const { width, height } = terrain;
  const land = createLand(width, height);
  const grid: ParcelGrid = {
    seed: random.integer(2 ** 31),
    district: 95,
    strip: recipe.strip,
    length: recipe.strip * 2.4,
  };
  const suitability = USES.map(({ weight }) =>
    fractalNoise(width, height, { cell: 110, octaves: 2 }, random.fork(weight)),
  );
  const uses = new Map<number, Cover>();
  const place = createParcelPlace();

  const chooseUse = (key: number, at: number): Cover => {
    const slope = recipe.relief > 30 ? Math.abs(terrain.light[at]! - 1) : 0;
    const weights = USES.map(({ weight }, use) => {
      const favour = CLUSTERING * suitability[use]![at]! + (weight === "vineyard" ? 4 * slope : 0);
      return recipe.farm[weight] * Math.exp(favour);
    });
    let left = hashUnit(key, 11) * weights.reduce((sum, weight) => sum + weight, 0);
    for (let use = 0; use < USES.length; use++) {
      left -= weights[use]!;
      if (left < 0) return USES[use]!.cover;
    }
    return COVER.arable;
  };

  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      locateParcel(grid, x, y, place);
      let use = uses.get(place.key);
      if (use === undefined) {
        use = chooseUse(place.key, i);
        uses.set(place.key, use);
      }
      land.cover[i] = use;
      land.segment[i] = place.key;
      land.edge[i] = place.edge;
      land.across[i] = place.across;
    }
  }
  return land;
}
