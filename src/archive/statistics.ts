import type { BandStatistics, Scene } from "../shared/domain/imagery.ts";
import { Cancelled, FieldmarkError, throwIfCancelled } from "../shared/errors.ts";
import { createRandom } from "../shared/random.ts";
import type { PixelWindow } from "../shared/raster.ts";
import type { Progress } from "../shared/rpc/contract.ts";
import type { PatchReader } from "./patch-reader.ts";
import { validValues } from "./sample-values.ts";
import { ValueSummary } from "./value-summary.ts";

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
  const summaries = new Map<string, ValueSummary>();
  let failure: unknown = null;
  let read = 0;
  for (const [index, { scene, window }] of chosen.entries()) {
    throwIfCancelled(signal);
    try {
      const { planes, valid } = await reader.read(scene, window);
      read++;
      for (const [position, band] of scene.bands.entries()) {
        const summary = summaries.get(band.name) ?? new ValueSummary(band.name);
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
