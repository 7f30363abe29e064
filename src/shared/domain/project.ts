import { z } from "zod";
import {
  bandStatisticsSchema,
  compositeChoiceSchema,
  gridSchema,
  sensorIdSchema,
  splitSchema,
} from "./imagery.ts";
import { journalStateSchema, labelOriginSchema, patchLabelsSchema, patchStatusSchema } from "./labels.ts";
import { metricsSchema, optionValuesSchema, projectKindSchema, queryExplanationSchema } from "./learning.ts";
import { classSchema } from "./taxonomy.ts";

export const projectSettingsSchema = z.object({
  /** Confirming a patch sets its untouched classes to absent (origin `implied`). */
  confirmImpliesAbsent: z.boolean(),
  /** Share of each round drawn at random and kept for validation, rounds 0–4 and later (0–1). */
  controlShareEarly: z.number().min(0).max(1),
  controlShareLate: z.number().min(0).max(1),
  seed: z.number().int(),
  encoder: z.string(),
  queryFunction: z.string(),
  budget: z.number().int().min(1).max(10_000),
  /** Each training goes on from the last model's weights; false or missing = from fresh ones. */
  warmStart: z.boolean().optional(),
  /** An end-to-end network that is trained on pixels; null or missing = a head on the encoder's embeddings. */
  network: z.object({ id: z.string(), options: optionValuesSchema }).nullable().optional(),
});
export type ProjectSettings = z.infer<typeof projectSettingsSchema>;
export const DEFAULT_PROJECT_SETTINGS: ProjectSettings = {
  confirmImpliesAbsent: true,
  controlShareEarly: 0.2,
  controlShareLate: 0.1,
  seed: 1,
  encoder: "rcf",
  queryFunction: "auto",
  budget: 20,
};

export const sourceSchema = z.object({
  id: z.number().int(),
  folder: z.string(),
  available: z.boolean(),
  scenes: z.number().int(),
  unreadable: z.array(z.object({ path: z.string(), message: z.string() })),
});

/** The open project as every screen needs it. */
export const projectSummarySchema = z.object({
  folder: z.string(),
  name: z.string(),
  kind: projectKindSchema,
  readOnly: z.boolean(),
  /** Why the project can only be read, in a sentence; null or missing where it can be written to. */
  readOnlyReason: z.string().nullable().optional(),
  /** What the user should know of the project's place (a network share), in sentences. */
  warnings: z.array(z.string()).optional(),
  classes: z.array(classSchema),
  settings: projectSettingsSchema,
  grid: gridSchema,
  sources: z.array(sourceSchema),
  sensor: sensorIdSchema,
  bands: z.array(bandStatisticsSchema),
  composites: z.array(compositeChoiceSchema),
  counts: z.object({
    patches: z.number().int(),
    confirmed: z.number().int(),
    skipped: z.number().int(),
    /** Confirmed patches that train (pool, not control stream). */
    training: z.number().int(),
    /** Confirmed patches that the metrics are computed on. */
    validation: z.number().int(),
    /** Class id → patches on which the class is present; missing where it was not counted. */
    present: z.record(z.string(), z.number().int()).optional(),
    splits: z.object({
      pool: z.number().int(),
      val: z.number().int(),
      test: z.number().int(),
      none: z.number().int(),
    }),
  }),
  undoDepth: z.number().int(),
  redoDepth: z.number().int(),
});
export type ProjectSummary = z.infer<typeof projectSummarySchema>;

/** Why a patch is in a query. */
export const queryReasonSchema = z.object({
  round: z.number().int(),
  rank: z.number().int(),
  score: z.number(),
  reason: z.string(),
  /** The facts behind it; null or missing where none are known. */
  explanation: queryExplanationSchema.nullable().optional(),
  /** True for the random control stream. */
  control: z.boolean(),
});

/** A patch in a grid. */
export const patchItemSchema = z.object({
  id: z.number().int(),
  name: z.string(),
  width: z.number().int(),
  height: z.number().int(),
  split: splitSchema.nullable(),
  status: patchStatusSchema,
  flagged: z.boolean(),
  labels: patchLabelsSchema,
  /** class id → probability of the newest model; null without a prediction. */
  probabilities: z.record(z.string(), z.number()).nullable(),
  query: queryReasonSchema.nullable(),
  /** True where files of the patch's scene were missing at the last scan: there is no picture to show. */
  imageryMissing: z.boolean().optional(),
});
export type PatchItem = z.infer<typeof patchItemSchema>;

export const patchDetailSchema = patchItemSchema.extend({
  scene: z.string(),
  window: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
  bands: z.array(z.string()),
  epsg: z.number().nullable(),
  /** Ground size of a pixel in the CRS's unit; null without georeferencing. */
  pixelSize: z.tuple([z.number(), z.number()]).nullable(),
  /** WGS 84 longitude and latitude of the centre; null without georeferencing. */
  center: z.tuple([z.number(), z.number()]).nullable(),
  history: z.array(
    z.object({
      classId: z.number().int(),
      state: journalStateSchema,
      annotator: z.string(),
      time: z.string(),
      origin: labelOriginSchema,
      round: z.number().int().nullable(),
    }),
  ),
});
export type PatchDetail = z.infer<typeof patchDetailSchema>;

/** A point of the curve: one trained model. */
export const curvePointSchema = z.object({
  round: z.number().int(),
  modelId: z.string(),
  labeled: z.number().int(),
  function: z.string().nullable(),
  metrics: metricsSchema.nullable(),
  /** What the metrics were computed on. */
  metricSource: z.enum(["val", "control", "none"]),
  trainSeconds: z.number(),
  createdAt: z.string(),
});
export type CurvePoint = z.infer<typeof curvePointSchema>;

export const roundSchema = z.object({
  number: z.number().int(),
  function: z.string(),
  budget: z.number().int(),
  createdAt: z.string(),
  modelId: z.string().nullable(),
  /** All patches of the round in query order. */
  patchIds: z.array(z.number().int()),
  /** Those of them that belong to the control stream. */
  controlIds: z.array(z.number().int()),
  done: z.number().int(),
});
export type Round = z.infer<typeof roundSchema>;
