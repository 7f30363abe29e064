import { join } from "node:path";
import Database from "better-sqlite3";

/** What a project's database says, read beside the application and without its code. */
export interface ProjectFile {
  /** Patch name → class name → state, of confirmed patches only. */
  readonly confirmed: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Trained models in order: labels that they were trained on, and micro F1 (null = not measured). */
  readonly models: readonly { readonly labeled: number; readonly microF1: number | null }[];
  /** Patch names of each round. */
  readonly rounds: readonly (readonly string[])[];
  /** Labels and reviews in the journal. */
  readonly journalLength: number;
}

interface LabelRow {
  readonly patch: string;
  readonly class: string | null;
  readonly state: string | null;
}

export function readProjectFile(folder: string): ProjectFile {
  const database = new Database(join(folder, "project.sqlite"), { readonly: true, fileMustExist: true });
  try {
    const labels = database
      .prepare<[], LabelRow>(
        `SELECT patch.name AS patch, class.name AS class, label.state AS state
         FROM review JOIN patch ON patch.id = review.patch_id
         LEFT JOIN label ON label.patch_id = patch.id AND label.state <> 'cleared'
         LEFT JOIN class ON class.id = label.class_id
         WHERE review.state = 'confirmed'`,
      )
      .all();
    const confirmed = new Map<string, Map<string, string>>();
    for (const row of labels) {
      const states = confirmed.get(row.patch) ?? new Map<string, string>();
      confirmed.set(row.patch, states);
      if (row.class !== null && row.state !== null) states.set(row.class, row.state);
    }
    const rounds: string[][] = [];
    const items = database
      .prepare<[], { round: number; patch: string }>(
        `SELECT round, patch.name AS patch FROM query_item JOIN patch ON patch.id = patch_id ORDER BY round, rank`,
      )
      .all();
    for (const { round, patch } of items) {
      rounds[round] ??= [];
      rounds[round].push(patch);
    }
    return {
      confirmed,
      rounds,
      models: database
        .prepare<[], { labeled: number; microF1: number | null }>(
          `SELECT labeled, metrics ->> 'microF1' AS microF1 FROM model ORDER BY created_at`,
        )
        .all(),
      journalLength: database.prepare<[], number>("SELECT count(*) FROM journal").pluck().get() ?? 0,
    };
  } finally {
    database.close();
  }
}
