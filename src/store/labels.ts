import type { LabelState } from "../shared/domain/labels.ts";
import { FieldmarkError } from "../shared/errors.ts";
import type { Connection } from "./connection.ts";
import { type Authorship, appendEntries, type NewEntry } from "./journal.ts";
import { recordStep } from "./undo.ts";

/** One class on one patch; state null takes the label back to "not reviewed". */
export interface LabelChange {
  readonly patchId: number;
  readonly classId: number;
  readonly state: LabelState | null;
}

/** All labels that a file gives for one patch; classes that it doesn't name keep what they have. */
export interface ImportedLabels {
  readonly patchId: number;
  readonly states: readonly { readonly classId: number; readonly state: LabelState }[];
}

/**
 * Changes labels: one transaction, one step of undo. In a single-label project a class that becomes
 * present makes the class that was present absent (origin `implied`).
 *
 * @throws FieldmarkError not-found, unknown-class; then nothing was changed
 */
export function changeLabels(
  db: Connection,
  replica: number,
  changes: readonly LabelChange[],
  author: Authorship,
  time: number,
): void {
  db.write(() => {
    const range = appendEntries(db, replica, time, (append) => appendChanges(db, changes, author, append));
    if (range !== null) recordStep(db, author.annotator, range);
  });
}

/** The entries of `changeLabels`, as part of a batch. */
export function appendChanges(
  db: Connection,
  changes: readonly LabelChange[],
  author: Authorship,
  append: (entry: NewEntry) => void,
): void {
  const exclusive = isSingleLabel(db);
  for (const change of changes) {
    if (exclusive && change.state === "present") makeOthersAbsent(db, change, author, append);
    append({ ...author, ...change, state: change.state ?? "cleared" });
  }
}

/**
 * Takes over labels from a file, in one transaction, and confirms their patches. Not a step of undo.
 *
 * @returns number of journal entries written
 * @throws FieldmarkError not-found, unknown-class, or invalid-input where a patch of a single-label project
 *   would have several present classes; then nothing was imported
 */
export function importLabels(
  db: Connection,
  replica: number,
  imported: Iterable<ImportedLabels>,
  author: { readonly annotator: string; readonly round: number | null; readonly confirm: boolean },
  time: number,
): number {
  return db.write(() => {
    const exclusive = isSingleLabel(db);
    const common = { annotator: author.annotator, round: author.round, origin: "import" } as const;
    const range = appendEntries(db, replica, time, (append) => {
      for (const { patchId, states } of imported) {
        const present = states.find(({ state }) => state === "present");
        if (exclusive && present) {
          if (states.some((other) => other.state === "present" && other.classId !== present.classId)) {
            throw new FieldmarkError(
              "invalid-input",
              `The patch ${nameOf(db, patchId)} has several classes in the file, but the project allows one class a patch. Correct the file, or make a multi-label project.`,
              { details: { patchId } },
            );
          }
          makeOthersAbsent(db, { patchId, classId: present.classId }, common, append);
        }
        for (const { classId, state } of states) append({ ...common, patchId, classId, state });
        if (author.confirm) append({ ...common, patchId, classId: null, state: "confirmed" });
      }
    });
    return range === null ? 0 : range.last - range.first + 1;
  });
}

function isSingleLabel(db: Connection): boolean {
  return db.value<string>("SELECT kind FROM project") === "single-label";
}

function makeOthersAbsent(
  db: Connection,
  { patchId, classId }: { readonly patchId: number; readonly classId: number },
  author: Omit<Authorship, "origin">,
  append: (entry: NewEntry) => void,
): void {
  for (const other of db.column<number>(
    "SELECT class_id FROM label WHERE patch_id = ? AND state = 'present' AND class_id <> ?",
    patchId,
    classId,
  )) {
    append({ ...author, origin: "implied", patchId, classId: other, state: "absent" });
  }
}

function nameOf(db: Connection, patchId: number): string {
  return db.value<string>("SELECT name FROM patch WHERE id = ?", patchId) ?? String(patchId);
}
