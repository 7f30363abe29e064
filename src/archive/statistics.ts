import type { BandStatistics, Scene } from "../shared/domain/imagery.ts";
import { Cancelled, FieldmarkError, throwIfCancelled } from "../shared/errors.ts";
import { createRandom } from "../shared/random.ts";
import type { PixelWindow } from "../shared/raster.ts";
import type { Progress } from "../shared/rpc/contract.ts";
import type { PatchReader } from "./patch-reader.ts";
import { percentile, spreadSample, validValues } from "./sample-values.ts";

/** A patch as the reader addresses it. */
export interface PatchAddress {
  readonly scene: Scene;
  readonly window: PixelWindow;
}

export interface StatisticsOptions {
  readonly seed: number;
  /** Patches that are looked at, drawn at random; 200 by default. */
  readonly sample?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** Values kept for the percentiles, for each band over all patches, and at least for each patch. */
const VALUES_PER_BAND = 1 << 20;
const VALUES_PER_PATCH = 4096;

/** Running figures of one band. */
class BandSummary {
  readonly name: string;
  #count = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;
  #mean = 0;
  /** Sum of squared deviations from the mean. */
  #squares = 0;
  readonly #kept: Float32Array[] = [];

  constructor(name: string) {
    this.name = name;
  }

  /**
   * Adds the valid values of one patch, of which at most `keep` go into the percentiles. Mean and deviation
   * are merged by Chan's formula (Chan et al. 1979), so that large values lose no precision.
   */
  add(values: Float32Array, keep: number): void {
    const count = values.length;
    if (count === 0) return;
    let sum = 0;
    let min = this.#min;
    let max = this.#max;
    for (let i = 0; i < count; i++) {
      const value = values[i]!;
      sum += value;
      if (value < min) min = value;
      if (value > max) max = value;
    }
    this.#min = min;
    this.#max = max;
    const mean = sum / count;
    let squares = 0;
    for (let i = 0; i < count; i++) {
      const deviation = values[i]! - mean;
      squares += deviation * deviation;
    }
    const total = this.#count + count;
    const delta = mean - this.#mean;
    this.#mean += (delta * count) / total;
    this.#squares += squares + (delta * delta * this.#count * count) / total;
    this.#count = total;
    this.#kept.push(spreadSample(values, keep));
  }

  result(): BandStatistics | null {
    if (this.#count === 0) return null;
    const sorted = new Float32Array(this.#kept.reduce((sum, part) => sum + part.length, 0));
    let offset = 0;
    for (const part of this.#kept) {
      sorted.set(part, offset);
      offset += part.length;
    }
    sorted.sort();
    return {
      name: this.name,
      min: this.#min,
      max: this.#max,
      mean: this.#mean,
      standardDeviation: Math.sqrt(this.#squares / this.#count),
      p2: percentile(sorted, 0.02),
      p98: percentile(sorted, 0.98),
      count: this.#count,
    };
  }
}

/**
 * Statistics of every band over a seeded sample of patches, in sample values on the scene's grid; nodata, NaN and infinite
 * samples don't count. The deviation is the population's. Percentiles come from about a
 * million values spread over the patches. Patches that can't be read are passed over. Bands come in the order in which scenes name them;
 * a band without a single value is left out.
 *
 * @throws FieldmarkError the last reading error when not one patch could be read; `Cancelled`
 */
export async function bandStatistics(
  reader: Pick<PatchReader, "read">,
  patches: readonly PatchAddress[],
  { seed, sample = 200, signal, onProgress }: StatisticsOptions,
): Promise<BandStatistics[]> {
  const chosen = createRandom(seed).fork("band-statistics").sample(patches, sample);
  const keep = Math.max(VALUES_PER_PATCH, Math.floor(VALUES_PER_BAND / Math.max(1, chosen.length)));
  const summaries = new Map<string, BandSummary>();
  let failure: unknown = null;
  let read = 0;
  for (const [index, { scene, window }] of chosen.entries()) {
    throwIfCancelled(signal);
    try {
      const { planes, valid } = await reader.read(scene, window);
      read++;
      for (const [position, band] of scene.bands.entries()) {
        const summary = summaries.get(band.name) ?? new BandSummary(band.name);
        summaries.set(band.name, summary);
        summary.add(validValues(planes[position] ?? new Float32Array(0), valid), keep);
      }
    } catch (error) {
      if (error instanceof Cancelled || !(error instanceof FieldmarkError)) throw error;
      failure = error;
    }
    onProgress?.({ done: index + 1, total: chosen.length, message: "Measuring bands" });
  }
  if (read === 0 && failure !== null) throw failure;
  return [...summaries.values()].map((summary) => summary.result()).filter((result) => result !== null);
}
