import { z } from "zod";
import { COLOR_MAP_IDS } from "../display/color-maps.ts";
import { QUANTILE_SHARES } from "../display/quantiles.ts";

/** Sensors that are recognised; `unknown` shows bands by number. */
export const sensorIdSchema = z.enum([
  "sentinel2-13",
  "sentinel2-12",
  "sentinel2-10",
  "sentinel2-4",
  /** Any other selection of Sentinel-2's bands. */
  "sentinel2",
  /** Landsat 8 and 9. */
  "landsat-oli",
  /** Landsat 4 and 5 (TM), Landsat 7 (ETM+). */
  "landsat-tm",
  /** VV, VH, HH, HV. */
  "sentinel1",
  "planetscope",
  "aerial-rgb",
  "aerial-rgbn",
  "grey",
  "unknown",
]);
export type SensorId = z.infer<typeof sensorIdSchema>;

export const splitSchema = z.enum(["pool", "val", "test"]);
export type Split = z.infer<typeof splitSchema>;

/** Where the whole scene lies in the pixels of one of its files; it may hang over the file's edge by a pixel. */
const placeSchema = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
export type ScenePlace = z.infer<typeof placeSchema>;

/** One band of a scene: which file, which band in it (0-based), its name and its size relative to the grid. */
export const sceneBandSchema = z.object({
  name: z.string(),
  /** Path relative to the source's folder, with forward slashes. */
  file: z.string(),
  fileBand: z.number().int().nonnegative(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  /** Missing: the scene covers the whole band. */
  place: placeSchema.optional(),
  /** How stored samples become values: through the file's palette, or with the least one as white. Missing: as they are. */
  encoding: z.enum(["palette-red", "palette-green", "palette-blue", "inverted"]).optional(),
  /** Physical value = sample × scale + offset; missing: 1 and 0. */
  scale: z.number().optional(),
  offset: z.number().optional(),
});
export type SceneBand = z.infer<typeof sceneBandSchema>;

/**
 * What a quality layer's samples mean. "cloud-mask": not 0 = unusable. "scl": Sentinel-2's scene
 * classification. "landsat-qa": QA_PIXEL of Collection 2; "landsat-bqa": BQA of Collection 1; "landsat-pixel-qa":
 * pixel_qa of Collection 1's Level 2. "fmask": HLS. "qa60": Sentinel-2 on Earth Engine. "cloud-probability": percent;
 * "cloud-probability-255": 0–255; "cloud-probability-1": 0–1.
 */
export const qualityKindSchema = z.enum([
  "cloud-mask",
  "scl",
  "landsat-qa",
  "landsat-bqa",
  "landsat-pixel-qa",
  "fmask",
  "cloud-probability",
  "cloud-probability-255",
  "cloud-probability-1",
  "qa60",
]);
export type QualityKind = z.infer<typeof qualityKindSchema>;

/** A layer on the scene's ground that says where its pixels are of no use. */
export const qualityLayerSchema = z.object({
  kind: qualityKindSchema,
  file: z.string(),
  fileBand: z.number().int().nonnegative(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  /** Missing: the scene covers the whole layer. */
  place: placeSchema.optional(),
});
export type QualityLayer = z.infer<typeof qualityLayerSchema>;

/** One raster on one grid, possibly of several single-band files of different resolution. */
export const sceneSchema = z.object({
  /** Name relative to the source's folder: the file, or what the single-band files have in common. */
  name: z.string(),
  sensor: sensorIdSchema,
  /** The finest band's grid, in pixels. */
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  /** Type of the bands' values: the samples' own, "uint8" for palettes, "float32" with a scale or an offset. */
  dtype: z.string(),
  /** As stored, before palette, scale and offset. */
  nodata: z.number().nullable(),
  geotransform: z.array(z.number()).length(6).nullable(),
  epsg: z.number().int().nullable(),
  /** proj4 text where the CRS has no EPSG code. */
  proj4: z.string().nullable(),
  bands: z.array(sceneBandSchema).min(1),
  /** The band (alpha) of a file of the scene, or the mask inside it, that is 0 where there is no data. */
  alpha: z
    .object({ file: z.string(), fileBand: z.union([z.number().int().nonnegative(), z.literal("mask")]) })
    .optional(),
  quality: qualityLayerSchema.optional(),
  /** Bytes and modification time (ms) over all files, to notice changes. */
  bytes: z.number().nonnegative(),
  modified: z.number(),
});
export type Scene = z.infer<typeof sceneSchema>;

/** How scenes are cut into patches. */
export const gridSchema = z.object({
  /** "whole": every file is one patch; else square windows of this many pixels. */
  patchSize: z.union([z.literal("whole"), z.number().int().min(8).max(4096)]),
  stride: z.number().int().min(1).max(4096).nullable(),
  /** What happens to windows that hang over the right and lower edge. */
  edges: z.enum(["drop", "shift"]),
  /** Windows with a larger share of nodata pixels are left out (0–1). */
  nodataLimit: z.number().min(0).max(1),
  /**
   * Windows with a larger share of pixels that the scene's quality layer calls cloud, shadow or otherwise unusable are
   * left out (0–1). Missing, as in projects of earlier versions: no limit.
   */
  cloudLimit: z.number().min(0).max(1).optional(),
  /** Classes of Sentinel-2's scene classification that count as unusable; missing: `UNUSABLE_SCENE_CLASSES`. */
  cloudClasses: z.array(z.number().int().min(0).max(11)).optional(),
  /** Pixels with a higher cloud probability, in percent, count as cloud; missing: `CLOUD_PROBABILITY`. */
  cloudProbability: z.number().min(0).max(100).optional(),
});
export type Grid = z.infer<typeof gridSchema>;
export const DEFAULT_GRID: Grid = {
  patchSize: "whole",
  stride: null,
  edges: "shift",
  nodataLimit: 0.25,
  cloudLimit: 0.5,
};
/** No data, saturated, cloud shadow, cloud of medium and of high probability, thin cirrus (Sen2Cor's classes). */
export const UNUSABLE_SCENE_CLASSES: readonly number[] = [0, 1, 3, 8, 9, 10];
export const CLOUD_PROBABILITY = 50;

/** Statistics of one band over a sample of the project's patches, in sample values. */
export const bandStatisticsSchema = z.object({
  name: z.string(),
  min: z.number(),
  max: z.number(),
  mean: z.number(),
  standardDeviation: z.number(),
  /** 2nd and 98th percentile: the default display stretch. */
  p2: z.number(),
  p98: z.number(),
  /** At `QUANTILE_SHARES`, for every other stretch; missing in projects made before they were kept. */
  quantiles: z.array(z.number()).length(QUANTILE_SHARES.length).optional(),
  count: z.number().int().nonnegative(),
});
export type BandStatistics = z.infer<typeof bandStatisticsSchema>;

/** How sample values become brightness, before gamma. */
const stretchFields = z.object({
  /**
   * From the `low` to the `high` percentile; from the least to the greatest value; mean ± `deviations`
   * standard deviations; or between fixed `limits`.
   */
  method: z.enum(["percentile", "min-max", "deviation", "fixed"]).default("percentile"),
  /** What the figures are taken over. Fixed limits need none. */
  scope: z.enum(["patch", "scene", "project"]).default("project"),
  /** Percentiles. */
  low: z.number().min(0).max(49).default(2),
  high: z.number().min(51).max(100).default(98),
  deviations: z.number().min(0.5).max(5).default(2),
  /** Sample values (index values for an index); null = all that the sample type holds, −1 to 1 for an index. */
  limits: z
    .tuple([z.number(), z.number()])
    .refine(([low, high]) => low < high, "The upper limit must be greater than the lower one.")
    .nullable()
    .default(null),
});
export type Stretch = z.infer<typeof stretchFields>;

/** Earlier versions knew three stretches by one word each. */
const EARLIER_STRETCHES: Readonly<Record<string, Partial<Stretch>>> = {
  project: { method: "percentile", scope: "project" },
  patch: { method: "percentile", scope: "patch" },
  none: { method: "fixed" },
};

export const stretchSchema = z.preprocess(
  (value) => (typeof value === "string" ? EARLIER_STRETCHES[value] : value),
  stretchFields,
);
export const DEFAULT_STRETCH: Stretch = stretchFields.parse({});

/** What to paint: three bands, one band, or an index; with its stretch. */
export const compositeSchema = z.object({
  /** An id of the composite registry ("true-colour", "colour-infrared", "ndvi", …) or "custom". */
  id: z.string(),
  /** Band names for red, green, blue when id is "custom" (one name = one band); the band of "single-band". */
  bands: z.array(z.string()).max(3).optional(),
  /** Missing: the composite's own, see `defaultStretch`. */
  stretch: stretchSchema.optional(),
  /** Above 1 brightens the middle. */
  gamma: z.number().min(0.2).max(5).default(1),
  /** Of one band or an index; missing: the composite's own. */
  colorMap: z.enum(COLOR_MAP_IDS).optional(),
});
export type Composite = z.infer<typeof compositeSchema>;

/**
 * "rgb": three bands as red, green and blue, each stretched; "band": one band through a colour map;
 * "index": the normalised difference (a − b) / (a + b) of two bands through a colour map.
 */
export const paintSchema = z.enum(["rgb", "band", "index"]);
export type Paint = z.infer<typeof paintSchema>;

/** Percentiles of the project for bands; an index means the same everywhere, so it has fixed limits. */
export function defaultStretch(paint: Paint): Stretch {
  return paint === "index" ? { ...DEFAULT_STRETCH, method: "fixed" } : DEFAULT_STRETCH;
}

/** A composite as the renderer offers it for a project. */
export const compositeChoiceSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  bands: z.array(z.string()),
  paint: paintSchema,
  /** The colour map of one band or an index where the user chose none; null for three bands. */
  colorMap: z.enum(COLOR_MAP_IDS).nullable(),
});
export type CompositeChoice = z.infer<typeof compositeChoiceSchema>;

/** Patches of several scenes in columns, as they go to the engine (ids are the store's). */
export interface PatchTable {
  readonly root: string;
  readonly scenes: readonly Scene[];
  /** All arrays have one entry a patch. */
  readonly ids: Int32Array;
  readonly scene: Int32Array;
  readonly x: Int32Array;
  readonly y: Int32Array;
  readonly width: Int32Array;
  readonly height: Int32Array;
}
