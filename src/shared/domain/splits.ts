import { z } from "zod";
import { splitSchema } from "./imagery.ts";

/** Patches in each split; "none" are those without one. */
export const splitCountsSchema = z.object({
  pool: z.number().int().nonnegative(),
  val: z.number().int().nonnegative(),
  test: z.number().int().nonnegative(),
  none: z.number().int().nonnegative(),
});

/**
 * What stays together when splits are drawn: square blocks on the ground (pixels of a scene where it has no position
 * there), whole scenes, or nothing but patches of the very same place.
 */
export const splitMethodSchema = z.enum(["blocks", "scenes", "random"]);
export type SplitMethod = z.infer<typeof splitMethodSchema>;

export const splitRequestSchema = z.object({
  method: splitMethodSchema,
  /** Shares of all patches, 0–1; together below 1, the rest is the pool. */
  val: z.number().min(0).max(1),
  test: z.number().min(0).max(1),
  seed: z.number().int(),
  /** Side of a block on the ground in metres; null = what suits the archive. */
  blockSize: z.number().positive().nullable(),
  /** Leave out patches that touch another split. */
  gap: z.boolean(),
});
export type SplitRequest = z.infer<typeof splitRequestSchema>;
/** What is offered where nobody chose otherwise. */
export const DEFAULT_SPLIT_REQUEST: SplitRequest = {
  method: "blocks",
  val: 0.2,
  test: 0.2,
  seed: 1,
  blockSize: null,
  gap: false,
};

/** A patch for the eye: what to call it, and where it went. */
const namedPatchSchema = z.object({ id: z.number().int(), name: z.string(), split: splitSchema.nullable() });

/** Patches of different splits that touch or overlap. */
export const leakageSchema = z.object({
  pairs: z.number().int().nonnegative(),
  /** Patches of each split that touch one of another split. */
  patches: splitCountsSchema.omit({ none: true }),
  /** Up to five of the pairs. */
  examples: z.array(z.tuple([namedPatchSchema, namedPatchSchema])),
});
export type SplitLeakage = z.infer<typeof leakageSchema>;

/** Where the patches lie and in which split: boxes in whole units, from the upper left corner. */
export const splitSketchSchema = z.object({
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  boxes: z.array(
    z.tuple([
      z.number().int(),
      z.number().int(),
      z.number().int().positive(),
      z.number().int().positive(),
      splitSchema.nullable(),
    ]),
  ),
  /** True where a box stands for several patches, with the split of most of them. */
  simplified: z.boolean(),
});
export type SplitSketch = z.infer<typeof splitSketchSchema>;

/** Splits as they are or would be. */
export const splitReportSchema = z.object({
  counts: splitCountsSchema,
  leakage: leakageSchema,
  /** Patches without a position on the ground: windows of one scene can be compared, scenes cannot. */
  unplaced: z.number().int().nonnegative(),
  sketch: splitSketchSchema,
});
export type SplitReport = z.infer<typeof splitReportSchema>;

/** What there is already that new splits give another meaning to. */
export const splitEffectsSchema = z.object({
  /** The splits that there are; null = none. */
  replaced: splitCountsSchema.nullable(),
  rounds: z.number().int().nonnegative(),
  models: z.number().int().nonnegative(),
  /** Confirmed patches by the split that they would be in. */
  confirmed: splitCountsSchema,
  /** Confirmed patches that would train no more: they train now, and would not be in the pool. */
  trainNoMore: z.number().int().nonnegative(),
  /** Those of the confirmed val patches that a query chose: they are no random sample of the archive. */
  chosenInVal: z.number().int().nonnegative(),
  /** Confirmed patches of the control stream that would be neither trained nor measured on, because a val split is. */
  controlUnused: z.number().int().nonnegative(),
});
export type SplitEffects = z.infer<typeof splitEffectsSchema>;

export const splitPreviewSchema = splitReportSchema.extend({
  /** Metres; null where nothing lies on the ground, or where there are no blocks. */
  blockSize: z.number().positive().nullable(),
  /** Metres: what `blockSize: null` means; null where nothing lies on the ground. */
  suggestedBlockSize: z.number().positive().nullable(),
  /** What stays together: blocks, scenes or places. */
  groups: z.number().int().nonnegative(),
  /** Patches left out for the gap. */
  leftOut: z.number().int().nonnegative(),
  /** Null while nothing depends on the splits: no labels, no rounds, no splits. */
  effects: splitEffectsSchema.nullable(),
});
export type SplitPreview = z.infer<typeof splitPreviewSchema>;
