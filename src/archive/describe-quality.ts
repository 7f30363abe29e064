import type { QualityKind, Scene } from "../shared/domain/imagery.ts";

const NAMES: Readonly<Record<QualityKind, string>> = {
  "cloud-mask": "cloud masks, where not 0 is cloud",
  scl: "Sentinel-2 scene classification",
  "landsat-qa": "Landsat QA_PIXEL",
  "landsat-bqa": "Landsat BQA",
  "landsat-pixel-qa": "Landsat pixel_qa",
  fmask: "Fmask",
  "cloud-probability": "cloud probability",
  "cloud-probability-255": "cloud probability",
  "cloud-probability-1": "cloud probability",
  qa60: "QA60",
};

/** How many scenes come with a quality layer, and of which kinds, in words; null where none does. */
export function describeQuality(scenes: readonly Pick<Scene, "quality">[]): string | null {
  const kinds = scenes.flatMap(({ quality }) => (quality ? [NAMES[quality.kind]] : []));
  if (kinds.length === 0) return null;
  const which = kinds.length === scenes.length ? "all" : `${kinds.length} of ${scenes.length}`;
  return `${which} scenes: ${[...new Set(kinds)].join("; ")}`;
}
