import type { Connection } from "./connection.ts";

/** Patches whose pixels changed after an encoder last had all of them: their embeddings are of older pixels. */
export function outdatedPatches(db: Connection, encoder: string): Int32Array {
  return Int32Array.from(
    db.column<number>(
      `SELECT id FROM patch WHERE changed_in > 0
         AND changed_in > coalesce((SELECT scan FROM encoding WHERE encoder = ?), 0) ORDER BY id`,
      encoder,
    ),
  );
}

/** Number of the newest scan that changed anything; what was encoded from now on is at least as new. */
export function newestChange(db: Connection): number {
  return db.value<number>("SELECT max(changed_in) FROM patch WHERE changed_in > 0") ?? 0;
}

/** Notes that the encoder has read every patch at least as a scan found it. */
export function saveEncoded(db: Connection, encoder: string, scan: number): void {
  db.write(() =>
    db.run(
      `INSERT INTO encoding (encoder, scan) VALUES (?, ?)
       ON CONFLICT DO UPDATE SET scan = max(scan, excluded.scan)`,
      encoder,
      scan,
    ),
  );
}
