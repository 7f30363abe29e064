import type { QualityKind } from "../../shared/domain/imagery.ts";
import { qualityKindOf } from "../sensors/quality-bands.ts";
import { joined, nameParts } from "./file-names.ts";

/** What the name of a quality layer's file says. */
export interface QualityFileName {
  readonly kind: QualityKind;
  /** What it has in common with its scene; the folder where it says nothing but what it is. */
  readonly prefix: string;
}

const AT_END =
  /^(?<prefix>.*?)(?:^|[_\-. ])(?<word>cloud_?masks?|cld_?msk|clm|s2cloudless_mask|scl|qa_pixel|bqa|pixel_qa|fmask|clp|(?:msk_)?(?:cldprb|cld)|cloud_?prob(?:ability)?|s2cloudless(?:_prob)?|qa60)$/i;

/**
 * Reads `…_SCL_20m.tif`, `…_QA_PIXEL.TIF`, `…_cloudmask.tif`, `QI_DATA/MSK_CLDPRB_20m.tif`; null for other names. A plain
 * `…_mask.tif` is as often a label raster as a mask of unusable pixels, so it leaves out nothing.
 */
export function parseQualityFileName(path: string): QualityFileName | null {
  const { folder, name } = nameParts(path);
  const { prefix = "", word } = AT_END.exec(name)?.groups ?? {};
  const kind = word === undefined ? null : qualityKindOf(word);
  if (kind === null) return null;
  return { kind, prefix: joined(folder, prefix) };
}
