import { z } from "zod";

/** A number with its 95 % interval; the interval is null where it can't be told. Fractions from 0 to 1. */
export const estimateSchema = z.object({
  value: z.number(),
  interval: z.object({ low: z.number(), high: z.number() }).nullable(),
});
export type Estimate = z.infer<typeof estimateSchema>;

/** Estimates of one class; each is null while too few patches of the class are labelled. */
export const classEstimateSchema = z.object({
  classId: z.number().int(),
  /** Reviewed patches of the measured set where the class is present. */
  support: z.number().int(),
  precision: estimateSchema.nullable(),
  recall: estimateSchema.nullable(),
  f1: estimateSchema.nullable(),
});
export type ClassEstimate = z.infer<typeof classEstimateSchema>;

/** How good a model is on patches that it has not seen. */
export const modelEstimateSchema = z.object({
  /** Confirmed patches that were measured on. */
  samples: z.number().int(),
  microF1: estimateSchema.nullable(),
  precision: estimateSchema.nullable(),
  recall: estimateSchema.nullable(),
  /** Means over the classes with enough patches. */
  macroF1: estimateSchema.nullable(),
  mAP: estimateSchema.nullable(),
  /** How many classes the means are over. */
  averagedClasses: z.number().int(),
  perClass: z.array(classEstimateSchema),
});
export type ModelEstimate = z.infer<typeof modelEstimateSchema>;

/** A trained model, measured on everything that is labelled of the measured set by now. */
export const measuredModelSchema = z.object({
  modelId: z.string(),
  round: z.number().int(),
  labeled: z.number().int(),
  microF1: estimateSchema,
});
export type MeasuredModel = z.infer<typeof measuredModelSchema>;

/** What the last change of the model changed in the predictions of patches that were not trained on. */
export const stabilitySchema = z.object({
  /** Trained patches of the two models. */
  from: z.number().int(),
  to: z.number().int(),
  patches: z.number().int(),
  /** Share of (patch, class) decisions that are other ones now. */
  flipped: z.number(),
  /** Cohen's κ of the two models' decisions, 1 = the same; null where both say the same of everything. */
  kappa: z.number().nullable(),
});
export type Stability = z.infer<typeof stabilitySchema>;

/** Micro F1 that more rounds are expected to add. */
export const expectedGainSchema = z.object({
  rounds: z.number().int(),
  /** Patches labelled in them, the control stream's included. */
  patches: z.number().int(),
  gain: estimateSchema,
});
export type ExpectedGain = z.infer<typeof expectedGainSchema>;

/** Actively chosen labels against as many drawn at random, on the project's own labels. */
export const comparisonSchema = z.object({
  createdAt: z.string(),
  /** What the random labels are from. */
  source: z.enum(["val", "control"]),
  /** Patches that both sides start from. */
  start: z.number().int(),
  /** Patches that each side adds to them. */
  added: z.number().int(),
  /** Patches that both were measured on. */
  samples: z.number().int(),
  active: z.number(),
  random: z.number(),
  /** Difference of the micro F1, active minus random. */
  gain: estimateSchema,
  /** True where labels were given, changed or taken back since. */
  outdated: z.boolean(),
});
export type Comparison = z.infer<typeof comparisonSchema>;

export const evaluationSummarySchema = z.object({
  /** What the estimates are from. */
  source: z.enum(["val", "control", "none"]),
  /** Confirmed patches there are of it, and how many the estimates need. */
  samples: z.number().int(),
  needed: z.number().int(),
  /** Patches of it that were skipped: they are missing in the estimates. */
  skipped: z.number().int(),
  /** Share of the pool that queries have taken out of what the control stream is drawn from. */
  queriedShare: z.number(),
  /** The newest model's; null without a measured model. */
  current: modelEstimateSchema.nullable(),
  /** Oldest first; of models with as many labels the last. */
  curve: z.array(measuredModelSchema),
  /** For one and for five more rounds; empty while `gainNeeds` names what is missing. */
  expected: z.array(expectedGainSchema),
  gainNeeds: z.enum(["models", "samples"]).nullable(),
  /** Null before the second model. */
  stability: stabilitySchema.nullable(),
  /** "level": five more rounds will hardly change the result; "unclear": they may or may not. */
  verdict: z.enum(["too-early", "rising", "unclear", "level"]),
  comparison: comparisonSchema.nullable(),
  /** Why the comparison can't be made yet; null where it can. */
  comparisonNeeds: z
    .object({
      what: z.enum(["samples", "active"]),
      have: z.number().int(),
      needed: z.number().int(),
    })
    .nullable(),
});
export type EvaluationSummary = z.infer<typeof evaluationSummarySchema>;
