import type { Migration } from "./migrate.ts";

/**
 * The index of the sources' files, so that a second scan opens no file that is as it was. What a row means beyond its
 * names:
 * - `file` is one raster file; `pending` is what an unfinished scan found out about it and nobody has acted on yet.
 *   `header` holds the facts that many files share, once for all of them.
 * - `scan` has for each source the last finished scan with its report, and an unfinished one if there is one. Its ids
 *   only grow: `patch.changed_in` and `encoding.scan` compare them, to know which embeddings are of older pixels.
 * - `scene.cut` says whether the scene's windows have become patches; `scene.missing` and `patch.missing` whether there
 *   is imagery to show. Patches stay when their imagery is gone: they may have labels.
 * - `project.set_up` is how far the making of the project came.
 */
export const fileIndex: Migration = {
  version: 2,
  name: "file index",
  up(database) {
    database.exec(`
      CREATE TABLE header (
        id INTEGER PRIMARY KEY,
        facts TEXT NOT NULL UNIQUE CHECK (json_valid(facts))
      ) STRICT;
      CREATE TABLE file (
        source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
        path TEXT NOT NULL,
        bytes INTEGER NOT NULL CHECK (bytes >= 0),
        modified REAL NOT NULL,
        beside TEXT NOT NULL,
        fingerprint BLOB CHECK (length(fingerprint) = 32),
        header_id INTEGER REFERENCES header (id),
        geotransform TEXT CHECK (json_valid(geotransform)),
        problem TEXT,
        reader INTEGER NOT NULL,
        pending TEXT CHECK (pending IN ('new', 'changed', 'touched')),
        missing INTEGER NOT NULL DEFAULT 0 CHECK (missing IN (0, 1)),
        PRIMARY KEY (source_id, path)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE scan (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
        started_at TEXT NOT NULL,
        report TEXT CHECK (json_valid(report))
      ) STRICT;
      CREATE INDEX scan_source ON scan (source_id);
      CREATE TABLE encoding (
        encoder TEXT PRIMARY KEY,
        scan INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      ALTER TABLE scene ADD COLUMN cut INTEGER NOT NULL DEFAULT 0 CHECK (cut IN (0, 1));
      ALTER TABLE scene ADD COLUMN missing INTEGER NOT NULL DEFAULT 0 CHECK (missing IN (0, 1));
      UPDATE scene SET cut = 1;
      ALTER TABLE patch ADD COLUMN missing INTEGER NOT NULL DEFAULT 0 CHECK (missing IN (0, 1));
      ALTER TABLE patch ADD COLUMN changed_in INTEGER NOT NULL DEFAULT 0;
      CREATE INDEX patch_missing ON patch (id) WHERE missing = 1;
      CREATE INDEX patch_changed ON patch (changed_in) WHERE changed_in > 0;
      ALTER TABLE project ADD COLUMN set_up TEXT NOT NULL DEFAULT 'done'
        CHECK (set_up IN ('scanning', 'cutting', 'done'));
    `);
  },
};
