import { z } from "zod";

export const projectKindSchema = z.enum(["multi-label", "single-label"]);
export type ProjectKind = z.infer<typeof projectKindSchema>;

/** An entry of a registry as it is shown: id, words, and the JSON schema of its options (for forms and flags). */
export const registryEntrySchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  /** Paper, section, equation; empty where there is none. */
  reference: z.string(),
  needsModel: z.boolean(),
  options: z.record(z.string(), z.unknown()),
});
export type RegistryEntry = z.infer<typeof registryEntrySchema>;

/** Options of a registry entry as they travel; each entry validates its own. */
export const optionValuesSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
export type OptionValues = z.infer<typeof optionValuesSchema>;

/** Fractions from 0 to 1; null where nothing was counted (a class without a reviewed positive has no recall). */
export const classMetricsSchema = z.object({
  classId: z.number().int(),
  precision: z.number().nullable(),
  recall: z.number().nullable(),
  f1: z.number().nullable(),
  averagePrecision: z.number().nullable(),
  /** Reviewed patches where the class is present. */
  support: z.number().int(),
});
export type ClassMetrics = z.infer<typeof classMetricsSchema>;

export const metricsSchema = z.object({
  /** F1 over all reviewed (patch, class) pairs. */
  microF1: z.number(),
  /** Mean of the per-class F1; a class that is neither present nor predicted counts as 0, as in scikit-learn. */
  macroF1: z.number(),
  /** Mean average precision over classes with at least one positive; null where there is none. */
  mAP: z.number().nullable(),
  perClass: z.array(classMetricsSchema),
  /** Patches that the metrics were computed on. */
  samples: z.number().int(),
});
export type Metrics = z.infer<typeof metricsSchema>;

/** Facts behind a queried patch, for the card that explains it. */
export const queryExplanationSchema = z.object({
  /** The function's own score; larger = more urgent, comparable within one query only. */
  score: z.number(),
  /** Place among `of` candidates by score, from 1; null where the function does not rank all of them. */
  rank: z.object({ at: z.number().int(), of: z.number().int() }).nullable(),
  /** Classes that the model is torn about, at most three, nearest to 0.5 first; none without a model. */
  torn: z.array(z.object({ classId: z.number().int(), probability: z.number() })),
  /** The group of look-alikes it was chosen from; null where groups took no part. */
  cluster: z.object({ index: z.number().int(), size: z.number().int() }).nullable(),
  /** The labelled patches most like it, at most three; similarity is a cosine, −1 to 1, in the function's space. */
  nearest: z.array(z.object({ patchId: z.number().int(), similarity: z.number() })),
  /** What changed since the model of the round before; null where there is none. */
  change: z
    .object({
      /** ‖p_t − p_{t−1}‖₂. */
      distance: z.number(),
      /** At most three classes, the largest change first. */
      classes: z.array(z.object({ classId: z.number().int(), before: z.number(), after: z.number() })),
    })
    .nullable(),
});
export type QueryExplanation = z.infer<typeof queryExplanationSchema>;

export const backendIdSchema = z.enum(["tensorflow-cpu", "tensorflow-cuda", "wasm"]);
export type BackendId = z.infer<typeof backendIdSchema>;

export const backendStatusSchema = z.object({
  id: backendIdSchema,
  /** Why this one runs, in a sentence. */
  reason: z.string(),
  /** What would make it faster, in a sentence; null when nothing would. */
  improve: z.string().nullable(),
  version: z.string(),
});
export type BackendStatus = z.infer<typeof backendStatusSchema>;
