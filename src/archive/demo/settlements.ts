import type { Random } from "../../shared/random.ts";
import { COVER } from "./classes.ts";
import { type Land, SEGMENT } from "./land.ts";
import { fractalNoise } from "./noise.ts";
import { createParcelPlace, locateParcel, type ParcelGrid } from "./parcel-grid.ts";
import type { SceneRecipe } from "./recipes.ts";
import type { Terrain } from "./terrain.ts";

interface Town {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** Direction from the centre in which the industrial area lies; null for none. */
  readonly industry: number | null;
}

/** Half the width of a road in pixels. */
const ROAD = 0.5;

/** Clear of the sea and off the river, and not on top of another town. */
function placeTowns(recipe: SceneRecipe, terrain: Terrain, random: Random): Town[] {
  const { width, height } = terrain;
  const wanted = Math.max(1, Math.round((recipe.towns * width * height) / 832 ** 2));
  const towns: Town[] = [];
  for (let attempt = 0; attempt < 60 * wanted && towns.length < wanted; attempt++) {
    const x = width * (0.06 + 0.88 * random.next());
    const y = height * (0.06 + 0.88 * random.next());
    // Few large towns, many small ones.
    const radius = recipe.townRadius * (0.45 + 1.1 * random.next() ** 2);
    const industry = random.next() < recipe.industry ? random.next() * 2 * Math.PI : null;
    const at = Math.floor(y) * width + Math.floor(x);
    if (terrain.shore[at]! < radius * 0.7 || terrain.riverDistance[at]! < radius * 0.4) continue;
    if (recipe.relief > 30 && terrain.elevation[at]! > 0.5 * recipe.relief) continue;
    if (towns.some((town) => Math.hypot(town.x - x, town.y - y) < 1.5 * (town.radius + radius))) continue;
    towns.push({ x, y, radius, industry });
  }
  return towns;
}

function buildTown(land: Land, town: Town, sprawl: Float32Array, grid: ParcelGrid): void {
  const { width, height } = land;
  const reach = 1.9 * town.radius;
  const place = createParcelPlace();
  const works =
    town.industry === null
      ? null
      : {
          x: town.x + Math.cos(town.industry) * town.radius * 1.05,
          y: town.y + Math.sin(town.industry) * town.radius * 1.05,
          size: Math.max(11, town.radius * 0.5),
        };
  for (let y = Math.max(0, Math.floor(town.y - reach)); y < Math.min(height, town.y + reach); y++) {
    for (let x = Math.max(0, Math.floor(town.x - reach)); x < Math.min(width, town.x + reach); x++) {
      const i = y * width + x;
      const density = 1 - Math.hypot(x - town.x, y - town.y) / town.radius + 0.5 * sprawl[i]!;
      const industrial =
        works !== null &&
        Math.max(Math.abs(x - works.x), Math.abs(y - works.y)) < works.size * (1 + 0.18 * sprawl[i]!);
      if (!industrial && density < 0.1) continue;
      locateParcel(industrial ? { ...grid, strip: 15, length: 20 } : grid, x, y, place);
      land.cover[i] = industrial ? COVER.industrial : COVER.urban;
      land.segment[i] = place.key;
      land.edge[i] = place.edge;
      land.across[i] = industrial ? 0 : Math.max(0, Math.min(1, density));
    }
  }
}

/** A gently bent road between two points, painted as uncovered ground. */
function buildRoad(land: Land, from: Town, to: Town, random: Random): void {
  const { width, height } = land;
  const bend = 0.12 * random.normal();
  const middleX = (from.x + to.x) / 2 - bend * (to.y - from.y);
  const middleY = (from.y + to.y) / 2 + bend * (to.x - from.x);
  const length = Math.max(1, Math.hypot(to.x - from.x, to.y - from.y));
  const steps = Math.ceil(2.5 * length);
  const sway = fractalNoise(steps + 1, 1, { cell: 150, octaves: 3 }, random);
  for (let step = 0; step <= steps; step++) {
    const t = step / steps;
    const aside = (4 * sway[step]! * Math.sin(Math.PI * t)) / length;
    const x = (1 - t) * (1 - t) * from.x + 2 * t * (1 - t) * middleX + t * t * to.x - aside * (to.y - from.y);
    const y = (1 - t) * (1 - t) * from.y + 2 * t * (1 - t) * middleY + t * t * to.y + aside * (to.x - from.x);
    for (let row = Math.round(y - ROAD); row <= Math.round(y + ROAD - 0.5); row++) {
      for (let column = Math.round(x - ROAD); column <= Math.round(x + ROAD - 0.5); column++) {
        if (row < 0 || column < 0 || row >= height || column >= width) continue;
        const i = row * width + column;
        land.cover[i] = COVER.none;
        land.segment[i] = SEGMENT.road;
      }
    }
  }
}

/** Towns with their streets and industrial areas, and the roads between them. */
export function addSettlements(land: Land, recipe: SceneRecipe, terrain: Terrain, random: Random): void {
  const { width, height } = land;
  const towns = placeTowns(recipe, terrain, random.fork("towns"));
  const sprawl = fractalNoise(width, height, { cell: 44, octaves: 4, gain: 0.6 }, random.fork("sprawl"));
  const grid: ParcelGrid = { seed: random.integer(2 ** 31), district: 60, strip: 6.5, length: 11 };
  for (const town of towns) buildTown(land, town, sprawl, grid);
  const roads = random.fork("roads");
  towns.forEach((town, index) => {
    const earlier = towns
      .slice(0, index)
      .sort((a, b) => Math.hypot(a.x - town.x, a.y - town.y) - Math.hypot(b.x - town.x, b.y - town.y));
    for (const other of earlier.slice(0, index % 2 === 0 ? 1 : 2)) buildRoad(land, town, other, roads);
  });
}
