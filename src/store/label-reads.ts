import {
  type JournalState,
  LABEL_ABSENT,
  LABEL_MASKED,
  LABEL_PRESENT,
  type LabelOrigin,
  type LabelState,
  type PatchLabels,
} from "../shared/domain/labels.ts";
import { type Connection, idList } from "./connection.ts";
import { classes } from "./taxonomy.ts";

/** One entry of a patch's history, oldest first. */
export interface HistoryEntry {
  readonly classId: number;
  readonly state: JournalState;
  readonly annotator: string;
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly origin: LabelOrigin;
  readonly round: number | null;
}

interface LabelRow {
  readonly patch_id: number;
  readonly class_id: number;
  readonly state: LabelState;
}

const CURRENT_LABELS = `
  SELECT label.patch_id, label.class_id, label.state FROM json_each(?) AS wanted
  CROSS JOIN label ON label.patch_id = wanted.value
  JOIN class ON class.id = label.class_id AND class.retired = 0
  WHERE label.state <> 'cleared'`;

/** Current labels by patch id (every id asked for is a key): class id → state, not reviewed classes missing. */
export function labelsOf(db: Connection, patchIds: Iterable<number>): Map<number, PatchLabels> {
  const wanted = Array.from(patchIds);
  const result = new Map<number, PatchLabels>(wanted.map((id) => [id, {}]));
  for (const row of db.all<LabelRow>(CURRENT_LABELS, idList(wanted))) {
    const labels = result.get(row.patch_id);
    if (labels) labels[String(row.class_id)] = row.state;
  }
  return result;
}

/**
 * Current labels as a matrix, patches × classes, row-major; rows as asked for, columns in the taxonomy's
 * order: 1 present, 0 absent, −1 unsure or not reviewed.
 */
export function labelMatrix(db: Connection, patchIds: Iterable<number>): Int8Array {
  const wanted = Array.from(patchIds);
  const columns = new Map(classes(db).map((one, column) => [one.id, column]));
  const rows = new Map(wanted.map((id, row) => [id, row]));
  const matrix = new Int8Array(wanted.length * columns.size).fill(LABEL_MASKED);
  for (const { patch_id, class_id, state } of db.all<LabelRow>(CURRENT_LABELS, idList(rows.keys()))) {
    if (state === "unsure") continue;
    const at = rows.get(patch_id)! * columns.size + columns.get(class_id)!;
    matrix[at] = state === "present" ? LABEL_PRESENT : LABEL_ABSENT;
  }
  return matrix;
}

/** Class id → patches where the class is present; every class of the taxonomy is a key. */
export function presentCounts(db: Connection): Map<number, number> {
  const counted = new Map(
    db
      .all<{ class_id: number; patches: number }>(
        "SELECT class_id, count(*) AS patches FROM label WHERE state = 'present' GROUP BY class_id",
      )
      .map((row) => [row.class_id, row.patches]),
  );
  return new Map(classes(db).map(({ id }) => [id, counted.get(id) ?? 0]));
}

/** Everything that was ever said about the classes of a patch. */
export function history(db: Connection, patchId: number): HistoryEntry[] {
  return db
    .all<Omit<HistoryEntry, "time"> & { time: number }>(
      `SELECT class_id AS classId, state, annotator, time, origin, round FROM journal
       WHERE patch_id = ? AND class_id IS NOT NULL ORDER BY position`,
      patchId,
    )
    .map((row) => ({ ...row, time: new Date(row.time).toISOString() }));
}
