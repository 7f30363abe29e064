import { PLATFORM_PATTERNS, type Platform } from "../sensors/platform.ts";

/** What the name of a single-band file says about its band. */
export interface BandFileName {
  /** The path without band, resolution and extension: what the files of one scene have in common. */
  readonly prefix: string;
  /** As the name has it, in capitals: `B02`, `B8A`, `B1`, `VV`, `VH`; `B2` for `band2`. */
  readonly band: string;
  readonly family: "optical" | "radar";
}

const RESOLUTION = /[_-][126]0m$/i;
const BAND_AT_END =
  /^(?<prefix>.*?)(?<separator>[_\-. ]?)(?<band>B(?:0?[1-9]|1[0-2]|0?8A)|B6_VCID_[12]|band[_ ]?(?:0?[1-9]|1[0-2])|VV|VH|HH|HV)$/i;

/** Sen2Cor sorts the bands of a scene by resolution into these folders. */
const RESOLUTION_FOLDER = /(^|\/)R[126]0m\//gi;
/** Landsat's Level 2 has the product between scene and band: surface reflectance, temperature. */
const LANDSAT_PRODUCT = /[_-](?:SR|ST|BT)$/i;

const NOT_IMAGERY =
  /[_\-. ](masks?|scl|qa\d*|qa_?(?:pixel|aerosol|radsat)|(?:pixel|radsat)_qa|bqa|fmask|cld|cldprb|clm|clp|cld_?msk|cloud_?masks?|cloud_?prob(?:ability)?|s2cloudless(?:_prob|_mask)?|snwprb|msk[a-z]*|aot|wvp|labels?|labelhand|groundtruth|gt)$/i;
/** Names that nothing else than a quality layer has, so that they need nothing before them. */
const NOT_IMAGERY_ALONE = /^(?:scl|qa60|qa_pixel|bqa|fmask|cldprb|msk_[a-z]+(?:_b\d[0-9a])?)$/i;
/** Angles, and what the surface temperature was made of. */
const LANDSAT_ANCILLARY =
  /_(?:[SV][AZ]A|(?:solar|sensor)_(?:azimuth|zenith)(?:_band\d)?|ST_(?:ATRAN|CDIST|DRAD|EMIS|EMSD|QA|TRAD|URAD)|SR_(?:ATMOS_OPACITY|CLOUD_QA|QA_AEROSOL)|sr_(?:aerosol|atmos_opacity|cloud_qa))$/i;

/** A path relative to the source without its extension. */
export function withoutExtension(path: string): string {
  return path.replace(/\.[^./]*$/, "");
}

/** A path split into its folder (with the slash, without folders by resolution) and its name without extension. */
export function nameParts(path: string): { readonly folder: string; readonly name: string } {
  const stem = withoutExtension(path);
  const slash = stem.lastIndexOf("/") + 1;
  return {
    folder: stem.slice(0, slash).replace(RESOLUTION_FOLDER, "$1"),
    name: stem.slice(slash).replace(RESOLUTION, ""),
  };
}

/** Folder and what the files of a scene have in common, as one path. */
export function joined(folder: string, prefix: string): string {
  return prefix === "" ? folder.slice(0, -1) : folder + prefix;
}

/** Whose scene a file is, as far as its name says. */
export function platformOfFile(path: string): Platform | null {
  const { name } = nameParts(path);
  return PLATFORM_PATTERNS.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

/**
 * Reads `…_B02.tif`, `…_B8A_20m.tif`, `R10m/…_B02_10m.tif`, `…_SR_B2.TIF`, `…-VV.tif`, `folder/B4.tif`,
 * `folder/band4.tif`; null where the name names no band.
 */
export function parseBandFileName(path: string): BandFileName | null {
  if (isCompanionFile(path)) return null;
  const { folder, name } = nameParts(path);
  const { prefix = "", separator = "", band } = BAND_AT_END.exec(name)?.groups ?? {};
  if (band === undefined || (prefix !== "" && separator === "")) return null;
  const isLandsat = platformOfFile(path)?.startsWith("landsat") ?? false;
  const common = isLandsat ? prefix.replace(LANDSAT_PRODUCT, "") : prefix;
  const label = band.toUpperCase().replace(/^BAND[_ ]?0?/, "B");
  return {
    prefix: joined(folder, common),
    band: label,
    family: label.startsWith("B") ? "optical" : "radar",
  };
}

/** Masks, quality layers and rasterised labels lie beside imagery in many archives; they are no patches. */
export function isCompanionFile(path: string): boolean {
  const { name } = nameParts(path);
  if (NOT_IMAGERY.test(name) || NOT_IMAGERY_ALONE.test(name)) return true;
  return LANDSAT_ANCILLARY.test(name) && (platformOfFile(path)?.startsWith("landsat") ?? false);
}

/** Previews that products hold beside their bands: true colour, quick look. */
const PREVIEW = /^(?<prefix>.+)[_\-.](?:TCI|PVI|QL|QKL|PREVIEW)$/i;

/** What a preview's name has in common with the bands that it shows; null for a name that says nothing of the kind. */
export function previewPrefix(path: string): string | null {
  const { folder, name } = nameParts(path);
  const prefix = PREVIEW.exec(name)?.groups?.prefix;
  return prefix === undefined ? null : joined(folder, prefix);
}

/** What the name of a multi-band file has in common with its quality layer's. */
export function sceneKey(path: string): string {
  const { folder, name } = nameParts(path);
  return joined(folder, name);
}
