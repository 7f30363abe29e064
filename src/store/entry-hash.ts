import { createHash, randomInt } from "node:crypto";

/** The hash that a replica's first entry names as its previous one. */
export const CHAIN_START: Uint8Array = new Uint8Array(32);

/** What a patch is in every copy of the project: source name, scene name, window (x, y, width, height). */
export type PatchIdentity = readonly [string, string, number, number, number, number];

/** A journal entry in terms that mean the same in every copy of the project. */
export interface PortableEntry {
  readonly previousHash: Uint8Array;
  readonly uuid: Uint8Array;
  readonly replica: string;
  readonly sequence: number;
  readonly patch: PatchIdentity;
  /** Uuid of the class; null for entries about the patch as a whole. */
  readonly class: string | null;
  readonly state: string;
  readonly annotator: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly origin: string;
  readonly round: number | null;
  readonly supersedes: Uint8Array | null;
}

/** SHA-256 over the entry's canonical form (a JSON array, fields in this fixed order); 32 bytes. */
export function entryHash(entry: PortableEntry): Uint8Array {
  const canonical = JSON.stringify([
    1,
    hex(entry.previousHash),
    hex(entry.uuid),
    entry.replica,
    entry.sequence,
    entry.patch,
    entry.class,
    entry.state,
    entry.annotator,
    entry.time,
    entry.origin,
    entry.round,
    entry.supersedes === null ? null : hex(entry.supersedes),
  ]);
  return createHash("sha256").update(canonical).digest();
}

/**
 * A version 7 UUID (RFC 9562 §5.7 and §6.2, method 1), 16 bytes: 48 bits of time, 26 bits of the sequence
 * number, 48 random bits. In the order of writing, so that the journal's index grows at its end.
 */
export function entryUuid(time: number, sequence: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(16);
  bytes.writeUIntBE(time, 0, 6);
  bytes.writeUInt16BE(0x7000 | ((sequence >>> 14) & 0x0fff), 6);
  bytes.writeUInt16BE(0x8000 | (sequence & 0x3fff), 8);
  bytes.writeUIntBE(randomInt(2 ** 48 - 1), 10, 6);
  return bytes;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}
