/** Whose product a file is, as far as its name tells: what its bands' numbers mean depends on it. */
export type Platform = "landsat-oli" | "landsat-tm" | "planetscope";

/** By the file's name: Landsat Collections and before, Harmonised Landsat Sentinel-2 (HLS), PlanetScope. */
export const PLATFORM_PATTERNS: readonly (readonly [RegExp, Platform])[] = [
  [/^(?:.*[_\-. ])?L[CO]0?[89](?:_|\d{13})/i, "landsat-oli"],
  [/^HLS\.L30\./i, "landsat-oli"],
  [/^(?:.*[_\-. ])?L[TE]0?[457](?:_|\d{13})/i, "landsat-tm"],
  [/_3B_AnalyticMS/i, "planetscope"],
];
