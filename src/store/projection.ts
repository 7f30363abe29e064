import type { LabelOrigin } from "../shared/domain/labels.ts";
import type { Connection } from "./connection.ts";
import type { EntryState, Register } from "./entry-states.ts";

/** What the journal says now about one register, and which entry says so. */
export interface Current {
  readonly state: EntryState;
  readonly uuid: Uint8Array;
  readonly annotator: string;
  readonly origin: LabelOrigin;
}

/** Undefined where no entry speaks of the register. */
export function current(db: Connection, register: Register): Current | undefined {
  switch (register.kind) {
    case "class":
      return db.get<Current>(
        `SELECT label.state, journal.uuid, journal.annotator, journal.origin
         FROM label JOIN journal ON journal.position = label.entry
         WHERE label.patch_id = ? AND label.class_id = ?`,
        register.patchId,
        register.classId,
      );
    case "review":
      return db.get<Current>(
        `SELECT review.state, journal.uuid, journal.annotator, journal.origin
         FROM review JOIN journal ON journal.position = review.state_entry WHERE review.patch_id = ?`,
        register.patchId,
      );
    case "flag":
      return db.get<Current>(
        `SELECT review.flag AS state, journal.uuid, journal.annotator, journal.origin
         FROM review JOIN journal ON journal.position = review.flag_entry WHERE review.patch_id = ?`,
        register.patchId,
      );
  }
}

/** Brings the projection up to a new entry, which wins its register. The numbers of labels follow by `changeLabelCounts`. */
export function project(db: Connection, register: Register, state: EntryState, position: number): void {
  switch (register.kind) {
    case "class":
      db.run(
        `INSERT INTO label (patch_id, class_id, state, entry) VALUES (?, ?, ?, ?)
         ON CONFLICT (patch_id, class_id) DO UPDATE SET state = excluded.state, entry = excluded.entry`,
        register.patchId,
        register.classId,
        state,
        position,
      );
      return;
    case "review":
      db.run(
        "UPDATE review SET state = ?, state_entry = ? WHERE patch_id = ?",
        state,
        position,
        register.patchId,
      );
      return;
    case "flag":
      db.run(
        "UPDATE review SET flag = ?, flag_entry = ? WHERE patch_id = ?",
        state,
        position,
        register.patchId,
      );
      return;
  }
}

/** Adds to the numbers of labels of patches; once a batch, since a batch may set many labels of a patch. */
export function changeLabelCounts(db: Connection, changes: ReadonlyMap<number, number>): void {
  for (const [patchId, change] of changes) {
    if (change !== 0) db.run("UPDATE review SET labels = labels + ? WHERE patch_id = ?", change, patchId);
  }
}

/**
 * The winning entry of every register: the latest by (time, replica, sequence). A new entry's time is
 * never before what its replica has seen, so an entry beats all that it supersedes, and the winner does
 * not depend on the order in which journals came together.
 */
const WINNERS = `
  SELECT patch_id, class_id, register, state, position FROM (
    SELECT journal.patch_id, journal.class_id, journal.state, journal.position, journal.register,
      row_number() OVER (
        PARTITION BY journal.patch_id, journal.register, journal.class_id
        ORDER BY journal.time DESC, replica.uuid DESC, journal.sequence DESC
      ) AS place
    FROM (
      SELECT *, CASE WHEN class_id IS NOT NULL THEN 'class'
                     WHEN state IN ('flagged', 'unflagged') THEN 'flag' ELSE 'review' END AS register
      FROM journal
    ) AS journal
    JOIN replica ON replica.number = journal.replica
  ) WHERE place = 1`;

/** Makes the projection anew from the journal alone. */
export function rebuildProjection(db: Connection): void {
  db.write(() => {
    db.run("DELETE FROM label");
    db.run(
      "UPDATE review SET state = 'open', state_entry = NULL, flag = 'unflagged', flag_entry = NULL, labels = 0",
    );
    db.run(
      `INSERT INTO label (patch_id, class_id, state, entry)
       SELECT patch_id, class_id, state, position FROM (${WINNERS}) WHERE register = 'class'`,
    );
    db.run(
      `UPDATE review SET state = winner.state, state_entry = winner.position
       FROM (SELECT * FROM (${WINNERS}) WHERE register = 'review') AS winner
       WHERE winner.patch_id = review.patch_id`,
    );
    db.run(
      `UPDATE review SET flag = winner.state, flag_entry = winner.position
       FROM (SELECT * FROM (${WINNERS}) WHERE register = 'flag') AS winner
       WHERE winner.patch_id = review.patch_id`,
    );
    db.run(
      `UPDATE review SET labels = counted.labels
       FROM (SELECT patch_id, count(*) AS labels FROM label WHERE state <> 'cleared' GROUP BY patch_id) AS counted
       WHERE counted.patch_id = review.patch_id`,
    );
  });
}

/** Number of registers in which the projection differs from what the journal says (0 = sound). */
export function projectionDifferences(db: Connection): number {
  const projected = `
    SELECT patch_id, class_id, 'class' AS register, state, entry AS position FROM label
    UNION ALL SELECT patch_id, NULL, 'review', state, state_entry FROM review WHERE state_entry IS NOT NULL
    UNION ALL SELECT patch_id, NULL, 'flag', flag, flag_entry FROM review WHERE flag_entry IS NOT NULL`;
  const strayReviews = `
    SELECT count(*) FROM review LEFT JOIN
      (SELECT patch_id, count(*) AS labels FROM label WHERE state <> 'cleared' GROUP BY patch_id) AS counted
      ON counted.patch_id = review.patch_id
    WHERE review.labels <> coalesce(counted.labels, 0)
      OR (review.state_entry IS NULL AND review.state <> 'open')
      OR (review.flag_entry IS NULL AND review.flag <> 'unflagged')`;
  return (
    (db.value<number>(`SELECT count(*) FROM (${WINNERS} EXCEPT SELECT * FROM (${projected}))`) ?? 0) +
    (db.value<number>(`SELECT count(*) FROM (SELECT * FROM (${projected}) EXCEPT ${WINNERS})`) ?? 0) +
    (db.value<number>(strayReviews) ?? 0)
  );
}
