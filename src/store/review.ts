import type { LabelOrigin } from "../shared/domain/labels.ts";
import type { Connection } from "./connection.ts";
import type { FlagState, ReviewState } from "./entry-states.ts";
import { appendEntries, type NewEntry } from "./journal.ts";
import { appendChanges, type LabelChange } from "./labels.ts";
import { readProject } from "./project-record.ts";
import { classes } from "./taxonomy.ts";
import { recordStep } from "./undo.ts";

/** Who reviews, and in which round. */
export interface Reviewer {
  readonly annotator: string;
  readonly round: number | null;
}

type Append = (entry: NewEntry) => void;

/** Labels that are set in the same step as a confirmation, before it. */
export interface LabelsFirst {
  readonly changes: readonly LabelChange[];
  readonly origin: LabelOrigin;
}

/**
 * Confirms patches, or takes that back. Confirming sets untouched classes to absent (origin `implied`)
 * when the project says so, and ends a skip. One step of undo, with the labels that come first.
 */
export function confirmPatches(
  db: Connection,
  replica: number,
  patchIds: readonly number[],
  confirmed: boolean,
  reviewer: Reviewer,
  time: number,
  first?: LabelsFirst,
): void {
  const implied = confirmed && readProject(db)?.settings.confirmImpliesAbsent === true;
  const classIds = implied ? classes(db).map((one) => one.id) : [];
  reviewStep(db, replica, reviewer, time, (append) => {
    if (first) appendChanges(db, first.changes, { ...reviewer, origin: first.origin }, append);
    for (const patchId of patchIds) {
      const touched = new Set(
        classIds.length === 0
          ? []
          : db.column<number>(
              "SELECT class_id FROM label WHERE patch_id = ? AND state <> 'cleared'",
              patchId,
            ),
      );
      for (const classId of classIds) {
        if (touched.has(classId)) continue;
        append({ ...reviewer, origin: "implied", patchId, classId, state: "absent" });
      }
      setReview(db, append, reviewer, patchId, "confirmed", confirmed);
    }
  });
}

/** Puts patches aside, or takes that back. Skipping ends a confirmation; labels stay. One step of undo. */
export function skipPatches(
  db: Connection,
  replica: number,
  patchIds: readonly number[],
  skipped: boolean,
  reviewer: Reviewer,
  time: number,
): void {
  reviewStep(db, replica, reviewer, time, (append) => {
    for (const patchId of patchIds) setReview(db, append, reviewer, patchId, "skipped", skipped);
  });
}

/** Flags patches for a second look, or takes that back. One step of undo. */
export function flagPatches(
  db: Connection,
  replica: number,
  patchIds: readonly number[],
  flagged: boolean,
  reviewer: Reviewer,
  time: number,
): void {
  const state: FlagState = flagged ? "flagged" : "unflagged";
  reviewStep(db, replica, reviewer, time, (append) => {
    for (const patchId of patchIds) append({ ...reviewer, origin: "manual", patchId, classId: null, state });
  });
}

/** Taking back a state that the patch is not in changes nothing. */
function setReview(
  db: Connection,
  append: Append,
  reviewer: Reviewer,
  patchId: number,
  state: ReviewState,
  on: boolean,
): void {
  if (!on && db.value<string>("SELECT state FROM review WHERE patch_id = ?", patchId) !== state) return;
  append({ ...reviewer, origin: "manual", patchId, classId: null, state: on ? state : "open" });
}

function reviewStep(
  db: Connection,
  replica: number,
  reviewer: Reviewer,
  time: number,
  produce: (append: Append) => void,
): void {
  db.write(() => {
    const range = appendEntries(db, replica, time, produce);
    if (range !== null) recordStep(db, reviewer.annotator, range);
  });
}
