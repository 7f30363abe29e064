import type { BandStatistics, Scene } from "../shared/domain/imagery.ts";
import { Cancelled, FieldmarkError } from "../shared/errors.ts";
import type { PixelWindow } from "../shared/raster.ts";
import { bandsOf, channelValues } from "./channels.ts";
import type { Channel } from "./composites/index.ts";
import type { PatchReader } from "./patch-reader.ts";
import { validValues } from "./sample-values.ts";
import { ValueSummary } from "./value-summary.ts";

/** A window of a scene below a source's folder. */
export interface Place {
  readonly root: string;
  readonly scene: Scene;
  readonly window: PixelWindow;
}

/** A scene is looked at in a copy whose longer side is about this many pixels: enough for the eye, and quick. */
const OVERVIEW_SIZE = 768;
/** Values kept for the quantiles of each channel. */
const KEPT_VALUES = 1 << 20;

/**
 * Statistics of channels over whole places, each read at a size of at most about 768 × 768 pixels: from overviews
 * where a file has some, else as means of areas, so that the spread of a large scene is that of its
 * reduced copy. Bands of a channel that a scene lacks, and places that can't be read, are passed over; a
 * channel without a single value is left out.
 *
 * @throws FieldmarkError the last reading error when not one place could be read
 */
export async function channelStatistics(
  readerOf: (root: string) => Pick<PatchReader, "read">,
  places: readonly Place[],
  channels: readonly Channel[],
): Promise<BandStatistics[]> {
  const summaries = channels.map(({ name }) => new ValueSummary(name));
  const keep = Math.max(4096, Math.floor(KEPT_VALUES / Math.max(1, places.length)));
  let failure: unknown = null;
  let read = 0;
  for (const { root, scene, window } of places) {
    const has = ({ bands }: Channel) => bands.every((name) => scene.bands.some((band) => band.name === name));
    const made = channels.filter(has);
    if (made.length === 0) continue;
    try {
      const { width, height } = overviewSize(window);
      const pixels = await readerOf(root).read(scene, window, { bands: bandsOf(made), width, height });
      read++;
      for (const [index, values] of channelValues(made, pixels).entries()) {
        const channel = made[index];
        const summary = channel && summaries[channels.indexOf(channel)];
        summary?.add(validValues(values, pixels.valid), keep);
      }
    } catch (error) {
      if (error instanceof Cancelled || !(error instanceof FieldmarkError)) throw error;
      failure = error;
    }
  }
  if (read === 0 && failure !== null) throw failure;
  return summaries.map((summary) => summary.result()).filter((result) => result !== null);
}

/** Below twice the size a copy would only be blurred: the pixels themselves are read. */
function overviewSize({ width, height }: PixelWindow): { readonly width: number; readonly height: number } {
  const scale = OVERVIEW_SIZE / Math.max(width, height);
  if (scale > 0.5) return { width, height };
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
