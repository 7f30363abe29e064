import { isCompanionFile, parseBandFileName } from "../../archive/scenes/file-names.ts";
import { isRasterName } from "../../archive/scenes/find-rasters.ts";

/** The images among the file names of one folder; single-band files of one scene count as one, by their common name. */
export function findRasterEntries(files: readonly string[]): string[] {
  const rasters = files.filter((file) => isRasterName(file) && !isCompanionFile(file));
  const bandFiles = new Map<string, string[]>();
  const entries: string[] = [];
  for (const file of rasters) {
    const prefix = parseBandFileName(file)?.prefix;
    if (prefix === undefined || prefix === "") entries.push(file);
    else bandFiles.set(prefix, [...(bandFiles.get(prefix) ?? []), file]);
  }
  for (const [prefix, group] of bandFiles) entries.push(...(group.length > 1 ? [prefix] : group));
  return entries.sort();
}
