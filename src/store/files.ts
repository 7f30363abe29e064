import { type ScanReport, scanReportSchema } from "../shared/domain/sources.ts";
import { checked } from "./checked.ts";
import type { Connection } from "./connection.ts";

/** A raster file of a source as the index knows it. */
export interface StoredFile {
  /** Relative to the source's folder, with forward slashes. */
  readonly path: string;
  readonly bytes: number;
  /** Modification time in milliseconds. */
  readonly modified: number;
  /** Sizes and times of the files beside it that belong to it. */
  readonly beside: string;
  /** SHA-256 in hex; null where the file could not be read. */
  readonly fingerprint: string | null;
  /** What the header says, as JSON, without the geotransform; null with a problem. */
  readonly facts: string | null;
  /** Six numbers as JSON. */
  readonly geotransform: string | null;
  /** Why it can't be used, in a sentence. */
  readonly problem: string | null;
  /** Version of the header reader. */
  readonly reader: number;
}

/** What a scan found out about a file and what is still to be acted on. */
export type PendingChange = "new" | "changed" | "touched";

export interface FileEntry extends StoredFile {
  readonly pending: PendingChange | null;
  readonly missing: boolean;
}

/** How far the scans of a source came. */
export interface ScanState {
  readonly unfinished: boolean;
  /** Of the last scan that finished. */
  readonly report: ScanReport | null;
}

/** The whole index of a source, by path. */
export function filesOf(db: Connection, sourceId: number): FileEntry[] {
  const facts = new Map(
    db.all<{ id: number; facts: string }>("SELECT id, facts FROM header").map((row) => [row.id, row.facts]),
  );
  return db
    .all<Omit<FileEntry, "facts" | "missing"> & { header_id: number | null; missing: number }>(
      `SELECT path, bytes, modified, beside, lower(hex(fingerprint)) AS fingerprint, header_id, geotransform, problem,
         reader, pending, missing FROM file WHERE source_id = ? ORDER BY path`,
      sourceId,
    )
    .map(({ header_id, fingerprint, missing, ...row }) => ({
      ...row,
      // hex() of NULL is an empty text.
      fingerprint: fingerprint === "" ? null : fingerprint,
      facts: header_id === null ? null : (facts.get(header_id) ?? null),
      missing: missing === 1,
    }));
}

/** Adds or replaces entries. */
export function saveFiles(
  db: Connection,
  sourceId: number,
  files: readonly { readonly file: StoredFile; readonly pending: PendingChange | null }[],
): void {
  db.write(() => {
    for (const { file, pending } of files) {
      db.run(
        `INSERT INTO file (source_id, path, bytes, modified, beside, fingerprint, header_id, geotransform, problem,
           reader, pending, missing)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
         ON CONFLICT DO UPDATE SET bytes = excluded.bytes, modified = excluded.modified, beside = excluded.beside,
           fingerprint = excluded.fingerprint, header_id = excluded.header_id, geotransform = excluded.geotransform,
           problem = excluded.problem, reader = excluded.reader, pending = excluded.pending, missing = 0`,
        sourceId,
        file.path,
        file.bytes,
        file.modified,
        file.beside,
        file.fingerprint === null ? null : Buffer.from(file.fingerprint, "hex"),
        file.facts === null ? null : headerId(db, file.facts),
        file.geotransform,
        file.problem,
        file.reader,
        pending,
      );
    }
  });
}

function headerId(db: Connection, facts: string): number {
  return (
    db.value<number>("SELECT id FROM header WHERE facts = ?", facts) ??
    db.run("INSERT INTO header (facts) VALUES (?)", facts)
  );
}

/** The number of the source's unfinished scan, or of one that begins now. */
export function beginScan(db: Connection, sourceId: number): number {
  return db.write(
    () =>
      db.value<number>("SELECT id FROM scan WHERE source_id = ? AND report IS NULL", sourceId) ??
      db.run("INSERT INTO scan (source_id, started_at) VALUES (?, ?)", sourceId, new Date().toISOString()),
  );
}

/** Ends the source's scan: nothing of it is pending any more. `missing`: paths that were not there. */
export function finishScan(
  db: Connection,
  sourceId: number,
  scan: number,
  missing: readonly string[],
  report: ScanReport,
): void {
  const text = JSON.stringify(checked(scanReportSchema, report, "The scan's report"));
  db.write(() => {
    db.run("UPDATE file SET pending = NULL WHERE source_id = ? AND pending IS NOT NULL", sourceId);
    db.run("UPDATE file SET missing = 0 WHERE source_id = ? AND missing = 1", sourceId);
    for (const path of missing)
      db.run("UPDATE file SET missing = 1 WHERE source_id = ? AND path = ?", sourceId, path);
    db.run("UPDATE scan SET report = ? WHERE id = ?", text, scan);
    db.run("DELETE FROM scan WHERE source_id = ? AND id < ?", sourceId, scan);
    db.run("DELETE FROM header WHERE id NOT IN (SELECT header_id FROM file WHERE header_id IS NOT NULL)");
  });
}

export function scanState(db: Connection, sourceId: number): ScanState {
  const rows = db.all<{ report: string | null }>(
    "SELECT report FROM scan WHERE source_id = ? ORDER BY id",
    sourceId,
  );
  const report = rows.findLast((row) => row.report !== null)?.report ?? null;
  return {
    unfinished: rows.some((row) => row.report === null),
    report:
      report === null
        ? null
        : checked(scanReportSchema, JSON.parse(report), "The scan's report", "project-corrupt"),
  };
}

/** Files of the index, whether or not they are there now, and their bytes together. */
export function fileTotals(db: Connection, sourceId: number): { files: number; bytes: number } {
  return db.get<{ files: number; bytes: number }>(
    "SELECT count(*) AS files, coalesce(sum(bytes), 0) AS bytes FROM file WHERE source_id = ? AND missing = 0",
    sourceId,
  )!;
}

/** Paths of a few files that were there at the last scan, spread over the index. */
export function someFiles(db: Connection, sourceId: number, count: number): string[] {
  const paths: string[] = [];
  const { files } = fileTotals(db, sourceId);
  const wanted = Math.min(count, files);
  for (let taken = 0; taken < wanted; taken++) {
    const path = db.value<string>(
      "SELECT path FROM file WHERE source_id = ? AND missing = 0 ORDER BY path LIMIT 1 OFFSET ?",
      sourceId,
      Math.floor((taken * files) / wanted),
    );
    if (path !== undefined) paths.push(path);
  }
  return paths;
}
