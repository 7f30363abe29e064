/** GeoTIFF's codes of linear units (EPSG units of measure). */
const METRE = 9001;
const FEET: ReadonlySet<number> = new Set([9002, 9003]);

/** Blocks of EPSG codes among which projected systems in feet lie: the state planes of the USA and a few others. */
const BLOCKS_WITH_FEET: readonly (readonly [number, number])[] = [
  [2136, 2314],
  [2867, 2994],
  [3080, 3140],
  [3359, 3760],
  [5472, 5646],
  [6128, 6141],
  [6391, 6887],
  [7119, 7132],
  [8065, 8068],
  [8312, 8348],
  [20050, 20050],
  [26729, 26870],
  [32001, 32099],
];

/**
 * Whether a file's own linear unit contradicts its projected system: then it is a system of the file's own, whatever
 * code it names. Systems outside the USA are taken to be in metres.
 */
export function contradictsSystem(unit: number | undefined, epsg: number): boolean {
  if (unit === undefined || unit === 0 || unit === METRE) return false;
  const mayBeInFeet = BLOCKS_WITH_FEET.some(([first, last]) => epsg >= first && epsg <= last);
  return !(FEET.has(unit) && mayBeInFeet);
}
