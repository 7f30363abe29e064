import type { Connection } from "./connection.ts";
import { CHAIN_START, entryHash } from "./entry-hash.ts";
import { projectionDifferences } from "./projection.ts";

export interface JournalReport {
  /** Entries checked. */
  readonly entries: number;
  /** One sentence for everything found wrong; empty = sound. */
  readonly problems: readonly string[];
}

interface Replica {
  readonly number: number;
  readonly uuid: string;
  readonly head_sequence: number;
  readonly head_hash: Uint8Array;
}

interface StoredEntry {
  readonly uuid: Uint8Array;
  readonly sequence: number;
  readonly previous_hash: Uint8Array;
  readonly source: string;
  readonly scene: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly class: string | null;
  readonly state: string;
  readonly annotator: string;
  readonly time: number;
  readonly origin: string;
  readonly round: number | null;
  readonly supersedes: Uint8Array | null;
}

const BLOCK = 10_000;

/** Walks every replica's hash chain from its start to its recorded head, and compares the projection with the journal. */
export function verifyJournal(db: Connection): JournalReport {
  const problems: string[] = [];
  let entries = 0;
  const replicas = db.all<Replica>(
    "SELECT number, uuid, head_sequence, head_hash FROM replica ORDER BY number",
  );
  for (const replica of replicas) {
    const { count, problem } = walkChain(db, replica);
    entries += count;
    if (problem !== null) problems.push(problem);
  }
  const differences = projectionDifferences(db);
  if (differences > 0) {
    problems.push(`The current labels differ from the journal in ${differences} places; rebuild them.`);
  }
  return { entries, problems };
}

function walkChain(db: Connection, replica: Replica): { count: number; problem: string | null } {
  const broken = (sequence: number, what: string) => ({
    count: sequence - 1,
    problem: `Entry ${sequence} of replica ${replica.uuid} ${what}.`,
  });
  let hash = CHAIN_START;
  let sequence = 0;
  for (;;) {
    const block = db.all<StoredEntry>(
      `SELECT journal.uuid, journal.sequence, journal.previous_hash, source.name AS source, scene.name AS scene,
         patch.x, patch.y, patch.width, patch.height, class.uuid AS class, journal.state, journal.annotator,
         journal.time, journal.origin, journal.round, journal.supersedes
       FROM journal
       JOIN patch ON patch.id = journal.patch_id
       JOIN scene ON scene.id = patch.scene_id
       JOIN source ON source.id = scene.source_id
       LEFT JOIN class ON class.id = journal.class_id
       WHERE journal.replica = ? AND journal.sequence > ? ORDER BY journal.sequence LIMIT ?`,
      replica.number,
      sequence,
      BLOCK,
    );
    for (const row of block) {
      if (row.sequence !== sequence + 1) return broken(sequence + 1, "is missing");
      if (!sameBytes(row.previous_hash, hash))
        return broken(row.sequence, "does not follow from the one before it");
      hash = entryHash({
        ...row,
        previousHash: row.previous_hash,
        replica: replica.uuid,
        patch: [row.source, row.scene, row.x, row.y, row.width, row.height],
      });
      sequence = row.sequence;
    }
    if (block.length < BLOCK) break;
  }
  if (sequence !== replica.head_sequence) return broken(sequence + 1, "is missing");
  if (!sameBytes(hash, replica.head_hash)) return broken(sequence, "is not the one that was written");
  return { count: sequence, problem: null };
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
