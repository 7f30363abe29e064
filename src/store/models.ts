import { z } from "zod";
import { type Metrics, metricsSchema } from "../shared/domain/learning.ts";
import type { Connection } from "./connection.ts";
import type { MetricSource } from "./sets.ts";

/** A trained classifier; its files lie in the project's `models/` folder. */
export interface ModelRecord {
  readonly id: string;
  /** The newest round when it was trained. */
  readonly round: number;
  /** Query function of that round; null for a model trained without a query. */
  readonly function: string | null;
  readonly encoder: string;
  readonly head: string;
  /** Relative to the project's folder, with forward slashes. */
  readonly folder: string;
  /** Classes in the order of the model's outputs. */
  readonly classIds: readonly number[];
  /** Patches that it was trained on. */
  readonly labeled: number;
  readonly metrics: Metrics | null;
  readonly metricSource: MetricSource;
  readonly trainSeconds: number;
  /** The newest journal entry when training began. */
  readonly journalPosition: number;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

export type NewModel = Omit<ModelRecord, "createdAt">;

export function addModel(db: Connection, model: NewModel): void {
  db.write(() =>
    db.run(
      `INSERT INTO model (id, round, function, encoder, head, folder, class_ids, labeled, metrics, metric_source,
         train_seconds, journal_position, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      model.id,
      model.round,
      model.function,
      model.encoder,
      model.head,
      model.folder,
      JSON.stringify(model.classIds),
      model.labeled,
      model.metrics === null ? null : JSON.stringify(model.metrics),
      model.metricSource,
      model.trainSeconds,
      model.journalPosition,
      new Date().toISOString(),
    ),
  );
}

type ModelRow = Omit<ModelRecord, "classIds" | "metrics"> & { classIds: string; metrics: string | null };

const MODELS = `
  SELECT id, round, function, encoder, head, folder, class_ids AS classIds, labeled, metrics,
    metric_source AS metricSource, train_seconds AS trainSeconds, journal_position AS journalPosition,
    created_at AS createdAt
  FROM model`;

/** All models, oldest first: the points of the curve. */
export function models(db: Connection): ModelRecord[] {
  return db.all<ModelRow>(`${MODELS} ORDER BY rowid`).map(toModel);
}

/** Null before the first training. */
export function newestModel(db: Connection): ModelRecord | null {
  const row = db.get<ModelRow>(`${MODELS} ORDER BY rowid DESC LIMIT 1`);
  return row ? toModel(row) : null;
}

function toModel(row: ModelRow): ModelRecord {
  return {
    ...row,
    classIds: z.array(z.number().int()).parse(JSON.parse(row.classIds)),
    metrics: row.metrics === null ? null : metricsSchema.parse(JSON.parse(row.metrics)),
  };
}
