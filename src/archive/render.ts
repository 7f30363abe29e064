import type { BandStatistics, Composite, Scene } from "../shared/domain/imagery.ts";
import type { PixelWindow } from "../shared/raster.ts";
import { lookAt, paintedLook, readChannels } from "./look.ts";
import type { PatchReader } from "./patch-reader.ts";
import type { Picture } from "./png.ts";
import { gammaCurve, paintChannel, paintMapped } from "./stretch.ts";

export { encodePng, type Picture } from "./png.ts";

export interface RenderOptions {
  /**
   * Longest side of the picture in pixels. A patch is never enlarged beyond its own pixels: whoever shows
   * it chooses how to. Null or missing = its own size.
   */
  readonly size?: number | null;
}

/** The size in which a window is shown: its own, or smaller with its shape kept. */
export function shownSize(
  { width, height }: Pick<PixelWindow, "width" | "height">,
  size: number | null,
): { readonly width: number; readonly height: number } {
  const scale = Math.min(1, (size ?? Number.POSITIVE_INFINITY) / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}

/**
 * Paints a patch. Pixels without data are transparent.
 *
 * @param statistics of what is painted, over the stretch's scope; the patch's own where they are missing
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
  const look = lookAt(scene, composite);
  const { width, height } = shownSize(window, options.size ?? null);
  const { values, valid } = await readChannels(reader, scene, window, look, { width, height });
  const { channels, gamma, colorMap } = await paintedLook(
    look,
    scene,
    composite.gamma,
    statistics,
    async () => ({ values, valid }),
  );

  const rgba = new Uint8Array(width * height * 4);
  const curve = gammaCurve(gamma);
  for (const [index, plane] of values.entries()) {
    const range = channels[index];
    if (!range) continue;
    if (colorMap === null) paintChannel(plane, range, curve, rgba, index);
    else paintMapped(plane, range, curve, colorMap, rgba);
  }
  for (let i = 0; i < width * height; i++) rgba[4 * i + 3] = valid === null || valid[i] === 1 ? 255 : 0;
  return { width, height, rgba };
}
