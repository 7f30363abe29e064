import type { AppContract } from "../../shared/contracts/app.ts";
import type { CallName } from "../../shared/rpc/contract.ts";

/**
 * Calls that may be sent again when the connection was lost before their answer came: those that only
 * read, and those that set something to a given state. Undo, and whatever starts a job, are not among them.
 */
export const REPEATABLE_CALLS: ReadonlySet<CallName<AppContract>> = new Set<CallName<AppContract>>([
  "app.info",
  "app.engine",
  "preferences.set",
  "jobs.cancel",
  "jobs.dismiss",
  "folders.list",
  "sources.preview",
  "sources.list",
  "sources.check",
  "projects.open",
  "projects.close",
  "projects.forget",
  "projects.summary",
  "projects.settings",
  "taxonomy.presets",
  "patches.page",
  "patches.get",
  "patches.profile",
  "labels.set",
  "labels.confirm",
  "labels.skip",
  "labels.flag",
  "rounds.list",
  "splits.current",
  "splits.preview",
  "exports.formats",
]);
