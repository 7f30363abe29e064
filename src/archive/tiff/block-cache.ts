import type { Block } from "./block-reader.ts";

/** What an entry costs besides its samples: blocks that were never written have none, but are remembered too. */
const ENTRY_BYTES = 256;

interface Entry {
  readonly block: Promise<Block | null>;
  /** 0 while the block is being decoded. */
  bytes: number;
  readonly forget: () => void;
}

/**
 * Decoded blocks of any number of rasters, kept up to a number of bytes together. Those that were used longest ago go
 * first, whichever raster they belong to.
 */
export class BlockCache {
  readonly #capacity: number;
  /** In order of use, oldest first. */
  readonly #entries = new Set<Entry>();
  #bytes = 0;

  /** @param capacity in bytes; with 0 nothing is kept */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Bytes of the blocks that are kept now. */
  get bytes(): number {
    return this.#bytes;
  }

  /** A compartment for the blocks of one image. */
  open(): ImageBlocks {
    return new ImageBlocks(this);
  }

  get keepsNothing(): boolean {
    return this.#capacity <= 0;
  }

  add(block: Promise<Block | null>, forget: () => void): Entry {
    const entry = { block, bytes: 0, forget };
    this.#entries.add(entry);
    return entry;
  }

  touch(entry: Entry): void {
    if (this.#entries.delete(entry)) this.#entries.add(entry);
  }

  settle(entry: Entry, block: Block | null): void {
    if (!this.#entries.has(entry)) return;
    // A view counts with all of the memory that it keeps from being freed.
    entry.bytes = ENTRY_BYTES + (block?.values.buffer.byteLength ?? 0);
    this.#bytes += entry.bytes;
    for (const oldest of this.#entries) {
      if (this.#bytes <= this.#capacity) return;
      if (oldest.bytes > 0) this.drop(oldest);
    }
  }

  drop(entry: Entry): void {
    if (!this.#entries.delete(entry)) return;
    this.#bytes -= entry.bytes;
    entry.forget();
  }
}

/** The kept blocks of one image. Concurrent requests for a block share one decoding. */
export class ImageBlocks {
  readonly #cache: BlockCache;
  readonly #entries = new Map<number, Entry>();

  constructor(cache: BlockCache) {
    this.#cache = cache;
  }

  /** Whether blocks are kept at all. */
  get keepsNothing(): boolean {
    return this.#cache.keepsNothing;
  }

  /** The block, if it is kept or being decoded. */
  find(key: number): Promise<Block | null> | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#cache.touch(entry);
    return entry.block;
  }

  /** Keeps the block that `decode` gives; not its errors. */
  async add(key: number, decode: () => Promise<Block | null>): Promise<Block | null> {
    const entry = this.#cache.add(decode(), () => this.#entries.delete(key));
    this.#entries.set(key, entry);
    try {
      const block = await entry.block;
      this.#cache.settle(entry, block);
      return block;
    } catch (error) {
      this.#cache.drop(entry);
      throw error;
    }
  }

  /** Gives up all blocks of this image. */
  clear(): void {
    for (const entry of [...this.#entries.values()]) this.#cache.drop(entry);
  }
}
