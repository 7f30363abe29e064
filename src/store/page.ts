import type { PatchFilter } from "../shared/contracts/app.ts";
import type { Split } from "../shared/domain/imagery.ts";
import type { PatchStatus } from "../shared/domain/labels.ts";
import type { PatchItem } from "../shared/domain/project.ts";
import { assertNever } from "../shared/errors.ts";
import { type Connection, idList, type SqlValue } from "./connection.ts";
import { labelsOf } from "./label-reads.ts";
import { currentRound, parseExplanation } from "./rounds.ts";

/** A patch in a grid, without the model's probabilities. */
export type PatchRow = Omit<PatchItem, "probabilities">;

export interface PatchPage {
  /** Patches that the filter lets through. */
  readonly total: number;
  readonly items: PatchRow[];
}

/** One page of the patches that a filter lets through: in query order for the queue, else by id. */
export function page(db: Connection, filter: PatchFilter, offset: number, limit: number): PatchPage {
  const { from, values, order } = selection(db, filter);
  const total = db.value<number>(`SELECT count(*) ${from}`, ...values) ?? 0;
  const ids = db.column<number>(
    `SELECT review.patch_id ${from} ORDER BY ${order} LIMIT ? OFFSET ?`,
    ...values,
    limit,
    offset,
  );
  return { total, items: items(db, ids) };
}

/** Patches by id, in the order asked for; ids that the project doesn't have are left out. */
export function items(db: Connection, patchIds: Iterable<number>): PatchRow[] {
  const wanted = Array.from(patchIds);
  const labels = labelsOf(db, wanted);
  return db
    .all<ItemRow>(
      `SELECT patch.id, patch.name, patch.width, patch.height, patch.split, patch.missing, review.status, review.flag,
         query_item.round, query_item.rank, query_item.score, query_item.reason, query_item.explanation,
         query_item.control
       FROM json_each(?) AS wanted
       CROSS JOIN patch ON patch.id = wanted.value
       JOIN review ON review.patch_id = patch.id
       LEFT JOIN query_item ON query_item.patch_id = patch.id AND query_item.round =
         (SELECT max(round) FROM query_item AS newer WHERE newer.patch_id = patch.id)
       ORDER BY wanted.id`,
      idList(wanted),
    )
    .map((row) => ({
      id: row.id,
      name: row.name,
      width: row.width,
      height: row.height,
      split: row.split,
      status: row.status,
      flagged: row.flag === "flagged",
      labels: labels.get(row.id) ?? {},
      query:
        row.round === null
          ? null
          : {
              round: row.round,
              rank: row.rank,
              score: row.score ?? 0,
              reason: row.reason,
              explanation: parseExplanation(row.explanation),
              control: row.control === 1,
            },
      ...(row.missing === 1 ? { imageryMissing: true } : {}),
    }));
}

type ItemRow = {
  readonly id: number;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly split: Split | null;
  readonly status: PatchStatus;
  readonly flag: string;
  readonly missing: number;
} & (
  | { readonly round: null }
  | {
      readonly round: number;
      readonly rank: number;
      readonly score: number | null;
      readonly reason: string;
      readonly explanation: string | null;
      readonly control: number;
    }
);

interface Selection {
  /** FROM and WHERE; the tables besides `review` are joined only where the filter needs them. */
  readonly from: string;
  readonly values: readonly SqlValue[];
  readonly order: string;
}

function selection(db: Connection, filter: PatchFilter): Selection {
  const joins: string[] = [];
  const joinValues: SqlValue[] = [];
  const conditions: string[] = [];
  const conditionValues: SqlValue[] = [];

  const round = filter.view === "queue" ? (filter.round ?? currentRound(db) ?? -1) : filter.round;
  if (round !== undefined) {
    joins.push("JOIN query_item ON query_item.patch_id = review.patch_id AND query_item.round = ?");
    joinValues.push(round);
  }
  if (filter.classId !== undefined) {
    joins.push(
      "JOIN label ON label.patch_id = review.patch_id AND label.class_id = ? AND label.state = 'present'",
    );
    joinValues.push(filter.classId);
  }
  const search = filter.search?.trim() ?? "";
  if (search !== "") {
    joins.push("JOIN patch ON patch.id = review.patch_id");
    conditions.push("instr(lower(patch.name), lower(?)) > 0");
    conditionValues.push(search);
  }
  switch (filter.view) {
    case "queue":
    case "all":
      break;
    case "confirmed":
    case "skipped":
    case "unseen":
      conditions.push(`review.status = '${filter.view}'`);
      break;
    case "flagged":
      conditions.push("review.flag = 'flagged'");
      break;
    default:
      assertNever(filter.view);
  }
  const where = conditions.length > 0 ? `WHERE ${conditions.join(" AND ")}` : "";
  return {
    from: `FROM review ${joins.join(" ")} ${where}`,
    values: [...joinValues, ...conditionValues],
    order: filter.view === "queue" ? "query_item.rank, review.patch_id" : "review.patch_id",
  };
}
