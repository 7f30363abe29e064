import { join } from "node:path";
import type { GeoTransform } from "../../shared/raster.ts";
import type { ListedFile } from "../scenes/find-rasters.ts";
import type { RasterFile } from "../scenes/raster-file.ts";
import type { RasterInfo } from "../tiff/raster.ts";

/**
 * Version of what headers are made of. Raised whenever the reader sees more in a header, or reads files that it refused
 * before: entries of other versions are read again.
 */
export const READER_VERSION = 1;

/** A raster file as the index keeps it, so that nobody has to open it again while it stays as it is. */
export interface IndexedFile extends ListedFile {
  /** See `fingerprintOf`; null where the file could not be read at all. */
  readonly fingerprint: string | null;
  /** The header as JSON, without path and geotransform: the same text in all files of one kind. Null with a problem. */
  readonly facts: string | null;
  /** Six numbers as JSON; null without georeferencing. */
  readonly geotransform: string | null;
  /** Why the file can't be used, in a sentence; null when it can. */
  readonly problem: string | null;
  /** The `READER_VERSION` that read the header. */
  readonly reader: number;
}

type Facts = Omit<RasterInfo, "path" | "geotransform">;

/** JSON has no NaN and no infinities, which nodata values may be. */
const ODD_NUMBERS: Readonly<Record<string, number>> = {
  "number:NaN": Number.NaN,
  "number:Infinity": Number.POSITIVE_INFINITY,
  "number:-Infinity": Number.NEGATIVE_INFINITY,
};

export function headerText(info: RasterInfo): Pick<IndexedFile, "facts" | "geotransform"> {
  const { path: _, geotransform, ...facts } = info;
  return {
    facts: JSON.stringify(facts, (_key, value: unknown) =>
      typeof value === "number" && !Number.isFinite(value) ? `number:${value}` : value,
    ),
    geotransform: geotransform === null ? null : JSON.stringify(geotransform),
  };
}

function parseFacts(text: string): Facts {
  return JSON.parse(text, (_key, value: unknown) =>
    typeof value === "string" && Object.hasOwn(ODD_NUMBERS, value) ? ODD_NUMBERS[value] : value,
  ) as Facts;
}

/**
 * Gives files of the index the form in which they are grouped into scenes, equal to what reading their headers again
 * would give. Files of one kind share their facts in memory.
 *
 * @param folder the source's folder now
 */
export function createHeaderParser(folder: string): (file: IndexedFile) => RasterFile | null {
  const known = new Map<string, Facts>();
  return ({ path, bytes, modified, beside, facts, geotransform }) => {
    if (facts === null) return null;
    let parsed = known.get(facts);
    if (!parsed) {
      parsed = parseFacts(facts);
      known.set(facts, parsed);
    }
    const info: RasterInfo = {
      path: join(folder, path),
      ...parsed,
      geotransform: geotransform === null ? null : (JSON.parse(geotransform) as unknown as GeoTransform),
    };
    return { path, bytes, modified, beside, info };
  };
}
