import { openRaster, type Raster } from "./tiff/raster.ts";

interface Entry {
  readonly raster: Promise<Raster>;
  users: number;
}

/** Keeps the most recently used rasters open; one in use is never closed. */
export class RasterCache {
  readonly #limit: number;
  /** In order of use, oldest first. */
  readonly #entries = new Map<string, Entry>();
  #closed = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Runs `work` with the open raster. Opening errors are passed on and not kept. */
  async use<T>(path: string, work: (raster: Raster) => Promise<T>): Promise<T> {
    const entry = this.#entries.get(path) ?? { raster: openRaster(path), users: 0 };
    this.#entries.delete(path);
    this.#entries.set(path, entry);
    entry.users++;
    try {
      return await work(await entry.raster);
    } catch (error) {
      // The next reader opens the file afresh: it may have been replaced or reconnected.
      if (this.#entries.get(path) === entry) this.#entries.delete(path);
      throw error;
    } finally {
      entry.users--;
      this.#trim();
      if (entry.users === 0 && this.#entries.get(path) !== entry) void closeQuietly(entry);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const idle = [...this.#entries.values()].filter((entry) => entry.users === 0);
    this.#entries.clear();
    await Promise.all(idle.map(closeQuietly));
  }

  #trim(): void {
    const limit = this.#closed ? 0 : this.#limit;
    for (const [path, entry] of this.#entries) {
      if (this.#entries.size <= limit) return;
      if (entry.users > 0) continue;
      this.#entries.delete(path);
      void closeQuietly(entry);
    }
  }
}

async function closeQuietly(entry: Entry): Promise<void> {
  try {
    await (await entry.raster).close();
  } catch {
    // It never opened, or was closed before.
  }
}
