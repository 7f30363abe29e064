import { openRaster, type Raster, type RasterInfo } from "./tiff/raster.ts";

export interface CacheLimits {
  /** Files that stay open. */
  readonly files: number;
  /** Memory that open rasters may hold in decoded blocks together. */
  readonly bytes: number;
}

/** A raster keeps at most this much of what it decoded. */
const MOST_BYTES_A_RASTER = 48 * 2 ** 20;

interface Entry {
  readonly raster: Promise<Raster>;
  users: number;
  bytes: number;
}

/** Keeps the most recently used rasters open; one in use is never closed. */
export class RasterCache {
  #limits: CacheLimits;
  /** In order of use, oldest first. */
  readonly #entries = new Map<string, Entry>();

  constructor(limits: CacheLimits) {
    this.#limits = limits;
  }

  /** Runs `work` with the open raster. Opening errors are passed on and not kept. */
  async use<T>(path: string, work: (raster: Raster) => Promise<T>): Promise<T> {
    const entry = this.#entries.get(path) ?? { raster: openRaster(path), users: 0, bytes: 0 };
    this.#entries.delete(path);
    this.#entries.set(path, entry);
    entry.users++;
    try {
      const raster = await entry.raster;
      entry.bytes = decodedBytes(raster.info);
      return await work(raster);
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

  /** Closes what is idle, and from now on everything as soon as it is. */
  async close(): Promise<void> {
    this.#limits = { files: 0, bytes: 0 };
    const idle = [...this.#entries.values()].filter((entry) => entry.users === 0);
    this.#entries.clear();
    await Promise.all(idle.map(closeQuietly));
  }

  #trim(): void {
    const { files, bytes } = this.#limits;
    let held = 0;
    for (const entry of this.#entries.values()) held += entry.bytes;
    for (const [path, entry] of this.#entries) {
      if (this.#entries.size <= files && held <= bytes) return;
      if (entry.users > 0) continue;
      this.#entries.delete(path);
      held -= entry.bytes;
      void closeQuietly(entry);
    }
  }
}

function decodedBytes({ width, height, bands, dtype }: RasterInfo): number {
  const sampleBytes = Number(/\d+$/.exec(dtype)?.[0] ?? 64) / 8;
  return Math.min(MOST_BYTES_A_RASTER, width * height * bands * sampleBytes);
}

async function closeQuietly(entry: Entry): Promise<void> {
  try {
    await (await entry.raster).close();
  } catch {
    // It never opened, or was closed before.
  }
}
