/** Replies by key, up to a number of bytes; those that were used least recently make room first. */
export class ByteCache {
  readonly #limit: number;
  readonly #entries = new Map<string, Uint8Array>();
  #bytes = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: string): Uint8Array | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry;
  }

  set(key: string, entry: Uint8Array): void {
    if (this.#entries.has(key)) return;
    this.#entries.set(key, entry);
    this.#bytes += entry.byteLength;
    for (const [oldKey, old] of this.#entries) {
      if (this.#bytes <= this.#limit) return;
      this.#entries.delete(oldKey);
      this.#bytes -= old.byteLength;
    }
  }

  clear(): void {
    this.#entries.clear();
    this.#bytes = 0;
  }
}
