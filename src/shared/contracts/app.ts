import { z } from "zod";
import { evaluationSummarySchema } from "../domain/evaluation.ts";
import { gridSchema, sensorIdSchema } from "../domain/imagery.ts";
import { labelStateSchema } from "../domain/labels.ts";
import {
  backendStatusSchema,
  optionValuesSchema,
  projectKindSchema,
  registryEntrySchema,
} from "../domain/learning.ts";
import {
  curvePointSchema,
  patchDetailSchema,
  patchItemSchema,
  projectSettingsSchema,
  projectSummarySchema,
  roundSchema,
} from "../domain/project.ts";
import { relocationCheckSchema, sourceChangesSchema, sourceStatusSchema } from "../domain/sources.ts";
import { splitPreviewSchema, splitReportSchema, splitRequestSchema } from "../domain/splits.ts";
import { classInputSchema } from "../domain/taxonomy.ts";
import { ERROR_CODES } from "../errors.ts";
import { defineCall, defineContract } from "../rpc/contract.ts";

const nothing = z.undefined();
const path = z.string().min(1);
const patchId = z.number().int().positive();
const sourceId = z.number().int().positive();

export const errorSchema = z.object({
  code: z.enum(ERROR_CODES),
  message: z.string(),
  cause: z.string().optional(),
});

/** Work that outlives a call: shown with progress, time left and cancel, whichever screen is open. */
export const jobSchema = z.object({
  id: z.string(),
  kind: z.enum([
    "create",
    "demo",
    "scan",
    "encode",
    "round",
    "train",
    "export",
    "import",
    "splits",
    "compare",
  ]),
  title: z.string(),
  state: z.enum(["running", "done", "failed", "cancelled"]),
  message: z.string(),
  done: z.number(),
  /** 0 while unknown. */
  total: z.number(),
  /** Seconds; null while unknown. */
  remaining: z.number().nullable(),
  startedAt: z.string(),
  error: errorSchema.nullable(),
  /** Where the result lies (export folder, project folder), when there is one. */
  output: z.string().nullable(),
});
export type Job = z.infer<typeof jobSchema>;
const jobStarted = z.object({ jobId: z.string() });

export const preferencesSchema = z.object({
  annotator: z.string().min(1).max(120),
  colorScheme: z.enum(["light", "dark", "auto"]),
  recentProjects: z.array(z.object({ folder: z.string(), name: z.string(), openedAt: z.string() })),
});
export type Preferences = z.infer<typeof preferencesSchema>;

/** An archive that is recognised by its layout, with labels that can be taken over. */
export const knownArchiveSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** What was found, in a sentence. */
  description: z.string(),
  kind: projectKindSchema,
  classes: z.array(classInputSchema),
  /** Images that have labels. */
  images: z.number().int(),
  /** Images in each split; null where the archive has none. */
  splits: z.object({ pool: z.number().int(), val: z.number().int(), test: z.number().int() }).nullable(),
  /** What keeps the labels from being imported and what to do, in a sentence; null when nothing does. */
  problem: z.string().nullable(),
});
export type KnownArchiveFacts = z.infer<typeof knownArchiveSchema>;

export const sourcePreviewSchema = z.object({
  /** The folder of imagery: the one asked for, or the part of a known archive that its labels are about. */
  folder: z.string(),
  files: z.number().int(),
  scenes: z.number().int(),
  bytes: z.number(),
  sensor: sensorIdSchema,
  bandNames: z.array(z.string()),
  dtype: z.string(),
  crs: z.string().nullable(),
  /** Up to five distinct sizes with their counts, most frequent first. */
  sizes: z.array(z.object({ width: z.number(), height: z.number(), count: z.number() })),
  unreadable: z.array(z.object({ path: z.string(), message: z.string() })),
  /** Which scenes come with a quality layer that tells clouds, in words; null where none does. */
  quality: z.string().nullable().optional(),
  suggestedGrid: gridSchema,
  /** Patches that the suggested grid gives (before leaving out nodata). */
  suggestedPatches: z.number().int(),
  /** Missing or null where the folder is no archive that is known. */
  knownArchive: knownArchiveSchema.nullable().optional(),
});
export type SourcePreview = z.infer<typeof sourcePreviewSchema>;

export const patchFilterSchema = z.object({
  /** "queue": the newest round's patches in query order. */
  view: z.enum(["queue", "all", "confirmed", "skipped", "flagged", "unseen"]).default("all"),
  round: z.number().int().optional(),
  classId: z.number().int().optional(),
  search: z.string().max(200).optional(),
});
export type PatchFilter = z.infer<typeof patchFilterSchema>;

/** `state` null takes the label back. */
const labelChange = z.object({ patchId, classId: z.number().int(), state: labelStateSchema.nullable() });
const labelOrigin = z.enum(["manual", "suggestion"]).default("manual");

const labelResult = z.object({
  patches: z.array(patchItemSchema),
  undoDepth: z.number().int(),
  redoDepth: z.number().int(),
});

/** renderer ⇄ main. JSON values only (it also runs over a WebSocket); pictures come from the image endpoint. */
export const appContract = defineContract({
  calls: {
    "app.info": defineCall(
      nothing,
      z.object({
        version: z.string(),
        host: z.enum(["electron", "serve", "test"]),
        platform: z.string(),
        /** Prefix of picture URLs: `${imageBase}/patch/ID?composite=…&size=…&project=…`. */
        imageBase: z.string(),
        hasNativeDialogs: z.boolean(),
        preferences: preferencesSchema,
        project: projectSummarySchema.nullable(),
        jobs: z.array(jobSchema),
      }),
    ),
    /** Starts the engine if need be; slow the first time. */
    "app.engine": defineCall(
      nothing,
      z.object({
        backend: backendStatusSchema,
        encoders: z.array(registryEntrySchema),
        queryFunctions: z.array(registryEntrySchema),
      }),
    ),
    "preferences.set": defineCall(
      preferencesSchema.pick({ annotator: true, colorScheme: true }).partial(),
      preferencesSchema,
    ),
    "jobs.cancel": defineCall(z.object({ jobId: z.string() }), z.object({ cancelled: z.boolean() })),
    "jobs.dismiss": defineCall(z.object({ jobId: z.string() }), nothing),

    /** The machine's own folder dialog; null when cancelled or when the host has none. */
    "folders.choose": defineCall(
      z.object({ title: z.string(), purpose: z.enum(["source", "project", "parent", "export"]) }),
      z.object({ folder: z.string().nullable() }),
    ),
    /** For the in-app folder browser. Without a path: the user's home. */
    "folders.list": defineCall(
      z.object({ folder: z.string().nullable(), withFiles: z.boolean().default(false) }),
      z.object({
        folder: z.string(),
        parent: z.string().nullable(),
        entries: z.array(
          z.object({ name: z.string(), path: z.string(), kind: z.enum(["folder", "project", "file"]) }),
        ),
        /** Raster files directly in this folder. */
        rasters: z.number().int(),
      }),
    ),
    /** Reads headers below a folder (a sample when there are very many), with progress and cancel. */
    "sources.preview": defineCall(z.object({ folder: path }), sourcePreviewSchema),
    /** The open project's sources, with what their last scans found. */
    "sources.list": defineCall(nothing, z.array(sourceStatusSchema)),
    /**
     * Compares a source's folder with the project's index, with progress and cancel; changes nothing. Reads
     * directory entries, and files only where their time is another. `changes` is null while the folder is missing.
     */
    "sources.check": defineCall(
      z.object({ id: sourceId }),
      z.object({ source: sourceStatusSchema, changes: sourceChangesSchema.nullable() }),
    ),
    /**
     * Says where a source's folder is now. Names, sizes and the content of a sample are compared first; where the
     * verdict is "partly", nothing is changed unless `acceptPartial`; "other" is never accepted. Patches, labels and
     * embeddings stay as they are.
     */
    "sources.relocate": defineCall(
      z.object({ id: sourceId, folder: path, acceptPartial: z.boolean().default(false) }),
      z.object({ relocated: z.boolean(), check: relocationCheckSchema, source: sourceStatusSchema }),
    ),
    /** Scans one source again, as `projects.rescan` does with all of them; continues an interrupted scan. */
    "sources.rescan": defineCall(z.object({ id: sourceId }), jobStarted),

    "projects.create": defineCall(
      z.object({
        /** Folder that will hold NAME.fieldmark. */
        parent: path,
        name: z.string().trim().min(1).max(100),
        kind: projectKindSchema,
        source: path,
        grid: gridSchema,
        classes: z.array(classInputSchema),
        /** Takes over the labels and splits of the preview's known archive; no classes = the archive's. */
        importKnown: z.boolean().default(false),
        /** Splits to draw at once; null = none. Not together with the splits of a known archive. */
        splits: splitRequestSchema.nullable().default(null),
      }),
      jobStarted,
    ),
    "projects.demo": defineCall(z.object({ parent: path.optional() }), jobStarted),
    "projects.open": defineCall(z.object({ folder: path }), projectSummarySchema),
    "projects.close": defineCall(nothing, nothing),
    "projects.forget": defineCall(z.object({ folder: path }), preferencesSchema),
    "projects.summary": defineCall(nothing, projectSummarySchema.nullable()),
    "projects.rescan": defineCall(nothing, jobStarted),
    "projects.settings": defineCall(projectSettingsSchema.partial(), projectSummarySchema),

    "taxonomy.presets": defineCall(
      nothing,
      z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          description: z.string(),
          classes: z.array(classInputSchema),
        }),
      ),
    ),
    /** Replaces the class list; a class with labels may be renamed but not left out. */
    "taxonomy.save": defineCall(
      z.object({ classes: z.array(classInputSchema).max(500) }),
      projectSummarySchema,
    ),

    "patches.page": defineCall(
      z.object({
        filter: patchFilterSchema,
        offset: z.number().int().nonnegative(),
        limit: z.number().int().min(1).max(500),
      }),
      z.object({ total: z.number().int(), items: z.array(patchItemSchema) }),
    ),
    "patches.get": defineCall(z.object({ id: patchId }), patchDetailSchema),
    /** Raw values for the spectral profile: mean per band over the patch, in sample values. */
    "patches.profile": defineCall(
      z.object({ id: patchId }),
      z.object({
        bands: z.array(z.object({ name: z.string(), mean: z.number(), standardDeviation: z.number() })),
      }),
    ),

    /** One user action = one step of undo, whatever the number of changes. */
    "labels.set": defineCall(
      z.object({ changes: z.array(labelChange).min(1).max(20_000), origin: labelOrigin }),
      labelResult,
    ),
    /**
     * Sets (or takes back) "reviewed"; untouched classes become absent when the project says so.
     * What is to be labelled `first` belongs to the same step of undo.
     */
    "labels.confirm": defineCall(
      z.object({
        patchIds: z.array(patchId).min(1),
        confirmed: z.boolean(),
        first: z.object({ changes: z.array(labelChange).max(20_000), origin: labelOrigin }).optional(),
      }),
      labelResult,
    ),
    "labels.skip": defineCall(
      z.object({ patchIds: z.array(patchId).min(1), skipped: z.boolean() }),
      labelResult,
    ),
    "labels.flag": defineCall(
      z.object({ patchIds: z.array(patchId).min(1), flagged: z.boolean() }),
      labelResult,
    ),
    "labels.undo": defineCall(nothing, labelResult),
    "labels.redo": defineCall(nothing, labelResult),
    "labels.import": defineCall(
      z.object({ file: path, format: z.enum(["ucmerced", "csv"]), splits: path.optional() }),
      jobStarted,
    ),

    /** Encode what is missing, train on what is labelled, query: one job; labelling goes on meanwhile. */
    "rounds.next": defineCall(
      z.object({
        function: z.string(),
        options: optionValuesSchema.default({}),
        budget: z.number().int().min(1).max(10_000),
      }),
      jobStarted,
    ),
    /** Trains on everything labelled so far, without a new query. */
    "rounds.train": defineCall(nothing, jobStarted),
    "rounds.list": defineCall(
      nothing,
      z.object({ rounds: z.array(roundSchema), curve: z.array(curvePointSchema) }),
    ),

    /**
     * How good the newest model is on what was drawn at random, what more rounds are expected to add, and what active
     * learning gained. Quick: from the labels and what was kept of each model.
     */
    "evaluation.summary": defineCall(nothing, evaluationSummarySchema),
    /**
     * Trains on actively chosen and on as many random labels and compares; the result is part of the summary.
     * Fails with `no-labels` while there are too few.
     */
    "evaluation.compare": defineCall(nothing, jobStarted),

    /** The project's splits as they are, and whether they leak; null where it has none. */
    "splits.current": defineCall(nothing, splitReportSchema.nullable()),
    /** Draws splits without keeping them: how large they get, whether they leak, what they mean for what is labelled. */
    "splits.preview": defineCall(splitRequestSchema, splitPreviewSchema),
    /**
     * Draws the same splits as the preview and keeps them. `invalid-input` where labels, rounds or splits are there
     * already and `understood` does not say that the user knows what it means for them.
     */
    "splits.draw": defineCall(
      splitRequestSchema.extend({ understood: z.boolean().default(false) }),
      jobStarted,
    ),
    /** Takes the splits away: every patch is in the pool again, and the control stream measures. */
    "splits.remove": defineCall(z.object({ understood: z.boolean().default(false) }), projectSummarySchema),

    "exports.formats": defineCall(nothing, z.array(registryEntrySchema)),
    "exports.run": defineCall(
      z.object({ format: z.string(), folder: path, options: optionValuesSchema.default({}) }),
      jobStarted,
    ),
  },
  events: {
    job: jobSchema,
    /** Counts, settings, sources or classes changed. */
    project: projectSummarySchema.nullable(),
    /** Labels or predictions of these patches changed ("all" when it is simpler to reload). */
    patches: z.object({ ids: z.union([z.literal("all"), z.array(z.number().int())]) }),
    rounds: z.object({ round: z.number().int().nullable() }),
  },
});
export type AppContract = typeof appContract;
