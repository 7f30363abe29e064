import type { LabelOrigin } from "../shared/domain/labels.ts";
import { FieldmarkError } from "../shared/errors.ts";
import type { Connection } from "./connection.ts";
import { entryHash, entryUuid, type PatchIdentity } from "./entry-hash.ts";
import { type EntryState, registerOf, untouchedState } from "./entry-states.ts";
import { changeLabelCounts, current, project } from "./projection.ts";

/** Who says so, and in which round. */
export interface Authorship {
  readonly annotator: string;
  readonly origin: LabelOrigin;
  /** The round that the annotator works in; null before the first. */
  readonly round: number | null;
}

export interface NewEntry extends Authorship {
  readonly patchId: number;
  /** Null for entries about the patch as a whole. */
  readonly classId: number | null;
  readonly state: EntryState;
}

/** Positions of the first and the last entry of one batch; all between them belong to it. */
export interface EntryRange {
  readonly first: number;
  readonly last: number;
}

interface Head {
  readonly uuid: string;
  readonly head_sequence: number;
  readonly head_hash: Uint8Array;
  readonly head_time: number;
}

/**
 * Appends what `produce` hands over, to the journal and to the projection, in one transaction.
 * An entry that would change nothing is left out. `produce` may look at the projection between entries.
 *
 * @param replica number of the replica that writes
 * @param time wall clock in ms; moved forward where it lies behind what the journal has seen
 * @returns the range written, null when nothing changed
 * @throws FieldmarkError not-found for an unknown patch, unknown-class for an unknown class
 */
export function appendEntries(
  db: Connection,
  replica: number,
  time: number,
  produce: (append: (entry: NewEntry) => void) => void,
): EntryRange | null {
  return db.write(() => {
    const head = db.get<Head>(
      "SELECT uuid, head_sequence, head_hash, head_time FROM replica WHERE number = ?",
      replica,
    );
    if (!head) throw new FieldmarkError("internal", `The project has no replica number ${replica}.`);
    const foreign =
      db.value<number | null>("SELECT max(head_time) FROM replica WHERE number <> ?", replica) ?? -1;
    const entryTime = Math.max(time, head.head_time, foreign + 1);
    let sequence = head.head_sequence;
    let hash = head.head_hash;
    let first = 0;
    let last = 0;
    const identities = identityCache(db);
    const labelCounts = new Map<number, number>();

    produce((entry) => {
      const register = registerOf(entry.patchId, entry.classId, entry.state);
      const before = current(db, register);
      const stateBefore = before?.state ?? untouchedState(register);
      if (stateBefore === entry.state) return;
      const uuid = entryUuid(entryTime, sequence + 1);
      const portable = {
        previousHash: hash,
        uuid,
        replica: head.uuid,
        sequence: sequence + 1,
        patch: identities.patch(entry.patchId),
        class: entry.classId === null ? null : identities.class(entry.classId),
        state: entry.state,
        annotator: entry.annotator,
        time: entryTime,
        origin: entry.origin,
        round: entry.round,
        supersedes: before?.uuid ?? null,
      };
      last = db.run(
        `INSERT INTO journal (uuid, replica, sequence, previous_hash, patch_id, class_id, state, annotator,
           time, origin, round, supersedes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        uuid,
        replica,
        portable.sequence,
        hash,
        entry.patchId,
        entry.classId,
        entry.state,
        entry.annotator,
        entryTime,
        entry.origin,
        entry.round,
        portable.supersedes,
      );
      project(db, register, entry.state, last);
      if (register.kind === "class") {
        const change = Number(entry.state !== "cleared") - Number(stateBefore !== "cleared");
        labelCounts.set(entry.patchId, (labelCounts.get(entry.patchId) ?? 0) + change);
      }
      if (first === 0) first = last;
      sequence = portable.sequence;
      hash = entryHash(portable);
    });

    if (first === 0) return null;
    changeLabelCounts(db, labelCounts);
    db.run(
      "UPDATE replica SET head_sequence = ?, head_hash = ?, head_time = ? WHERE number = ?",
      sequence,
      hash,
      entryTime,
      replica,
    );
    return { first, last };
  });
}

/** Position of the newest entry (0 = none): says which labels a model has seen. */
export function journalPosition(db: Connection): number {
  return db.value<number | null>("SELECT max(position) FROM journal") ?? 0;
}

/** Looks up the stable identities of patches and classes, each once a batch. */
function identityCache(db: Connection) {
  const classes = new Map<number, string>();
  let patchId = 0;
  let patch: PatchIdentity | null = null;
  return {
    patch(id: number): PatchIdentity {
      if (patch !== null && patchId === id) return patch;
      const row = db.get<{ s: string; n: string; x: number; y: number; w: number; h: number }>(
        `SELECT source.name AS s, scene.name AS n, x, y, width AS w, height AS h
         FROM patch JOIN scene ON scene.id = patch.scene_id JOIN source ON source.id = scene.source_id
         WHERE patch.id = ?`,
        id,
      );
      if (!row) {
        throw new FieldmarkError("not-found", `The project has no patch with the id ${id}. Reload the list.`);
      }
      patchId = id;
      patch = [row.s, row.n, row.x, row.y, row.w, row.h];
      return patch;
    },
    class(id: number): string {
      const known = classes.get(id);
      if (known !== undefined) return known;
      const uuid = db.value<string>("SELECT uuid FROM class WHERE id = ? AND retired = 0", id);
      if (uuid === undefined) {
        throw new FieldmarkError(
          "unknown-class",
          `The project has no class with the id ${id}. It may have been removed from the taxonomy; reload the classes.`,
        );
      }
      classes.set(id, uuid);
      return uuid;
    },
  };
}
