import { stat } from "node:fs/promises";
import { BlockCache } from "./tiff/block-cache.ts";
import { openRaster, type Raster } from "./tiff/raster.ts";

export interface CacheLimits {
  /** Files that stay open. */
  readonly files: number;
  /** Memory that decoded blocks of all open rasters may take together. */
  readonly bytes: number;
}

interface Entry {
  readonly raster: Promise<Raster>;
  /** Size and time of the file when it was opened; empty where they can't be told. */
  readonly stamp: Promise<string>;
  /** When the stamp was last compared, in ms of `performance.now()`. */
  checkedAt: number;
  users: number;
}

/** A file that stays open is asked this often whether it was replaced: its header and blocks would not fit any more. */
const CHECK_MS = 1000;

/**
 * Keeps the most recently used rasters open, with the blocks of them that were used last; a raster in use is never
 * closed.
 */
export class RasterCache {
  #files: number;
  readonly #blocks: BlockCache;
  /** In order of use, oldest first. */
  readonly #entries = new Map<string, Entry>();

  constructor({ files, bytes }: CacheLimits) {
    this.#files = files;
    this.#blocks = new BlockCache(bytes);
  }

  /** Runs `work` with the open raster. Opening errors are passed on and not kept. */
  async use<T>(path: string, work: (raster: Raster) => Promise<T>): Promise<T> {
    await this.#dropReplaced(path);
    const entry = this.#entries.get(path) ?? {
      stamp: stampOf(path),
      raster: openRaster(path, { cache: this.#blocks }),
      checkedAt: performance.now(),
      users: 0,
    };
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

  /** Closes what is idle, and from now on everything as soon as it is. */
  async close(): Promise<void> {
    this.#files = 0;
    const idle = [...this.#entries.values()].filter((entry) => entry.users === 0);
    this.#entries.clear();
    await Promise.all(idle.map(closeQuietly));
  }

  /** Forgets an open file that was replaced or changed meanwhile; whoever uses it may finish. */
  async #dropReplaced(path: string): Promise<void> {
    const entry = this.#entries.get(path);
    if (!entry || performance.now() - entry.checkedAt < CHECK_MS) return;
    entry.checkedAt = performance.now();
    const [now, then] = await Promise.all([stampOf(path), entry.stamp]);
    if (now === then || this.#entries.get(path) !== entry) return;
    this.#entries.delete(path);
    if (entry.users === 0) void closeQuietly(entry);
  }

  #trim(): void {
    for (const [path, entry] of this.#entries) {
      if (this.#entries.size <= this.#files) return;
      if (entry.users > 0) continue;
      this.#entries.delete(path);
      void closeQuietly(entry);
    }
  }
}

async function stampOf(path: string): Promise<string> {
  try {
    const { size, mtimeMs } = await stat(path);
    return `${size} ${mtimeMs}`;
  } catch {
    return "";
  }
}

async function closeQuietly(entry: Entry): Promise<void> {
  try {
    await (await entry.raster).close();
  } catch {
    // It never opened, or was closed before.
  }
}
