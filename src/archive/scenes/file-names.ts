/** What the name of a single-band file says about its band. */
export interface BandFileName {
  /** The path without band, resolution and extension: what the files of one scene have in common. */
  readonly prefix: string;
  /** As the name has it, in capitals: `B02`, `B8A`, `B1`, `VV`, `VH`. */
  readonly band: string;
  readonly family: "optical" | "radar";
}

const BAND_AT_END =
  /^(?<prefix>.*?)(?<separator>[_\-. ]?)(?<band>B(?:0?[1-9]|1[0-2]|0?8A)|VV|VH|HH|HV)(?:[_-][126]0m)?$/i;
const NOT_IMAGERY =
  /[_\-. ](masks?|scl|qa\d*|qa_?(?:pixel|aerosol|radsat)|cld|cldprb|snwprb|msk[a-z]*|aot|wvp|labels?|labelhand|groundtruth|gt)(?:[_-][126]0m)?$/i;

/** A path relative to the source without its extension. */
export function withoutExtension(path: string): string {
  return path.replace(/\.[^./]*$/, "");
}

/** Reads `…_B02.tif`, `…_B8A_20m.tif`, `…-VV.tif`, `folder/B4.tif`; null where the name names no band. */
export function parseBandFileName(path: string): BandFileName | null {
  const stem = withoutExtension(path);
  const slash = stem.lastIndexOf("/") + 1;
  const match = BAND_AT_END.exec(stem.slice(slash));
  const { prefix = "", separator = "", band = "" } = match?.groups ?? {};
  if (!match || (prefix !== "" && separator === "")) return null;
  const whole = prefix === "" ? stem.slice(0, Math.max(0, slash - 1)) : stem.slice(0, slash) + prefix;
  const name = band.toUpperCase();
  return { prefix: whole, band: name, family: name.startsWith("B") ? "optical" : "radar" };
}

/** Masks, quality layers and rasterised labels lie beside imagery in many archives; they are no patches. */
export function isCompanionFile(path: string): boolean {
  return NOT_IMAGERY.test(withoutExtension(path.slice(path.lastIndexOf("/") + 1)));
}
