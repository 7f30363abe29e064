import type { Split } from "../shared/domain/imagery.ts";
import type { PatchStatus } from "../shared/domain/labels.ts";
import type { Connection, SqlValue } from "./connection.ts";
import { hasSplits, type SplitCounts, splitCounts } from "./splits.ts";

/** What the metrics are computed on. */
export type MetricSource = "val" | "control" | "none";

export interface ProjectCounts {
  readonly patches: number;
  readonly confirmed: number;
  readonly skipped: number;
  /** See `trainingIds`. */
  readonly training: number;
  /** See `validationIds`. */
  readonly validation: number;
  readonly splits: SplitCounts;
}

/** Which patches are wanted; every condition given has to hold. */
export interface PatchSelection {
  readonly split?: Split | null;
  readonly status?: PatchStatus;
  readonly sourceId?: number;
  /** Whether the imagery of the patches is gone. */
  readonly missing?: boolean;
}

const NOT_CONTROL = `NOT EXISTS
  (SELECT 1 FROM query_item WHERE query_item.patch_id = patch.id AND query_item.control = 1)`;
const IS_CONTROL = `EXISTS
  (SELECT 1 FROM query_item WHERE query_item.patch_id = patch.id AND query_item.control = 1)`;

export function patchIds(db: Connection, selection: PatchSelection = {}): Int32Array {
  const conditions: string[] = [];
  const values: SqlValue[] = [];
  if (selection.split !== undefined) {
    conditions.push("patch.split IS ?");
    values.push(selection.split);
  }
  if (selection.status !== undefined) {
    conditions.push("review.status = ?");
    values.push(selection.status);
  }
  if (selection.sourceId !== undefined) {
    conditions.push("patch.scene_id IN (SELECT id FROM scene WHERE source_id = ?)");
    values.push(selection.sourceId);
  }
  if (selection.missing !== undefined) {
    conditions.push("patch.missing = ?");
    values.push(Number(selection.missing));
  }
  return ids(db, conditions.length > 0 ? conditions.join(" AND ") : "1", ...values);
}

/** Confirmed patches of the pool that are not in the control stream: what a model may learn from. */
export function trainingIds(db: Connection): Int32Array {
  return ids(db, trainingCondition(db));
}

/** The project's own val split where it has one, else the control stream once some of it is confirmed. */
export function validationSource(db: Connection): MetricSource {
  if (hasValidationSplit(db)) return "val";
  return count(db, validationCondition(db)) > 0 ? "control" : "none";
}

/** Confirmed patches that the metrics are computed on: of the val split, or else of the control stream. */
export function validationIds(db: Connection): Int32Array {
  return ids(db, validationCondition(db));
}

/**
 * Patches of the pool that a query may propose: neither confirmed nor skipped nor in the control stream, with imagery
 * to show.
 */
export function candidateIds(db: Connection): Int32Array {
  return ids(
    db,
    `patch.missing = 0 AND review.status IN ('unseen', 'in-progress') AND ${inPool(db)} AND ${NOT_CONTROL}`,
  );
}

/** All patches that were ever drawn for the control stream, whatever their state. */
export function controlIds(db: Connection): Int32Array {
  return Int32Array.from(
    db.column<number>("SELECT DISTINCT patch_id FROM query_item WHERE control = 1 ORDER BY patch_id"),
  );
}

export function counts(db: Connection): ProjectCounts {
  const byStatus = new Map(
    db
      .all<{ status: PatchStatus; patches: number }>(
        "SELECT status, count(*) AS patches FROM review GROUP BY status",
      )
      .map((row) => [row.status, row.patches]),
  );
  const splits = splitCounts(db);
  return {
    patches: splits.pool + splits.val + splits.test + splits.none,
    confirmed: byStatus.get("confirmed") ?? 0,
    skipped: byStatus.get("skipped") ?? 0,
    training: count(db, trainingCondition(db)),
    validation: count(db, validationCondition(db)),
    splits,
  };
}

function trainingCondition(db: Connection): string {
  return `review.status = 'confirmed' AND ${inPool(db)} AND ${NOT_CONTROL}`;
}

function validationCondition(db: Connection): string {
  const set = hasValidationSplit(db) ? "patch.split = 'val'" : `${inPool(db)} AND ${IS_CONTROL}`;
  return `review.status = 'confirmed' AND ${set}`;
}

function hasValidationSplit(db: Connection): boolean {
  return db.value<number>("SELECT 1 FROM patch WHERE split = 'val' LIMIT 1") !== undefined;
}

function inPool(db: Connection): string {
  return hasSplits(db) ? "patch.split = 'pool'" : "patch.split IS NULL";
}

const FROM_PATCHES = "FROM review JOIN patch ON patch.id = review.patch_id WHERE";

function ids(db: Connection, condition: string, ...values: SqlValue[]): Int32Array {
  return Int32Array.from(
    db.column<number>(`SELECT patch.id ${FROM_PATCHES} ${condition} ORDER BY patch.id`, ...values),
  );
}

function count(db: Connection, condition: string): number {
  return db.value<number>(`SELECT count(*) ${FROM_PATCHES} ${condition}`) ?? 0;
}
