/** Sentinel-2 MSI's bands in the order of wavelength that ESA numbers them in. */
export const SENTINEL2_BANDS = [
  "B01",
  "B02",
  "B03",
  "B04",
  "B05",
  "B06",
  "B07",
  "B08",
  "B8A",
  "B09",
  "B10",
  "B11",
  "B12",
] as const;

const SENTINEL2_NAME =
  /^(?:s2[ab]?|sentinel-?2[ab]?)?[ _:-]*b(?<band>0?8a|0?[1-9]|1[0-2])(?:[ _-][126]0 ?m)?(?:\s*[(:,;-].*)?$/i;

/** `B1`, `b01`, `S2 B04`, `B08 (842 nm)`, `B8A_20m` → `B01`, `B04`, `B08`, `B8A`; null for anything else. */
export function canonicalSentinel2Band(name: string): string | null {
  const band = SENTINEL2_NAME.exec(name.trim())?.groups?.band?.toUpperCase();
  if (band === undefined) return null;
  return band.endsWith("8A") ? "B8A" : `B${band.padStart(2, "0")}`;
}

/**
 * Whether a band's name can only be Sentinel-2's: zero-padded (`B02`) or `B8A`. `B1` … `B7` may as well be
 * Landsat's, which counts its bands in another way.
 */
export function isSurelySentinel2(name: string): boolean {
  return /b(0[1-9]|0?8a)/i.test(name) && canonicalSentinel2Band(name) !== null;
}

/** Position in the usual band order; names that aren't Sentinel-2's come last. */
export function bandRank(name: string): number {
  const canonical = canonicalSentinel2Band(name);
  const bands: readonly string[] = SENTINEL2_BANDS;
  return canonical === null ? bands.length : bands.indexOf(canonical);
}

const COLOR_WORDS: readonly (readonly [RegExp, string])[] = [
  [/^(r|red)$/, "Red"],
  [/^(g|green)$/, "Green"],
  [/^(b|blue)$/, "Blue"],
  [/^(n|ir|nir|nir ?1|near[ -]?infra ?red|infra ?red)$/, "NIR"],
];

/** `red`, `R`, `red band`, `near-infrared` → `Red`, `Green`, `Blue`, `NIR`; null for anything else. */
export function canonicalColorBand(name: string): string | null {
  const word = name
    .trim()
    .toLowerCase()
    .replaceAll("_", " ")
    .replace(/ ?(band|channel)$/, "");
  return COLOR_WORDS.find(([pattern]) => pattern.test(word))?.[1] ?? null;
}

/** Part that a band plays in a composite. */
export type BandRole = "blue" | "green" | "red" | "nir" | "narrow-nir" | "swir" | "swir1" | "swir2";

const ROLES: Readonly<Record<BandRole, readonly string[]>> = {
  blue: ["B02", "Blue"],
  green: ["B03", "Green"],
  red: ["B04", "Red"],
  nir: ["B08", "B8A", "NIR"],
  /** With the pixel size of the short-wave infrared, for indices of both. */
  "narrow-nir": ["B8A", "B08", "NIR"],
  swir: ["B12", "B11", "SWIR2", "SWIR1"],
  /** At 1.6 µm. */
  swir1: ["B11", "SWIR1"],
  /** At 2.2 µm. */
  swir2: ["B12", "SWIR2"],
};

/** The band that plays a role, of those that there are; null where none does. */
export function bandForRole(role: BandRole, bandNames: readonly string[]): string | null {
  return ROLES[role].find((name) => bandNames.includes(name)) ?? null;
}
