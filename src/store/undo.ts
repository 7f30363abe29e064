import type { Connection } from "./connection.ts";
import type { EntryState } from "./entry-states.ts";
import { registerOf, untouchedState } from "./entry-states.ts";
import { appendEntries, type EntryRange } from "./journal.ts";
import { current } from "./projection.ts";

/** Remembers one action of an annotator; what was undone before can no longer be redone. */
export function recordStep(db: Connection, annotator: string, range: EntryRange): void {
  db.run("DELETE FROM step WHERE annotator = ? AND undone = 1", annotator);
  db.run(
    "INSERT INTO step (annotator, first_entry, last_entry) VALUES (?, ?, ?)",
    annotator,
    range.first,
    range.last,
  );
}

/** Steps that can be taken back, newest first, or brought again. */
export function undoDepth(db: Connection, annotator: string): number {
  return depth(db, annotator, 0);
}
export function redoDepth(db: Connection, annotator: string): number {
  return depth(db, annotator, 1);
}

function depth(db: Connection, annotator: string, undone: 0 | 1): number {
  return (
    db.value<number>("SELECT count(*) FROM step WHERE annotator = ? AND undone = ?", annotator, undone) ?? 0
  );
}

/**
 * Takes back the annotator's newest step (or brings back the one undone last) by appending entries of
 * origin `undo`. What another annotator, an import or a merge has changed since stays as it is.
 *
 * @returns ids of the patches that changed; empty when there was nothing to do
 */
export function undo(db: Connection, replica: number, annotator: string, time: number): number[] {
  return revert(db, replica, annotator, time, 0);
}
export function redo(db: Connection, replica: number, annotator: string, time: number): number[] {
  return revert(db, replica, annotator, time, 1);
}

interface StepRow {
  readonly id: number;
  readonly first_entry: number;
  readonly last_entry: number;
}

interface WrittenEntry {
  readonly patch_id: number;
  readonly class_id: number | null;
  readonly state: EntryState;
  readonly round: number | null;
  readonly before: EntryState | null;
}

/** Steps of which nothing is left to revert are dropped on the way. */
function revert(db: Connection, replica: number, annotator: string, time: number, undone: 0 | 1): number[] {
  return db.write(() => {
    for (;;) {
      const step = db.get<StepRow>(
        `SELECT id, first_entry, last_entry FROM step WHERE annotator = ? AND undone = ?
         ORDER BY id ${undone ? "ASC" : "DESC"} LIMIT 1`,
        annotator,
        undone,
      );
      if (!step) return [];
      const patchIds = revertStep(db, replica, annotator, time, step, undone);
      if (patchIds.length > 0) return patchIds;
    }
  });
}

/** Undo and redo are the same act: put back what the step's last entries superseded. */
function revertStep(
  db: Connection,
  replica: number,
  annotator: string,
  time: number,
  step: StepRow,
  undone: 0 | 1,
): number[] {
  // Backwards, so that two entries on one register end at the state before the first.
  const entries = db.all<WrittenEntry>(
    `SELECT entry.patch_id, entry.class_id, entry.state, entry.round, before.state AS before
       FROM journal AS entry LEFT JOIN journal AS before ON before.uuid = entry.supersedes
       LEFT JOIN class ON class.id = entry.class_id
       WHERE entry.position BETWEEN ? AND ? AND coalesce(class.retired, 0) = 0
       ORDER BY entry.position DESC`,
    step.first_entry,
    step.last_entry,
  );
  const changed = new Set<number>();
  const range = appendEntries(db, replica, time, (append) => {
    for (const entry of entries) {
      const register = registerOf(entry.patch_id, entry.class_id, entry.state);
      const now = current(db, register);
      if (now?.state !== entry.state || now.annotator !== annotator || now.origin === "import") continue;
      append({
        patchId: entry.patch_id,
        classId: entry.class_id,
        state: entry.before ?? untouchedState(register),
        annotator,
        origin: "undo",
        round: entry.round,
      });
      changed.add(entry.patch_id);
    }
  });
  if (range === null) db.run("DELETE FROM step WHERE id = ?", step.id);
  else {
    db.run(
      "UPDATE step SET undone = ?, first_entry = ?, last_entry = ? WHERE id = ?",
      1 - undone,
      range.first,
      range.last,
      step.id,
    );
  }
  return [...changed];
}
