/** What GDAL and this reader look for under a raster's whole name: statistics and names, overviews, a mask. */
const OF_WHOLE_NAME = /^(.+)(?:\.aux\.xml|\.ovr|\.msk)$/i;
/** World files carry the name without its extension: `.tfw`, `.tifw`, `.tiffw`, `.wld` and their like. */
const WORLD_FILE = /^(.+)\.(?:wld|[a-z0-9]{1,5}w)$/i;

/**
 * Which files of a folder belong to which of its rasters: what the header is made of besides the raster itself.
 *
 * @param rasters names of the raster files
 * @param others names of the folder's other files
 * @returns the files beside each raster that has any, sorted
 */
export function filesBeside(
  rasters: readonly string[],
  others: readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const result = new Map<string, string[]>();
  if (others.length === 0) return result;
  const byName = new Map<string, string[]>();
  const byStem = new Map<string, string[]>();
  for (const name of others) {
    const whole = OF_WHOLE_NAME.exec(name)?.[1];
    const stem = whole === undefined ? WORLD_FILE.exec(name)?.[1] : undefined;
    if (whole !== undefined) push(byName, whole, name);
    else if (stem !== undefined) push(byStem, stem, name);
  }
  for (const raster of rasters) {
    const found = [
      ...(byName.get(raster) ?? []),
      ...(byStem.get(raster.replace(/\.[^.]*$/, "")) ?? []),
    ].sort();
    if (found.length > 0) result.set(raster, found);
  }
  return result;
}

function push(map: Map<string, string[]>, key: string, name: string): void {
  const list = map.get(key);
  if (list) list.push(name);
  else map.set(key, [name]);
}
