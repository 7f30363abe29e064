/** Memory for so many blocks is kept. */
const MOST_KEPT = 8;

/** Smaller pieces of memory cost too little to be kept. */
const SMALLEST_KEPT = 32 << 10;

/** Larger blocks are rare, and memory for them is not worth holding on to. */
const LARGEST_KEPT = 8 << 20;

/**
 * Memory that is used again: new memory of a block's size costs more (the system hands it out page by page, zeroed)
 * than reading or copying the block.
 */
export class BufferPool {
  readonly #free: Uint8Array<ArrayBuffer>[] = [];

  /** At least `length` bytes with arbitrary content. */
  take(length: number): Uint8Array<ArrayBuffer> {
    if (length < SMALLEST_KEPT) return new Uint8Array(length);
    const position = this.#free.findIndex((bytes) => bytes.length >= length && bytes.length <= 2 * length);
    return position < 0 ? new Uint8Array(roundedUp(length)) : this.#free.splice(position, 1)[0]!;
  }

  /** Takes memory back that nobody refers to any more. */
  give(buffer: ArrayBufferLike): void {
    if (!(buffer instanceof ArrayBuffer)) return;
    if (buffer.byteLength < SMALLEST_KEPT || buffer.byteLength > LARGEST_KEPT) return;
    if (this.#free.length >= MOST_KEPT) this.#free.shift();
    this.#free.push(new Uint8Array(buffer));
  }
}

/** Compressed blocks differ in length; rounded, they fit into each other's memory. */
function roundedUp(length: number): number {
  return Math.ceil(length / 4096 + 1) * 4096;
}
