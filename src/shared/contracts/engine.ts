import { z } from "zod";
import { sceneSchema } from "../domain/imagery.ts";
import {
  backendStatusSchema,
  metricsSchema,
  optionValuesSchema,
  projectKindSchema,
  queryExplanationSchema,
  registryEntrySchema,
} from "../domain/learning.ts";
import { defineCall, defineContract } from "../rpc/contract.ts";

// Custom rather than `instanceof`, which would demand arrays on an unshared buffer.
const int32 = z.custom<Int32Array>((value) => value instanceof Int32Array);
const int8 = z.custom<Int8Array>((value) => value instanceof Int8Array);
const uint8 = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const float32 = z.custom<Float32Array>((value) => value instanceof Float32Array);
const path = z.string().min(1);
const seed = z.number().int();

/** `head` of a model that is an end-to-end network; `encoder` is then the network's id. */
export const NETWORK_HEAD = "network";

export const patchTableSchema = z.object({
  root: path,
  scenes: z.array(sceneSchema),
  ids: int32,
  scene: int32,
  x: int32,
  y: int32,
  width: int32,
  height: int32,
});

const encodedSchema = z.object({
  dimensions: z.number().int(),
  count: z.number().int(),
  computed: z.number().int(),
  seconds: z.number(),
  /** Patches whose pixels could not be read; they have no embedding. */
  failures: z.array(z.object({ id: z.number().int(), message: z.string() })),
});

const trainedSchema = z.object({
  metrics: metricsSchema.nullable(),
  loss: z.number(),
  epochs: z.number().int(),
  seconds: z.number(),
});

/** The query function that will use a model, and its options: some need more of the training. */
const forQuerySchema = z
  .object({ function: z.string(), options: optionValuesSchema })
  .nullable()
  .default(null);

/** Labels of some patches: `states` is ids.length × classes (row-major) of 1 present, 0 absent, −1 masked. */
export const labelMatrixSchema = z.object({ ids: int32, states: int8 });
export type LabelMatrix = z.infer<typeof labelMatrixSchema>;

export const simulationConfigSchema = z.object({
  functions: z.array(z.string()).min(1),
  options: optionValuesSchema.default({}),
  /** An id of the engine's head registry, and its options. */
  headId: z.string().default("auto"),
  head: optionValuesSchema.default({}),
  /** An end-to-end network, trained on pixels instead of a head. */
  network: z.object({ id: z.string(), options: optionValuesSchema.default({}) }).optional(),
  /** Each round's head or network continues from the last round's weights (the paper's warm start); false = fresh ones. */
  warmStart: z.boolean().default(false),
  initial: z.number().int().positive(),
  budget: z.number().int().positive(),
  rounds: z.number().int().nonnegative(),
  trials: z.number().int().positive(),
  seed,
  /** Ends a trial when the metric split's micro F1 (0–1) reaches this. */
  untilF1: z.number().min(0).max(1).nullable().default(null),
  /** Ends a trial when the best micro F1 of its last `patience` rounds is less than `epsilon` (0–1) above the best before them. */
  flat: z
    .object({ patience: z.number().int().positive(), epsilon: z.number().min(0).max(1) })
    .nullable()
    .default(null),
});
export type SimulationConfig = z.infer<typeof simulationConfigSchema>;

export const simulationRowSchema = z.object({
  function: z.string(),
  trial: z.number().int(),
  /** 0 is the initial set. */
  round: z.number().int(),
  labeled: z.number().int(),
  split: z.enum(["val", "test"]),
  microF1: z.number(),
  macroF1: z.number(),
  mAP: z.number().nullable(),
  trainSeconds: z.number(),
  querySeconds: z.number(),
  /** Trained values of this round's model; those of the loss module, 0 without one, are not among the classifier's. */
  parameters: z.object({ classifier: z.number().int(), lossModule: z.number().int() }).optional(),
  /** Patch ids that joined the labelled set before this row's training. */
  queried: z.array(z.number().int()),
});
export type SimulationRow = z.infer<typeof simulationRowSchema>;

/**
 * main ⇄ engine. The engine keeps no state that is not on disk; folders are absolute.
 * Embeddings folder: `encoder.json`, `ids.i32`, `vectors.f32` (count × dimensions, float32, row-major).
 * Model folder: `model.json` and weights, written to a temporary folder and renamed; of a network also `features`.
 */
export const engineContract = defineContract({
  calls: {
    status: defineCall(
      z.undefined(),
      z.object({
        backend: backendStatusSchema,
        encoders: z.array(registryEntrySchema),
        queryFunctions: z.array(registryEntrySchema),
        heads: z.array(registryEntrySchema),
        networks: z.array(registryEntrySchema),
      }),
    ),
    /** Computes what is missing of the embeddings of these patches; resumable; progress by patch. */
    encode: defineCall(
      z.object({
        patches: patchTableSchema,
        encoder: z.string(),
        options: optionValuesSchema.default({}),
        seed,
        folder: path,
        /** Patches whose pixels changed since they were encoded: they are computed again. */
        outdated: int32.optional(),
      }),
      encodedSchema,
    ),
    /** Trains a head on cached embeddings and writes it to `out`. */
    train: defineCall(
      z.object({
        embeddings: path,
        kind: projectKindSchema,
        classIds: z.array(z.number().int()),
        train: labelMatrixSchema,
        /** Metrics are computed on these; empty = none. */
        validation: labelMatrixSchema,
        head: z.string().default("auto"),
        options: optionValuesSchema.default({}),
        /** Model folder to continue from; null = fresh weights. */
        warmStart: path.nullable().default(null),
        forQuery: forQuerySchema,
        seed,
        out: path,
      }),
      trainedSchema,
    ),
    /**
     * Trains an end-to-end network on the pixels of the labelled patches and writes it to `out`. Its features
     * (see `features`) stand for embeddings in every call that is given this model.
     */
    trainNetwork: defineCall(
      z.object({
        /** The whole archive, one table a source: pixels are standardised by a sample of all of it. */
        patches: z.array(patchTableSchema),
        kind: projectKindSchema,
        classIds: z.array(z.number().int()),
        /** In the order of `classIds`. */
        classNames: z.array(z.string()).default([]),
        train: labelMatrixSchema,
        /** Metrics are computed on these; empty = none. */
        validation: labelMatrixSchema,
        network: z.string(),
        options: optionValuesSchema.default({}),
        /** Model folder of a network to continue from; null = fresh weights. */
        warmStart: path.nullable().default(null),
        forQuery: forQuerySchema,
        seed,
        /** The newest label that `train` knows, in the project's journal. */
        journalPosition: z.number().int().nullable().default(null),
        /**
         * Where the unfinished training is kept, so that the same request goes on from there; null = nowhere.
         * The file stays at the end: whoever asked removes it once the model is noted.
         */
        checkpoint: z
          .object({ file: path, everySeconds: z.number().nonnegative().default(120) })
          .nullable()
          .default(null),
        out: path,
      }),
      trainedSchema.extend({
        /** Epochs that a checkpoint had already; 0 for a training from the start. */
        resumedEpochs: z.number().int(),
      }),
    ),
    /**
     * Computes what is missing of a network's features of these patches, into the embeddings folder `features`
     * in its model folder; resumable; progress by patch.
     */
    features: defineCall(
      z.object({
        /** One table a source. */
        patches: z.array(patchTableSchema),
        model: path,
        /** Patches whose pixels changed since: their features are computed again. */
        outdated: int32.optional(),
      }),
      encodedSchema,
    ),
    /** Picks `budget` of the candidates (fewer only when there are fewer). Scores: larger = queried more urgently. */
    query: defineCall(
      z.object({
        embeddings: path,
        model: path.nullable(),
        /** The model of the round before, for functions and explanations that compare the two; null = none. */
        previousModel: path.nullable().default(null),
        kind: projectKindSchema,
        function: z.string(),
        options: optionValuesSchema.default({}),
        budget: z.number().int().positive(),
        candidates: int32,
        labeled: int32,
        seed,
      }),
      z.object({
        ids: int32,
        scores: float32,
        /** One sentence a patch: why it was queried. */
        reasons: z.array(z.string()),
        /** One a patch; null where nothing is known of it (it has no embedding). */
        explanations: z.array(queryExplanationSchema.nullable()),
        seconds: z.number(),
      }),
    ),
    /** Probabilities, ids.length × classes, row-major; NaN where a patch has no embedding. */
    predict: defineCall(
      z.object({ embeddings: path, model: path, ids: int32 }),
      z.object({ probabilities: float32 }),
    ),
    /** Replays rounds on finished labels with the true labels as the analyst (see `simulate`). Rows also come as events. */
    simulate: defineCall(
      z.object({
        /** Not looked at where a network is trained. */
        embeddings: path,
        /** The archive, one table a source; needed where a network is trained. */
        patches: z.array(patchTableSchema).default([]),
        kind: projectKindSchema,
        classIds: z.array(z.number().int()),
        labels: labelMatrixSchema,
        /** One entry a row of labels: 0 pool, 1 val, 2 test. */
        splits: uint8,
        config: simulationConfigSchema,
        /** Number of the first of `config.trials` trials: a part of more trials gives the same rows as the whole. */
        firstTrial: z.number().int().nonnegative().default(0),
        /** Rows of these trials from an interrupted call: their rounds are not measured again. */
        earlier: z.array(simulationRowSchema).default([]),
      }),
      z.object({ rows: z.array(simulationRowSchema) }),
    ),
  },
  events: {
    simulationRow: simulationRowSchema,
    log: z.object({ level: z.enum(["info", "warning"]), message: z.string() }),
  },
});
export type EngineContract = typeof engineContract;
