import type { Block } from "./block-reader.ts";

/** Decoded blocks of one raster are kept up to this size together. */
const CAPACITY_BYTES = 48 << 20;

/** The blocks used last. Concurrent requests for a block share one decoding. */
export class BlockCache {
  readonly #entries = new Map<number, { readonly block: Promise<Block | null>; bytes: number }>();
  #bytes = 0;

  /** @param keep whether a block that has to be decoded now is worth keeping */
  async get(key: number, decode: () => Promise<Block | null>, keep: boolean): Promise<Block | null> {
    const known = this.#entries.get(key);
    if (known !== undefined) {
      this.#entries.delete(key);
      this.#entries.set(key, known);
      return known.block;
    }
    if (!keep) return decode();
    const entry = { block: decode(), bytes: 0 };
    this.#entries.set(key, entry);
    try {
      const block = await entry.block;
      entry.bytes = block?.values.byteLength ?? 0;
      this.#bytes += entry.bytes;
      this.#shrink();
      return block;
    } catch (error) {
      this.#entries.delete(key);
      throw error;
    }
  }

  #shrink(): void {
    for (const [key, entry] of this.#entries) {
      if (this.#bytes <= CAPACITY_BYTES) return;
      if (entry.bytes === 0) continue;
      this.#entries.delete(key);
      this.#bytes -= entry.bytes;
    }
  }
}
