import { read as readDescriptor } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import type { BufferPool } from "./buffer-pool.ts";
import { corrupt, unsupported } from "./faults.ts";

/** So much of the file's beginning is read at once: directories and small tag values usually lie there. */
const HEAD_BYTES = 64 * 1024;

/** Positioned reads of one file. A read that the file cannot satisfy in full is a fault, never zeros. */
export class ByteSource {
  readonly size: number;
  /** Null where the whole file is in memory. */
  readonly #handle: FileHandle | null;
  readonly #head: Uint8Array;
  readonly #pending = new Set<Promise<void>>();
  #bytesRead: number;
  #closed = false;

  private constructor(handle: FileHandle | null, size: number, head: Uint8Array) {
    this.#handle = handle;
    this.size = size;
    this.#head = head;
    this.#bytesRead = head.length;
  }

  static async open(path: string): Promise<ByteSource> {
    const handle = await open(path, "r");
    try {
      const status = await handle.stat();
      if (!status.isFile()) throw unsupported("it is not a regular file");
      const head = new Uint8Array(Math.min(status.size, HEAD_BYTES));
      await readFully(handle.fd, head, 0);
      return new ByteSource(handle, status.size, head);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** A file that was read already, as a whole. Nobody may change the bytes. */
  static of(content: Uint8Array): ByteSource {
    return new ByteSource(null, content.length, content);
  }

  /** Bytes that were read from the file so far. */
  get bytesRead(): number {
    return this.#bytesRead;
  }

  /**
   * Exactly `length` bytes from `offset`; the caller may change them.
   * @param pool where their memory is taken from; whoever has done with them may give it back
   */
  async read(offset: number, length: number, pool?: BufferPool): Promise<Uint8Array> {
    if (!(offset >= 0) || !(length >= 0) || offset + length > this.size) {
      throw corrupt(
        `bytes ${offset} to ${offset + length} are referred to, but the file ends at byte ${this.size}`,
      );
    }
    if (offset + length <= this.#head.length) return this.#head.slice(offset, offset + length);
    if (this.#closed || this.#handle === null)
      throw new Error("The file was closed while it was being read.");
    const bytes = pool ? pool.take(length) : new Uint8Array(length);
    const reading = readFully(this.#handle.fd, bytes, offset);
    this.#pending.add(reading);
    try {
      await reading;
    } finally {
      this.#pending.delete(reading);
    }
    this.#bytesRead += length;
    return bytes;
  }

  /** Waits for reads under way: a descriptor that is closed under them may belong to another file by then. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#pending);
    await this.#handle?.close();
  }
}

/** The plain callback interface costs a fraction of what a file handle's promises do. */
function readFully(descriptor: number, bytes: Uint8Array, offset: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const from = (done: number): void => {
      if (done === bytes.length) {
        resolve();
        return;
      }
      readDescriptor(descriptor, bytes, done, bytes.length - done, offset + done, (error, count) => {
        if (error) reject(error);
        else if (count === 0)
          reject(corrupt(`the file ends at byte ${offset + done}, in the middle of data`));
        else from(done + count);
      });
    };
    from(0);
  });
}
