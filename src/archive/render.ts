import type { BandStatistics, Composite, Scene } from "../shared/domain/imagery.ts";
import type { PixelWindow } from "../shared/raster.ts";
import { paintIndex } from "./color-map.ts";
import { resolveComposite } from "./composites/index.ts";
import type { PatchReader } from "./patch-reader.ts";
import type { Picture } from "./png.ts";
import { displayRanges, gammaCurve, liftingGamma, paintChannel } from "./stretch.ts";

export { encodePng, type Picture } from "./png.ts";

export interface RenderOptions {
  /**
   * Longest side of the picture in pixels. A patch is never enlarged beyond its own pixels: whoever shows
   * it chooses how to. Null or missing = its own size.
   */
  readonly size?: number | null;
}

/**
 * Paints a patch. Pixels without data are transparent.
 *
 * @throws FieldmarkError `invalid-input` for a composite that the scene's bands don't allow, and whatever
 * reading the pixels throws
 */
export async function renderPatch(
  reader: Pick<PatchReader, "read">,
  scene: Scene,
  window: PixelWindow,
  composite: Composite,
  statistics: readonly BandStatistics[],
  options: RenderOptions = {},
): Promise<Picture> {
  const bandNames = scene.bands.map((band) => band.name);
  const { paint, bands } = resolveComposite(composite, bandNames);
  const scale = Math.min(
    1,
    (options.size ?? Number.POSITIVE_INFINITY) / Math.max(window.width, window.height),
  );
  const width = Math.max(1, Math.round(window.width * scale));
  const height = Math.max(1, Math.round(window.height * scale));
  const { planes, valid } = await reader.read(scene, window, { bands, width, height });

  const rgba = new Uint8Array(width * height * 4);
  if (paint === "index") {
    const [first, second] = planes;
    if (first && second) paintIndex(normalisedDifference(first, second), rgba);
  } else {
    // Cameras and mosaics are colour-balanced already; stretching their bands apart would tint them.
    const joint = scene.sensor.startsWith("aerial") && paint === "rgb";
    const ranges = displayRanges(planes, valid, bands, scene.dtype, composite.stretch, statistics, joint);
    const lift = composite.stretch === "project" ? liftingGamma(bands, ranges, statistics) : 1;
    const curve = gammaCurve(composite.gamma * lift);
    for (let channel = 0; channel < 3; channel++) {
      const position = paint === "grey" ? 0 : channel;
      const plane = planes[position];
      const range = ranges[position];
      if (plane && range) paintChannel(plane, range, curve, rgba, channel);
    }
  }
  for (let i = 0; i < width * height; i++) rgba[4 * i + 3] = valid === null || valid[i] === 1 ? 255 : 0;
  return { width, height, rgba };
}

/** (a − b) / (a + b), 0 where both are 0. */
function normalisedDifference(a: Float32Array, b: Float32Array): Float32Array {
  return a.map((value, i) => {
    const sum = value + b[i]!;
    return sum === 0 ? 0 : (value - b[i]!) / sum;
  });
}
