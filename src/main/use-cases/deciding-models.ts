import type { ModelRecord } from "../../store/models.ts";
import type { ProjectStore } from "../../store/project-store.ts";
import { loadDecisions, type ModelDecisions } from "../model-decisions.ts";
import { modelFolder } from "./project-folder.ts";

/** A stored model and what it says of the patches. */
export interface DecidingModel {
  readonly record: ModelRecord;
  readonly decisions: ModelDecisions;
}

/** More than these say nothing more of a curve, and each has to be read. */
const MOST_MODELS = 40;

/**
 * The models whose decisions were kept and that know the newest one's classes, by the number of labels; of models with
 * as many labels the last one. The newest model is the last, unless labels were taken back since: those that saw more
 * labels than it are left out.
 */
export async function decidingModels(store: ProjectStore): Promise<DecidingModel[]> {
  const newest = store.newestModel();
  if (!newest) return [];
  const classes = newest.classIds.join();
  const byLabels = new Map(
    store
      .models()
      .filter(({ classIds, labeled }) => classIds.join() === classes && labeled <= newest.labeled)
      .map((record) => [record.labeled, record]),
  );
  const records = [...byLabels.values()].sort((a, b) => a.labeled - b.labeled).slice(-MOST_MODELS);
  const read = await Promise.all(
    records.map(async (record) => {
      const decisions = await loadDecisions(modelFolder(store.paths.folder, record.id));
      return decisions ? { record, decisions } : null;
    }),
  );
  return read.filter((model) => model !== null);
}

/** Decisions of some patches that the model has an opinion of, ids.length × classes. */
export function decisionRows(
  { ids: known, decisions, classIds }: ModelDecisions,
  ids: Int32Array,
): Uint8Array {
  const classes = classIds.length;
  const rows = new Map(Array.from(known, (id, row) => [id, row]));
  const found = new Uint8Array(ids.length * classes);
  ids.forEach((id, at) => {
    const row = rows.get(id) ?? 0;
    found.set(decisions.subarray(row * classes, (row + 1) * classes), at * classes);
  });
  return found;
}
