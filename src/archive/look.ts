import type { PaintedLook } from "../shared/display/painted-look.ts";
import {
  fullRange,
  INDEX_RANGE,
  jointRange,
  liftingGamma,
  stretchedRange,
} from "../shared/display/stretch.ts";
import {
  type BandStatistics,
  type Composite,
  defaultStretch,
  type Scene,
  type Stretch,
} from "../shared/domain/imagery.ts";
import type { PixelWindow } from "../shared/raster.ts";
import { bandsOf, channelValues } from "./channels.ts";
import { type ResolvedComposite, resolveComposite } from "./composites/index.ts";
import type { PatchPixels, PatchReader } from "./patch-reader.ts";
import { validValues } from "./sample-values.ts";
import { ValueSummary } from "./value-summary.ts";

/** A patch's percentiles come from at most this many of its values: enough for the eye. */
const PATCH_SAMPLE = 8192;

/** A composite on a scene: what is painted, and with which stretch. */
export interface Look {
  readonly resolved: ResolvedComposite;
  readonly stretch: Stretch;
}

/** @throws FieldmarkError `invalid-input` for a composite that the scene's bands don't allow */
export function lookAt(scene: Pick<Scene, "bands">, composite: Composite): Look {
  const resolved = resolveComposite(
    composite,
    scene.bands.map(({ name }) => name),
  );
  return { resolved, stretch: composite.stretch ?? defaultStretch(resolved.paint) };
}

/**
 * The numbers that a patch is painted with.
 *
 * @param statistics of the look's channels, by name, over the stretch's scope; for those that are missing
 *   (and for the scope `patch`) the patch's own are taken
 * @param readValues the values of the patch's channels; asked for only where its own statistics are needed
 */
export async function paintedLook(
  { resolved: { paint, channels, colorMap }, stretch }: Look,
  scene: Pick<Scene, "dtype" | "sensor">,
  gamma: number,
  statistics: readonly BandStatistics[],
  readValues: () => Promise<{ readonly values: readonly Float32Array[]; readonly valid: Uint8Array | null }>,
): Promise<PaintedLook> {
  const isShared = stretch.scope !== "patch" && stretch.method !== "fixed";
  const known = channels.map(({ name }) =>
    isShared ? (statistics.find((each) => each.name === name) ?? null) : null,
  );
  const own = stretch.method !== "fixed" && known.includes(null) ? await readValues() : null;
  const full = paint === "index" ? INDEX_RANGE : fullRange(scene.dtype);
  const measured = channels.map(({ name }, index) => {
    const wide = known[index] ?? (own && patchStatistics(name, own.values[index], own.valid));
    return stretchedRange(stretch, wide, full);
  });
  // Cameras and mosaics are colour-balanced already; stretching their bands apart would tint them.
  const isJoint = scene.sensor.startsWith("aerial") && paint === "rgb";
  const ranges = isJoint ? measured.map(() => jointRange(measured)) : measured;
  // Other stretches say what mean grey is, and colours that stand for values must keep to them.
  const isPicture = paint === "rgb" || (paint === "band" && colorMap === "grey");
  const isLifted = isPicture && stretch.method === "percentile";
  const lift = isLifted ? liftingGamma(ranges, known) : 1;
  return {
    paint,
    channels: channels.map(({ name, bands }, index) => ({
      name,
      bands: [...bands],
      ...(ranges[index] ?? full),
    })),
    gamma: gamma * lift,
    colorMap,
  };
}

function patchStatistics(
  name: string,
  values: Float32Array | undefined,
  valid: Uint8Array | null,
): BandStatistics | null {
  if (!values) return null;
  const summary = new ValueSummary(name);
  summary.add(validValues(values, valid), PATCH_SAMPLE);
  return summary.result();
}

/** Reads what a look paints, `width × height` large. */
export async function readChannels(
  reader: Pick<PatchReader, "read">,
  scene: Scene,
  window: PixelWindow,
  { resolved: { channels } }: Look,
  size: Pick<PatchPixels, "width" | "height">,
): Promise<{ readonly values: readonly Float32Array[]; readonly valid: Uint8Array | null }> {
  const pixels = await reader.read(scene, window, { bands: bandsOf(channels), ...size });
  return { values: channelValues(channels, pixels), valid: pixels.valid };
}
