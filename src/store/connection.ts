import type Database from "better-sqlite3";
import { FieldmarkError } from "../shared/errors.ts";
import { projectError } from "./database-errors.ts";

export type SqlValue = string | number | null | Uint8Array;

/**
 * One SQLite connection of a project, synchronous. Keeps prepared statements, joins nested writes
 * into one transaction, and turns the database's errors into sentences about the project's folder.
 * Rows are typed by the caller: the schema's STRICT tables are the check.
 */
export class Connection {
  readonly folder: string;
  /** Why nothing can be written; null for a writable connection. */
  readonly readOnlyReason: string | null;
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();
  readonly #plucked = new Map<string, Database.Statement>();

  constructor(database: Database.Database, folder: string, readOnlyReason: string | null) {
    this.#database = database;
    this.folder = folder;
    this.readOnlyReason = readOnlyReason;
  }

  get<Row>(sql: string, ...values: readonly SqlValue[]): Row | undefined {
    return this.#guard(() => this.#statement(sql).get(...values) as Row | undefined);
  }

  all<Row>(sql: string, ...values: readonly SqlValue[]): Row[] {
    return this.#guard(() => this.#statement(sql).all(...values) as Row[]);
  }

  /** The first column of the first row. */
  value<Value>(sql: string, ...values: readonly SqlValue[]): Value | undefined {
    return this.#guard(() => this.#pluckedStatement(sql).get(...values) as Value | undefined);
  }

  /** The first column of every row. */
  column<Value>(sql: string, ...values: readonly SqlValue[]): Value[] {
    return this.#guard(() => this.#pluckedStatement(sql).all(...values) as Value[]);
  }

  /** Runs a statement that changes something; returns the row id of an insert. */
  run(sql: string, ...values: readonly SqlValue[]): number {
    return this.#guard(() => Number(this.#statement(sql).run(...values).lastInsertRowid));
  }

  /** Number of rows that a statement changed. */
  change(sql: string, ...values: readonly SqlValue[]): number {
    return this.#guard(() => this.#statement(sql).run(...values).changes);
  }

  /** All or nothing, on disk when it returns. Within another write it joins that one. */
  write<Result>(work: () => Result): Result {
    if (this.readOnlyReason !== null) {
      throw new FieldmarkError("read-only", this.readOnlyReason, { details: { folder: this.folder } });
    }
    return this.#guard(() =>
      this.#database.inTransaction ? work() : this.#database.transaction(work).immediate(),
    );
  }

  pragma(text: string): unknown {
    return this.#guard(() => this.#database.pragma(text, { simple: true }));
  }

  close(): void {
    this.#statements.clear();
    this.#plucked.clear();
    this.#database.close();
  }

  #statement(sql: string): Database.Statement {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #pluckedStatement(sql: string): Database.Statement {
    let statement = this.#plucked.get(sql);
    if (!statement) {
      statement = this.#database.prepare(sql).pluck();
      this.#plucked.set(sql, statement);
    }
    return statement;
  }

  #guard<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw projectError(error, this.folder);
    }
  }
}

/** Ids as one SQL parameter, for `json_each(?)`. */
export function idList(ids: Iterable<number>): string {
  return JSON.stringify(Array.from(ids));
}
