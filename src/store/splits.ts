import type { Split } from "../shared/domain/imagery.ts";
import type { Connection } from "./connection.ts";
import { missingPatch } from "./imagery.ts";

export interface SplitAssignment {
  readonly patchId: number;
  readonly split: Split;
}

export interface SplitCounts {
  readonly pool: number;
  readonly val: number;
  readonly test: number;
  /** Without a split; in a project without splits that is every patch. */
  readonly none: number;
}

/** Replaces the project's splits. Patches that are not named stay out of queries, training and metrics. */
export function setSplits(db: Connection, assignments: readonly SplitAssignment[]): void {
  db.write(() => {
    db.run("UPDATE patch SET split = NULL WHERE split IS NOT NULL");
    for (const { patchId, split } of assignments) {
      if (db.change("UPDATE patch SET split = ? WHERE id = ?", split, patchId) === 0)
        throw missingPatch(patchId);
    }
    db.run("UPDATE project SET has_splits = ?", assignments.length > 0 ? 1 : 0);
  });
}

export function splitCounts(db: Connection): SplitCounts {
  const counts = { pool: 0, val: 0, test: 0, none: 0 };
  for (const row of db.all<{ split: Split | null; patches: number }>(
    "SELECT split, count(*) AS patches FROM patch GROUP BY split",
  )) {
    counts[row.split ?? "none"] = row.patches;
  }
  return counts;
}

export function hasSplits(db: Connection): boolean {
  return db.value<number>("SELECT has_splits FROM project") === 1;
}
