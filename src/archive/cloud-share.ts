import type { Grid, QualityKind, Scene } from "../shared/domain/imagery.ts";
import { CLOUD_PROBABILITY, UNUSABLE_SCENE_CLASSES } from "../shared/domain/imagery.ts";
import { assertNever } from "../shared/errors.ts";
import type { PixelWindow } from "../shared/raster.ts";
import type { PatchReader } from "./patch-reader.ts";

/** What of a quality layer counts as unusable. */
export type CloudRules = Pick<Grid, "cloudClasses" | "cloudProbability">;

/** Fill, dilated cloud, cirrus, cloud, cloud shadow (USGS, Landsat 8–9 Collection 2 Level 2 guide, QA_PIXEL). */
const LANDSAT_QA = 0b11111;
/** Fill, cloud shadow, cloud (USGS, LaSRC product guide, pixel_qa). */
const LANDSAT_PIXEL_QA = 0b101001;
/** Fill, cloud (USGS, Collection 1 Level 1 quality band). */
const LANDSAT_BQA = 0b10001;
/** Cloud, next to cloud or shadow, cloud shadow (HLS v2.0 user guide, Fmask). */
const FMASK = 0b1110;
/** Opaque cloud, cirrus. */
const QA60 = 0b11 << 10;

/** Confidence in two bits: 3 is high. */
function isHigh(value: number, bit: number): boolean {
  return ((value >> bit) & 3) === 3;
}

function unusable(kind: QualityKind, rules: CloudRules): (value: number) => boolean {
  const { cloudClasses = UNUSABLE_SCENE_CLASSES, cloudProbability = CLOUD_PROBABILITY } = rules;
  switch (kind) {
    case "cloud-mask":
      return (value) => value !== 0;
    case "scl":
      return (value) => cloudClasses.includes(value);
    case "landsat-qa":
      return (value) => (value & LANDSAT_QA) !== 0;
    case "landsat-pixel-qa":
      return (value) => (value & LANDSAT_PIXEL_QA) !== 0 || isHigh(value, 8);
    case "landsat-bqa":
      return (value) => (value & LANDSAT_BQA) !== 0 || isHigh(value, 7) || isHigh(value, 11);
    case "fmask":
      return (value) => (value & FMASK) !== 0;
    case "qa60":
      return (value) => (value & QA60) !== 0;
    case "cloud-probability":
      return (value) => value > cloudProbability;
    case "cloud-probability-255":
      return (value) => value * 100 > cloudProbability * 255;
    case "cloud-probability-1":
      // The layer holds 32-bit floats, so the limit is compared in the same precision.
      return (value) => value > Math.fround(cloudProbability / 100);
    default:
      return assertNever(kind);
  }
}

/**
 * Share (0–1) of a window that the scene's quality layer calls cloud, cloud shadow, cirrus, saturated or empty; 0 without
 * a layer. NaN counts as usable.
 *
 * @throws FieldmarkError as `readQuality`
 */
export async function cloudShare(
  reader: Pick<PatchReader, "readQuality">,
  scene: Scene,
  window: PixelWindow,
  rules: CloudRules = {},
): Promise<number> {
  const values = scene.quality ? await reader.readQuality(scene, window) : null;
  if (!scene.quality || !values || values.length === 0) return 0;
  const isUnusable = unusable(scene.quality.kind, rules);
  let count = 0;
  for (const value of values) if (!Number.isNaN(value) && isUnusable(value)) count++;
  return count / values.length;
}
