import { type FileHandle, open } from "node:fs/promises";
import { corrupt, unsupported } from "./faults.ts";

/** So much of the file's beginning is read at once: directories and small tag values usually lie there. */
const HEAD_BYTES = 64 * 1024;

/** Positioned reads of one file. A read that the file cannot satisfy in full is a fault, never zeros. */
export class ByteSource {
  readonly size: number;
  readonly #handle: FileHandle;
  readonly #head: Uint8Array;

  private constructor(handle: FileHandle, size: number, head: Uint8Array) {
    this.#handle = handle;
    this.size = size;
    this.#head = head;
  }

  static async open(path: string): Promise<ByteSource> {
    const handle = await open(path, "r");
    try {
      const status = await handle.stat();
      if (!status.isFile()) throw unsupported("it is not a regular file");
      const head = await readFully(handle, 0, Math.min(status.size, HEAD_BYTES));
      return new ByteSource(handle, status.size, head);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Exactly `length` bytes from `offset`; the caller may change them. */
  async read(offset: number, length: number): Promise<Uint8Array> {
    if (!(offset >= 0) || !(length >= 0) || offset + length > this.size) {
      throw corrupt(
        `bytes ${offset} to ${offset + length} are referred to, but the file ends at byte ${this.size}`,
      );
    }
    if (offset + length <= this.#head.length) return this.#head.slice(offset, offset + length);
    return readFully(this.#handle, offset, length);
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

async function readFully(handle: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(new ArrayBuffer(length));
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(bytes, done, length - done, offset + done);
    if (bytesRead === 0) throw corrupt(`the file ends at byte ${offset + done}, in the middle of data`);
    done += bytesRead;
  }
  return bytes;
}
