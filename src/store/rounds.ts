import {
  type OptionValues,
  optionValuesSchema,
  type QueryExplanation,
  queryExplanationSchema,
} from "../shared/domain/learning.ts";
import type { Round } from "../shared/domain/project.ts";
import { FieldmarkError } from "../shared/errors.ts";
import type { Connection } from "./connection.ts";

/** A patch of a query. */
export interface QueryItem {
  readonly patchId: number;
  /** Position in the query, from 0. */
  readonly rank: number;
  /** Larger = queried more urgently; NaN where the function gives none. */
  readonly score: number;
  /** One sentence: why the patch is in the query. */
  readonly reason: string;
  /** The facts behind it; missing or null where none are known. */
  readonly explanation?: QueryExplanation | null;
  /** Drawn at random for the control stream. */
  readonly control: boolean;
}

export interface NewRound {
  readonly function: string;
  readonly options: OptionValues;
  readonly budget: number;
  /** The model that scored the candidates; null where none did. */
  readonly modelId: string | null;
  readonly items: readonly QueryItem[];
}

export interface StoredRound extends Round {
  readonly options: OptionValues;
}

/** Saves a query as the next round (numbers from 0). */
export function createRound(db: Connection, round: NewRound): StoredRound {
  return db.write(() => {
    const number = (db.value<number | null>("SELECT max(number) FROM round") ?? -1) + 1;
    db.run(
      "INSERT INTO round (number, function, options, budget, model_id, created_at) VALUES (?, ?, ?, ?, ?, ?)",
      number,
      round.function,
      JSON.stringify(optionValuesSchema.parse(round.options)),
      round.budget,
      round.modelId,
      new Date().toISOString(),
    );
    for (const item of round.items) {
      db.run(
        "INSERT INTO query_item (round, patch_id, rank, score, reason, explanation, control) VALUES (?, ?, ?, ?, ?, ?, ?)",
        number,
        item.patchId,
        item.rank,
        item.score,
        item.reason,
        item.explanation ? JSON.stringify(queryExplanationSchema.parse(item.explanation)) : null,
        item.control ? 1 : 0,
      );
    }
    const created = newestRound(db);
    if (!created) throw new FieldmarkError("internal", `Round ${number} was not saved.`);
    return created;
  });
}

/** A stored explanation; null where there is none, or one of a later version of the program. */
export function parseExplanation(text: string | null): QueryExplanation | null {
  if (text === null) return null;
  const parsed = queryExplanationSchema.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : null;
}

interface RoundRow {
  readonly number: number;
  readonly function: string;
  readonly options: string;
  readonly budget: number;
  readonly model_id: string | null;
  readonly created_at: string;
}

/** All rounds, oldest first. */
export function rounds(db: Connection): StoredRound[] {
  return db.all<RoundRow>("SELECT * FROM round ORDER BY number").map((row) => toRound(db, row));
}

/** Null before the first query. */
export function newestRound(db: Connection): StoredRound | null {
  const row = db.get<RoundRow>("SELECT * FROM round ORDER BY number DESC LIMIT 1");
  return row ? toRound(db, row) : null;
}

/** Number of the newest round, the one that labels are given in; null before the first query. */
export function currentRound(db: Connection): number | null {
  return db.value<number | null>("SELECT max(number) FROM round") ?? null;
}

function toRound(db: Connection, row: RoundRow): StoredRound {
  const items = db.all<{ patch_id: number; control: number; status: string }>(
    `SELECT query_item.patch_id, query_item.control, review.status
     FROM query_item JOIN review ON review.patch_id = query_item.patch_id
     WHERE query_item.round = ? ORDER BY query_item.rank`,
    row.number,
  );
  return {
    number: row.number,
    function: row.function,
    options: optionValuesSchema.parse(JSON.parse(row.options)),
    budget: row.budget,
    modelId: row.model_id,
    createdAt: row.created_at,
    patchIds: items.map((item) => item.patch_id),
    controlIds: items.filter((item) => item.control === 1).map((item) => item.patch_id),
    // A skipped patch is dealt with too: a round would otherwise never end.
    done: items.filter((item) => item.status === "confirmed" || item.status === "skipped").length,
  };
}
