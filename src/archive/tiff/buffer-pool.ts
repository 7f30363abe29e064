/** So much memory is kept for later. */
const MOST_KEPT_BYTES = 16 << 20;

/** Smaller pieces of memory cost too little to be kept. */
const SMALLEST_KEPT = 32 << 10;

/**
 * Memory that is used again: new memory of a block's size costs more (the system hands it out page by page, zeroed)
 * than reading or copying the block.
 */
export class BufferPool {
  /** Least recently used first. */
  readonly #free: Uint8Array<ArrayBuffer>[] = [];
  #freeBytes = 0;
  readonly #lent = new WeakSet<ArrayBufferLike>();

  /** Exactly `length` bytes with arbitrary content, at the beginning of memory of their own. */
  take(length: number): Uint8Array<ArrayBuffer> {
    if (length < SMALLEST_KEPT) return new Uint8Array(length);
    const position = this.#free.findLastIndex(
      (bytes) => bytes.length >= length && bytes.length <= 2 * length,
    );
    const memory = position < 0 ? new Uint8Array(roundedUp(length)) : this.#free.splice(position, 1)[0]!;
    if (position >= 0) this.#freeBytes -= memory.length;
    this.#lent.add(memory.buffer);
    return memory.subarray(0, length);
  }

  /** Takes back memory that nobody refers to any more; what the pool did not lend is left alone. */
  give(buffer: ArrayBufferLike): void {
    if (!(buffer instanceof ArrayBuffer) || !this.#lent.delete(buffer)) return;
    if (buffer.byteLength > MOST_KEPT_BYTES) return;
    this.#free.push(new Uint8Array(buffer));
    this.#freeBytes += buffer.byteLength;
    while (this.#freeBytes > MOST_KEPT_BYTES) this.#freeBytes -= this.#free.shift()!.length;
  }
}

/** Compressed blocks differ in length; rounded, they fit into each other's memory. */
function roundedUp(length: number): number {
  return Math.ceil(length / 4096 + 1) * 4096;
}
