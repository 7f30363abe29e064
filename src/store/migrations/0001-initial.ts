import type { Migration } from "./migrate.ts";

/**
 * The first schema. What a row means beyond its names:
 * - `source.name`, `scene.name` and a patch's window make up the identity of a patch in every copy
 *   of the project, `class.uuid` that of a class: triggers keep them as they are.
 * - `journal` is append-only. A row with a class says what state that class has on the patch
 *   (`cleared` = taken back); a row without one says how far the review of the patch is.
 * - `label` and `review` are the projection: what `journal` says now. `label` keeps cleared rows, so
 *   that the next entry knows what it supersedes.
 * - `step` is the undo history: which entries belong to one action of one annotator.
 */
export const initial: Migration = {
  version: 1,
  name: "initial",
  up(database) {
    database.exec(`
      CREATE TABLE project (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        uuid TEXT NOT NULL,
        name TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('multi-label', 'single-label')),
        settings TEXT NOT NULL CHECK (json_valid(settings)),
        grid TEXT NOT NULL CHECK (json_valid(grid)),
        band_statistics TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(band_statistics)),
        has_splits INTEGER NOT NULL DEFAULT 0 CHECK (has_splits IN (0, 1)),
        created_at TEXT NOT NULL
      ) STRICT;

      -- The process that has the project open for writing; the row is gone after a clean close.
      CREATE TABLE instance (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        pid INTEGER NOT NULL,
        host TEXT NOT NULL,
        since TEXT NOT NULL
      ) STRICT;

      CREATE TABLE replica (
        number INTEGER PRIMARY KEY,
        uuid TEXT NOT NULL UNIQUE,
        machine TEXT NOT NULL,
        place TEXT NOT NULL,
        created_at TEXT NOT NULL,
        head_sequence INTEGER NOT NULL DEFAULT 0,
        head_hash BLOB NOT NULL CHECK (length(head_hash) = 32),
        head_time INTEGER NOT NULL DEFAULT 0
      ) STRICT;
      CREATE INDEX replica_place ON replica (machine, place);

      CREATE TABLE source (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        folder TEXT NOT NULL UNIQUE,
        added_at TEXT NOT NULL
      ) STRICT;
      CREATE TABLE unreadable (
        source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
        path TEXT NOT NULL,
        message TEXT NOT NULL,
        PRIMARY KEY (source_id, path)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE scene (
        id INTEGER PRIMARY KEY,
        source_id INTEGER NOT NULL REFERENCES source (id),
        name TEXT NOT NULL,
        definition TEXT NOT NULL CHECK (json_valid(definition)),
        UNIQUE (source_id, name)
      ) STRICT;
      CREATE TABLE patch (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        scene_id INTEGER NOT NULL REFERENCES scene (id),
        name TEXT NOT NULL,
        x INTEGER NOT NULL CHECK (x >= 0),
        y INTEGER NOT NULL CHECK (y >= 0),
        width INTEGER NOT NULL CHECK (width > 0),
        height INTEGER NOT NULL CHECK (height > 0),
        split TEXT CHECK (split IN ('pool', 'val', 'test')),
        UNIQUE (scene_id, x, y, width, height)
      ) STRICT;
      CREATE INDEX patch_split ON patch (split);

      CREATE TABLE class (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        uuid TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        key TEXT,
        color TEXT NOT NULL,
        description TEXT NOT NULL,
        parent_id INTEGER REFERENCES class (id),
        position INTEGER NOT NULL,
        -- Left out of the taxonomy; kept because the journal may speak of it.
        retired INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1))
      ) STRICT;

      CREATE TABLE journal (
        position INTEGER PRIMARY KEY AUTOINCREMENT,
        uuid BLOB NOT NULL UNIQUE CHECK (length(uuid) = 16),
        replica INTEGER NOT NULL REFERENCES replica (number),
        sequence INTEGER NOT NULL CHECK (sequence > 0),
        previous_hash BLOB NOT NULL CHECK (length(previous_hash) = 32),
        patch_id INTEGER NOT NULL REFERENCES patch (id),
        class_id INTEGER REFERENCES class (id),
        state TEXT NOT NULL,
        annotator TEXT NOT NULL,
        time INTEGER NOT NULL,
        origin TEXT NOT NULL CHECK (origin IN ('manual', 'implied', 'suggestion', 'import', 'undo')),
        round INTEGER,
        supersedes BLOB CHECK (length(supersedes) = 16),
        UNIQUE (replica, sequence),
        CHECK (CASE WHEN class_id IS NULL
               THEN state IN ('confirmed', 'skipped', 'open', 'flagged', 'unflagged')
               ELSE state IN ('present', 'absent', 'unsure', 'cleared') END)
      ) STRICT;
      CREATE INDEX journal_patch ON journal (patch_id, class_id);
      CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
        BEGIN SELECT RAISE(ABORT, 'the label journal is append-only'); END;
      CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
        BEGIN SELECT RAISE(ABORT, 'the label journal is append-only'); END;

      CREATE TABLE label (
        patch_id INTEGER NOT NULL REFERENCES patch (id),
        class_id INTEGER NOT NULL REFERENCES class (id),
        state TEXT NOT NULL CHECK (state IN ('present', 'absent', 'unsure', 'cleared')),
        entry INTEGER NOT NULL REFERENCES journal (position),
        PRIMARY KEY (patch_id, class_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX label_class ON label (class_id, state, patch_id);

      -- One row for every patch, made with it.
      CREATE TABLE review (
        patch_id INTEGER PRIMARY KEY REFERENCES patch (id),
        state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'confirmed', 'skipped')),
        state_entry INTEGER REFERENCES journal (position),
        flag TEXT NOT NULL DEFAULT 'unflagged' CHECK (flag IN ('flagged', 'unflagged')),
        flag_entry INTEGER REFERENCES journal (position),
        -- Labels that are not cleared.
        labels INTEGER NOT NULL DEFAULT 0 CHECK (labels >= 0),
        status TEXT NOT NULL GENERATED ALWAYS AS
          (CASE state WHEN 'open' THEN CASE WHEN labels > 0 THEN 'in-progress' ELSE 'unseen' END ELSE state END)
      ) STRICT;
      CREATE INDEX review_status ON review (status, patch_id);
      CREATE INDEX review_flagged ON review (patch_id) WHERE flag = 'flagged';
      CREATE TRIGGER patch_review AFTER INSERT ON patch
        BEGIN INSERT INTO review (patch_id) VALUES (new.id); END;

      CREATE TABLE step (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        annotator TEXT NOT NULL,
        undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),
        -- The entries written last for this step: its own, or those of its undo or redo.
        first_entry INTEGER NOT NULL REFERENCES journal (position),
        last_entry INTEGER NOT NULL REFERENCES journal (position)
      ) STRICT;
      CREATE INDEX step_annotator ON step (annotator, undone, id);

      CREATE TABLE model (
        id TEXT PRIMARY KEY,
        round INTEGER NOT NULL,
        function TEXT,
        encoder TEXT NOT NULL,
        head TEXT NOT NULL,
        folder TEXT NOT NULL,
        class_ids TEXT NOT NULL CHECK (json_valid(class_ids)),
        labeled INTEGER NOT NULL,
        metrics TEXT CHECK (json_valid(metrics)),
        metric_source TEXT NOT NULL CHECK (metric_source IN ('val', 'control', 'none')),
        train_seconds REAL NOT NULL,
        journal_position INTEGER NOT NULL,
        created_at TEXT NOT NULL
      ) STRICT;

      CREATE TABLE round (
        number INTEGER PRIMARY KEY,
        function TEXT NOT NULL,
        options TEXT NOT NULL CHECK (json_valid(options)),
        budget INTEGER NOT NULL CHECK (budget > 0),
        model_id TEXT REFERENCES model (id),
        created_at TEXT NOT NULL
      ) STRICT;
      CREATE TABLE query_item (
        round INTEGER NOT NULL REFERENCES round (number),
        patch_id INTEGER NOT NULL REFERENCES patch (id),
        rank INTEGER NOT NULL,
        score REAL,
        reason TEXT NOT NULL,
        control INTEGER NOT NULL CHECK (control IN (0, 1)),
        PRIMARY KEY (round, patch_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX query_item_patch ON query_item (patch_id, round);
      CREATE INDEX query_item_control ON query_item (patch_id) WHERE control = 1;

      CREATE TRIGGER source_identity BEFORE UPDATE OF name ON source
        BEGIN SELECT RAISE(ABORT, 'the name of a source is part of its patches'' identity'); END;
      CREATE TRIGGER scene_identity BEFORE UPDATE OF name, source_id ON scene
        BEGIN SELECT RAISE(ABORT, 'the name of a scene is part of its patches'' identity'); END;
      CREATE TRIGGER patch_identity BEFORE UPDATE OF scene_id, x, y, width, height ON patch
        BEGIN SELECT RAISE(ABORT, 'the window of a patch is its identity'); END;
      CREATE TRIGGER class_identity BEFORE UPDATE OF uuid ON class
        BEGIN SELECT RAISE(ABORT, 'the uuid of a class is its identity'); END;
    `);
  },
};
