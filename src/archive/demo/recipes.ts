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
  /** Share of the broadleaved stands whose leaves have turned. */
  readonly autumn: number;
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
    sea: 0.22,
    lakes: 0.015,
    river: 0,
    beach: 17,
    wetland: 0.07,
    forest: 0.2,
    conifer: 0.62,
    rock: 0,
    farm: { arable: 3.2, pasture: 2, vineyard: 0.9, bare: 1.1, wood: 0.2 },
    strip: 22,
    towns: 7,
    townRadius: 60,
    industry: 0.45,
    green: 0.3,
    ripe: 0.45,
    paleSoil: 0.75,
    drought: 0.5,
    autumn: 0,
    haze: 0.35,
    sun: 58,
  },
  {
    name: "river-plain",
    place: "a farmed plain with a meandering river, towns and industry",
    origin: [582_000, 4_998_000],
    relief: 6,
    sea: 0,
    lakes: 0.03,
    river: 3.6,
    beach: 0,
    wetland: 0.05,
    forest: 0.1,
    conifer: 0.25,
    rock: 0,
    farm: { arable: 4, pasture: 1.3, vineyard: 0.5, bare: 1.7, wood: 0.45 },
    strip: 25,
    towns: 10,
    townRadius: 58,
    industry: 0.7,
    green: 0.55,
    ripe: 0.15,
    paleSoil: 0.2,
    drought: 0.15,
    autumn: 0,
    haze: 0.75,
    sun: 50,
  },
  {
    name: "wine-hills",
    place: "hills with vineyards on the slopes, woods above and villages between",
    origin: [433_000, 4_951_000],
    relief: 110,
    sea: 0,
    lakes: 0.018,
    river: 2.3,
    beach: 0,
    wetland: 0.02,
    forest: 0.3,
    conifer: 0.3,
    rock: 0.008,
    farm: { arable: 2.1, pasture: 2.2, vineyard: 3, bare: 0.6, wood: 0.3 },
    strip: 20,
    towns: 10,
    townRadius: 42,
    industry: 0.45,
    green: 0.2,
    ripe: 0.4,
    paleSoil: 0.6,
    drought: 0.45,
    autumn: 0.6,
    haze: 0.2,
    sun: 48,
  },
  {
    name: "uplands",
    place: "wooded uplands with lakes, meadows, bogs and bare summits",
    origin: [431_000, 5_312_000],
    relief: 240,
    sea: 0,
    lakes: 0.05,
    river: 2,
    beach: 0,
    wetland: 0.03,
    forest: 0.52,
    conifer: 0.62,
    rock: 0.03,
    farm: { arable: 0.9, pasture: 4, vineyard: 0.05, bare: 0.25, wood: 0.3 },
    strip: 23,
    towns: 7,
    townRadius: 42,
    industry: 0.5,
    green: 0.6,
    ripe: 0.15,
    paleSoil: 0.1,
    drought: 0.1,
    autumn: 0,
    haze: 0.12,
    sun: 44,
  },
];

/** The geotransform of a recipe's scene: north up, square pixels. */
export function sceneGeoTransform(recipe: SceneRecipe): GeoTransform {
  return [recipe.origin[0], DEMO_PIXEL, 0, recipe.origin[1], 0, -DEMO_PIXEL];
}
