import type { GeoTransform } from "../../shared/raster.ts";

/** Weights of what a farmed parcel is used for; only their proportions matter. */
export interface FarmMix {
  readonly arable: number;
  readonly pasture: number;
  readonly vineyard: number;
  readonly bare: number;
  /** Small woods of one parcel. */
  readonly wood: number;
}

/** What one demo scene is made of. Shares are fractions of the scene or of its land; lengths are pixels. */
export interface SceneRecipe {
  /** File name without its ending. */
  readonly name: string;
  readonly place: string;
  /** Upper left corner in UTM zone 32 north, metres. */
  readonly origin: readonly [easting: number, northing: number];
  /** Standard deviation of the terrain height in metres. */
  readonly relief: number;
  readonly sea: number;
  readonly lakes: number;
  /** Radius of the river; 0 for none. */
  readonly river: number;
  readonly beach: number;
  readonly wetland: number;
  readonly forest: number;
  /** Of the forest, the coniferous part. */
  readonly conifer: number;
  readonly rock: number;
  readonly farm: FarmMix;
  readonly strip: number;
  readonly towns: number;
  readonly townRadius: number;
  /** Share of the towns that have an industrial area. */
  readonly industry: number;
  /** Season of the fields: shares of green and of ripe crop, the rest is sparse. */
  readonly green: number;
  readonly ripe: number;
  /** 0 = brown soils, 1 = pale ones. */
  readonly paleSoil: number;
  /** 0 = lush grass, 1 = dry. */
  readonly drought: number;
  /** Strength of the haze: 0 none, 1 clearly visible. */
  readonly haze: number;
  /** Sun elevation in degrees. */
  readonly sun: number;
}

/** UTM zone 32 north. */
export const DEMO_EPSG = 32632;
/** Metres. */
export const DEMO_PIXEL = 10;

export const SCENE_RECIPES: readonly SceneRecipe[] = [
  {
    name: "coast",
    place: "a flat coast with dunes, lagoons and a seaside town",
    origin: [655_000, 4_742_000],
    relief: 14,
    sea: 0.2,
    lakes: 0.01,
    river: 0,
    beach: 7,
    wetland: 0.06,
    forest: 0.2,
    conifer: 0.62,
    rock: 0,
    farm: { arable: 4, pasture: 2.2, vineyard: 0.9, bare: 1.1, wood: 0.2 },
    strip: 15,
    towns: 5,
    townRadius: 34,
    industry: 0.2,
    green: 0.3,
    ripe: 0.45,
    paleSoil: 0.75,
    drought: 0.5,
    haze: 0.5,
    sun: 58,
  },
  {
    name: "river-plain",
    place: "a farmed plain with a meandering river, towns and industry",
    origin: [582_000, 4_998_000],
    relief: 6,
    sea: 0,
    lakes: 0.012,
    river: 3.6,
    beach: 0,
    wetland: 0.03,
    forest: 0.1,
    conifer: 0.12,
    rock: 0,
    farm: { arable: 5, pasture: 1.5, vineyard: 0.5, bare: 1.7, wood: 0.45 },
    strip: 17,
    towns: 8,
    townRadius: 36,
    industry: 0.6,
    green: 0.55,
    ripe: 0.15,
    paleSoil: 0.2,
    drought: 0.15,
    haze: 0.9,
    sun: 50,
  },
  {
    name: "wine-hills",
    place: "hills with vineyards on the slopes, woods above and villages between",
    origin: [433_000, 4_951_000],
    relief: 60,
    sea: 0,
    lakes: 0.008,
    river: 2.3,
    beach: 0,
    wetland: 0.01,
    forest: 0.3,
    conifer: 0.22,
    rock: 0.008,
    farm: { arable: 2.1, pasture: 2.2, vineyard: 3, bare: 0.6, wood: 0.3 },
    strip: 11,
    towns: 8,
    townRadius: 22,
    industry: 0.2,
    green: 0.2,
    ripe: 0.4,
    paleSoil: 0.6,
    drought: 0.45,
    haze: 0.25,
    sun: 48,
  },
  {
    name: "uplands",
    place: "wooded uplands with lakes, meadows, bogs and bare summits",
    origin: [431_000, 5_312_000],
    relief: 115,
    sea: 0,
    lakes: 0.035,
    river: 2,
    beach: 0,
    wetland: 0.03,
    forest: 0.52,
    conifer: 0.62,
    rock: 0.03,
    farm: { arable: 0.9, pasture: 4, vineyard: 0.05, bare: 0.25, wood: 0.3 },
    strip: 13,
    towns: 5,
    townRadius: 22,
    industry: 0.25,
    green: 0.6,
    ripe: 0.15,
    paleSoil: 0.1,
    drought: 0.1,
    haze: 0.12,
    sun: 44,
  },
];

/** The geotransform of a recipe's scene: north up, square pixels. */
export function sceneGeoTransform(recipe: SceneRecipe): GeoTransform {
  return [recipe.origin[0], DEMO_PIXEL, 0, recipe.origin[1], 0, -DEMO_PIXEL];
}
