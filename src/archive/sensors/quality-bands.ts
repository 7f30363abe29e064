import type { QualityKind } from "../../shared/domain/imagery.ts";
import type { SampleType } from "../../shared/raster.ts";

/** The surest first: what somebody made for the purpose counts more than what came with the product. */
const KINDS: readonly (readonly [RegExp, QualityKind])[] = [
  [/^(?:cloud_?masks?|cld_?msk|clm|s2cloudless_mask)$/i, "cloud-mask"],
  [/^scl$/i, "scl"],
  [/^qa_pixel$/i, "landsat-qa"],
  [/^bqa$/i, "landsat-bqa"],
  [/^pixel_qa$/i, "landsat-pixel-qa"],
  [/^fmask$/i, "fmask"],
  [/^clp$/i, "cloud-probability-255"],
  [/^(?:msk_)?(?:cldprb|cld)$|^cloud_?prob(?:ability)?$|^s2cloudless(?:_prob)?$/i, "cloud-probability"],
  [/^qa60$/i, "qa60"],
];

/** The kind of quality layer that a file's or a band's own name says it is; null for anything else. */
export function qualityKindOf(word: string): QualityKind | null {
  return KINDS.find(([pattern]) => pattern.test(word.trim()))?.[1] ?? null;
}

/** Probabilities in floats are shares; all others go by their name. */
export function qualityKindIn(kind: QualityKind, dtype: SampleType): QualityKind {
  return kind.startsWith("cloud-probability") && dtype.startsWith("float") ? "cloud-probability-1" : kind;
}

/** Where several layers lie beside a scene, the one with the lowest rank is used. */
export function qualityRank(kind: QualityKind): number {
  const rank = KINDS.findIndex(([, other]) => other === kind);
  return rank < 0 ? KINDS.length : rank;
}

/** Bands that multi-band exports (Earth Engine's among them) hold beside imagery: classes, flags, atmosphere, previews. */
const ANCILLARY_BAND =
  /^(?:qa\d+|qa_?(?:pixel|radsat|aerosol)|sr_qa_aerosol|sr_(?:cloud_qa|atmos_opacity)|st_(?:atran|cdist|drad|emis|emsd|qa|trad|urad)|aot|wvp|tci_[rgb]|msk_[a-z0-9_]+)$/i;

/** Whether a band's own name says that it holds no imagery. */
export function isAncillaryBand(name: string): boolean {
  return ANCILLARY_BAND.test(name.trim()) || qualityKindOf(name) !== null;
}
