import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Place } from "../archive/channel-statistics.ts";
import type { Channel } from "../archive/composites/index.ts";
import type { DecodePool } from "../archive/decode-pool.ts";
import { type BandStatistics, bandStatisticsSchema, type Stretch } from "../shared/domain/imagery.ts";
import { writeFileAtomically } from "./atomic-files.ts";
import type { ShownProject } from "./shown-project.ts";

/** Figures of scenes with more pixels than this go to disk: those of smaller ones are made as fast as read. */
const KEPT_PIXELS = 2 ** 20;
/** Scenes and channels that are remembered at the same time. */
const MOST_ENTRIES = 4000;

const fileSchema = z.object({ key: z.string(), statistics: bandStatisticsSchema.nullable() });

/** Null where a channel has no values. */
type Entry = Promise<BandStatistics | null>;

/**
 * Statistics of bands and indices over a scene or over the project, for stretches: made on demand by the decode
 * pool, each once, and kept in memory; those of large scenes also in the project's cache folder.
 */
export class DisplayStatistics {
  readonly #pool: Pick<DecodePool, "run">;
  #entries = new Map<string, Entry>();

  constructor(pool: Pick<DecodePool, "run">) {
    this.#pool = pool;
  }

  /**
   * Of those channels that have values. Without any where they can't be made: then a patch is painted with its
   * own, and says itself what is wrong with its files.
   */
  async of(
    project: ShownProject,
    place: Place,
    channels: readonly Channel[],
    stretch: Stretch,
  ): Promise<readonly BandStatistics[]> {
    const { method, scope } = stretch;
    if (method === "fixed" || scope === "patch") return [];
    const all = await Promise.all(
      channels.map((channel) =>
        scope === "scene"
          ? this.#ofScene(project, place, channel)
          : this.#ofProject(project, channel, stretch),
      ),
    );
    return all.filter((each) => each !== null);
  }

  clear(): void {
    this.#entries = new Map();
  }

  async #ofProject(
    project: ShownProject,
    channel: Channel,
    { method, low, high }: Stretch,
  ): Promise<BandStatistics | null> {
    const known = channel.bands.length === 1 && project.statistics.find(({ name }) => name === channel.name);
    // Projects of earlier versions know two percentiles only, until the next scan.
    const suffices = method !== "percentile" || (low === 2 && high === 98);
    if (known && (known.quantiles || suffices)) return known;
    const measured = await this.#once(`project ${channel.name}`, () =>
      this.#measure(project.samplePlaces(), channel),
    );
    return measured ?? (known || null);
  }

  async #ofScene(project: ShownProject, place: Place, channel: Channel): Promise<BandStatistics | null> {
    const { root, scene, window } = place;
    // The patch is the scene.
    if (window.width === scene.width && window.height === scene.height) return null;
    const key = JSON.stringify([root, scene.name, scene.bytes, scene.modified, channel.name]);
    const whole = { root, scene, window: { x: 0, y: 0, width: scene.width, height: scene.height } };
    return this.#once(key, async () => {
      if (scene.width * scene.height <= KEPT_PIXELS) return this.#measure([whole], channel);
      const path = join(project.cacheFolder, `${createHash("sha256").update(key).digest("hex")}.json`);
      const kept = await readKept(path, key);
      if (kept) return kept.statistics;
      const statistics = await this.#measure([whole], channel);
      // A cache that can't be written (read-only medium, full disk) is no reason not to show the picture.
      await writeFileAtomically(path, JSON.stringify({ key, statistics })).catch(() => {});
      return statistics;
    });
  }

  async #measure(places: readonly Place[], channel: Channel): Promise<BandStatistics | null> {
    const [statistics] = await this.#pool.run("statistics", { places, channels: [channel] });
    return statistics ?? null;
  }

  /** Makes an entry, or waits for the one that is being made; failures are forgotten, to be tried again. */
  async #once(key: string, make: () => Entry): Entry {
    const entries = this.#entries;
    const existing = entries.get(key);
    const entry = existing ?? make();
    entries.delete(key);
    entries.set(key, entry);
    for (const oldest of entries.keys()) {
      if (entries.size <= MOST_ENTRIES) break;
      entries.delete(oldest);
    }
    try {
      return await entry;
    } catch {
      entries.delete(key);
      return null;
    }
  }
}

/** Null where there is nothing, or something else. */
async function readKept(path: string, key: string): Promise<z.infer<typeof fileSchema> | null> {
  try {
    const kept = fileSchema.parse(JSON.parse(await readFile(path, "utf8")));
    return kept.key === key ? kept : null;
  } catch {
    return null;
  }
}
