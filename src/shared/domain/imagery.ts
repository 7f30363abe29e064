import { z } from "zod";

/** Sensors that are recognised; `unknown` shows bands by number. */
export const sensorIdSchema = z.enum([
  "sentinel2-13",
  "sentinel2-12",
  "sentinel2-10",
  "sentinel2-4",
  /** Any other selection of Sentinel-2's bands. */
  "sentinel2",
  "aerial-rgb",
  "aerial-rgbn",
  "grey",
  "unknown",
]);
export type SensorId = z.infer<typeof sensorIdSchema>;

export const splitSchema = z.enum(["pool", "val", "test"]);
export type Split = z.infer<typeof splitSchema>;

/** One band of a scene: which file, which band in it (0-based), its name and its size relative to the grid. */
export const sceneBandSchema = z.object({
  name: z.string(),
  /** Path relative to the source's folder, with forward slashes. */
  file: z.string(),
  fileBand: z.number().int().nonnegative(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
});
export type SceneBand = z.infer<typeof sceneBandSchema>;

/** One raster on one grid, possibly of several single-band files of different resolution. */
export const sceneSchema = z.object({
  /** Name relative to the source's folder: the file, or what the single-band files have in common. */
  name: z.string(),
  sensor: sensorIdSchema,
  /** The finest band's grid, in pixels. */
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  dtype: z.string(),
  nodata: z.number().nullable(),
  geotransform: z.array(z.number()).length(6).nullable(),
  epsg: z.number().int().nullable(),
  /** proj4 text where the CRS has no EPSG code. */
  proj4: z.string().nullable(),
  bands: z.array(sceneBandSchema).min(1),
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
});
export type Grid = z.infer<typeof gridSchema>;
export const DEFAULT_GRID: Grid = { patchSize: "whole", stride: null, edges: "shift", nodataLimit: 0.25 };

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
  count: z.number().int().nonnegative(),
});
export type BandStatistics = z.infer<typeof bandStatisticsSchema>;

/** What to paint: three bands, one band, or an index; with its stretch. */
export const compositeSchema = z.object({
  /** An id of the composite registry ("true-colour", "colour-infrared", "ndvi", …) or "custom". */
  id: z.string(),
  /** Band names for red, green, blue when id is "custom" (one name = grey). */
  bands: z.array(z.string()).max(3).optional(),
  /** Percentiles of the project (default), of the patch, or the full range of the type. */
  stretch: z.enum(["project", "patch", "none"]).default("project"),
  gamma: z.number().min(0.2).max(5).default(1),
});
export type Composite = z.infer<typeof compositeSchema>;

/** A composite as the renderer offers it for a project. */
export const compositeChoiceSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  bands: z.array(z.string()),
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
