import { createHash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";
import { FieldmarkError } from "../../shared/errors.ts";

/** Files up to this size count in full. */
export const WHOLE_BYTES = 256 * 1024;
/** Of longer ones so many pieces count, evenly spread, the first and the last at the file's ends. */
export const PIECES = 16;
export const PIECE_BYTES = 16 * 1024;

/**
 * SHA-256 in hex over a file's size and content: all of it up to 256 KiB, else 16 pieces of 16 KiB. It tells a file
 * that was copied or restored (another time, the same content) from one that was changed, and finds a moved folder
 * again, without reading terabytes. A change of less than 1/16 of a large file that keeps its size to the byte can
 * escape it; sizes of compressed files change with their content.
 *
 * Blocks: it is meant for worker threads, and for a few files elsewhere.
 *
 * @throws FieldmarkError `unreadable-file` for a file that is shorter than `bytes`; the system's error otherwise
 */
export function fingerprintOf(path: string, bytes: number): string {
  return readFingerprint(path, bytes).fingerprint;
}

/**
 * The same, with the content of a file that counts in full, for whoever wants more of it; null for longer ones.
 *
 * @throws as `fingerprintOf`
 */
export function readFingerprint(
  path: string,
  bytes: number,
): { readonly fingerprint: string; readonly content: Uint8Array | null } {
  const hash = createHash("sha256").update(`fieldmark 1 ${bytes}\n`);
  const isWhole = bytes <= WHOLE_BYTES;
  const length = isWhole ? bytes : PIECE_BYTES;
  const buffer = Buffer.allocUnsafeSlow(length);
  const descriptor = openSync(path, "r");
  try {
    for (let piece = 0; piece < (isWhole ? 1 : PIECES); piece++) {
      const start = Math.floor(((bytes - length) * piece) / (PIECES - 1));
      readFully(descriptor, buffer, start, path);
      hash.update(buffer);
    }
  } finally {
    closeSync(descriptor);
  }
  return { fingerprint: hash.digest("hex"), content: isWhole ? buffer : null };
}

function readFully(descriptor: number, target: Uint8Array, position: number, path: string): void {
  for (let done = 0; done < target.length; ) {
    const count = readSync(descriptor, target, done, target.length - done, position + done);
    if (count === 0) {
      throw new FieldmarkError(
        "unreadable-file",
        `${path} became shorter while it was being read. Scan again.`,
        {
          details: { path },
        },
      );
    }
    done += count;
  }
}
