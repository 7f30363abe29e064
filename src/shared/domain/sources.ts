import { z } from "zod";

/** Lists of paths that are shown hold at most this many; the counts beside them are of all. */
export const LISTED_PATHS = 200;

/** Files of one kind: how many, and the paths of the first ones, sorted, relative to the source's folder. */
const listedFilesSchema = z.object({
  count: z.number().int().nonnegative(),
  paths: z.array(z.string()),
});
export type ListedFiles = z.infer<typeof listedFilesSchema>;

/** How a folder's raster files compare with what the project's index says of them. */
export const sourceChangesSchema = z.object({
  /** Raster files that are there now. */
  files: z.number().int().nonnegative(),
  unchanged: z.number().int().nonnegative(),
  new: listedFilesSchema,
  /** Other content: another size, or the same size and another fingerprint; or what lies beside them changed. */
  changed: listedFilesSchema,
  /** Another time, but the same content: copied or restored. Nothing follows. */
  touched: listedFilesSchema,
  /** In the index but not in the folder any more. */
  missing: listedFilesSchema,
});
export type SourceChanges = z.infer<typeof sourceChangesSchema>;

/** What one finished scan of a source found and did. A scan that was interrupted and continued counts as one. */
export const scanReportSchema = z.object({
  /** ISO time at which it ended. */
  finishedAt: z.string(),
  seconds: z.number().nonnegative(),
  changes: sourceChangesSchema,
  /** Files whose header was read; 0 on a second scan of an unchanged folder. */
  headersRead: z.number().int().nonnegative(),
  /** Files and folders that could not be used, see the source's list. */
  unreadable: z.number().int().nonnegative(),
  scenes: z.object({
    /** In the source now, missing ones included. */
    total: z.number().int().nonnegative(),
    added: z.number().int().nonnegative(),
    changed: z.number().int().nonnegative(),
    missing: z.number().int().nonnegative(),
  }),
  patches: z.object({
    added: z.number().int().nonnegative(),
    /** Windows that were left out because they hold too much nodata or are otherwise not usable. */
    leftOut: z.number().int().nonnegative(),
    /** Those of them that a quality layer calls cloudy; missing in reports of earlier versions. */
    cloudy: z.number().int().nonnegative().optional(),
    /** Patches whose pixels changed: their embeddings are computed again, their labels stay as they are. */
    changed: z.number().int().nonnegative(),
    /** Patches that can't be shown because their imagery is missing now; their labels stay as they are. */
    missing: z.number().int().nonnegative(),
  }),
});
export type ScanReport = z.infer<typeof scanReportSchema>;

/** A source as its panel shows it. */
export const sourceStatusSchema = z.object({
  id: z.number().int(),
  name: z.string(),
  folder: z.string(),
  /** "missing": the folder is not where it was. It may have been moved, or its drive may not be connected. */
  state: z.enum(["available", "missing"]),
  /** Raster files in the project's index. */
  files: z.number().int().nonnegative(),
  /** Their size together. */
  bytes: z.number().nonnegative(),
  scenes: z.number().int().nonnegative(),
  patches: z.number().int().nonnegative(),
  /** Patches that can't be shown because files of their scenes were missing at the last scan. */
  missingPatches: z.number().int().nonnegative(),
  unreadable: z.array(z.object({ path: z.string(), message: z.string() })),
  /** "unfinished": a scan was interrupted; the next one goes on where it stopped. */
  scan: z.enum(["never", "unfinished", "finished"]),
  /** The last scan that finished; null before the first. Projects of earlier versions have none at first. */
  lastScan: scanReportSchema.nullable(),
});
export type SourceStatus = z.infer<typeof sourceStatusSchema>;

/** Whether another folder holds the files of a source. */
export const relocationCheckSchema = z.object({
  /** The folder that was compared: the one asked for, or the source's own folder found inside it. */
  folder: z.string(),
  /**
   * "same": the names are all there and every file looked into has the content known. "partly": some names are
   * missing, but whatever is there is right. "other": nothing, or something else, lies under those names.
   */
  verdict: z.enum(["same", "partly", "other"]),
  /** Files in the project's index, and those of them that are there under the same name and with the same size. */
  files: z.number().int().nonnegative(),
  found: z.number().int().nonnegative(),
  /** Files whose content was compared by fingerprint, and those of them that differ. */
  sampled: z.number().int().nonnegative(),
  different: z.number().int().nonnegative(),
  /** Some paths that are missing there or have another size or content. */
  examples: z.array(z.string()),
  /** All this in a sentence or two for the user, with what to do. */
  message: z.string(),
});
export type RelocationCheck = z.infer<typeof relocationCheckSchema>;
