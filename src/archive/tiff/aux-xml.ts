import { readFile } from "node:fs/promises";
import type { GeoTransform } from "../../shared/raster.ts";
import { unescapeXml } from "./gdal-metadata.ts";

/** What a `.aux.xml` file beside the raster adds (GDAL's "persistent auxiliary metadata"). */
export interface AuxiliaryMetadata {
  readonly geotransform: GeoTransform | null;
  /** Undefined where the file says nothing about the coordinate system. */
  readonly epsg: number | null | undefined;
  readonly nodata: number | null;
  readonly bandNames: ReadonlyMap<number, string>;
}

const NOTHING: AuxiliaryMetadata = {
  geotransform: null,
  epsg: undefined,
  nodata: null,
  bandNames: new Map(),
};

/** Longer files hold histograms or attribute tables, and are read no further. */
const MAX_BYTES = 4 << 20;

export async function readAuxiliaryMetadata(path: string): Promise<AuxiliaryMetadata> {
  let xml: string;
  try {
    xml = (await readFile(`${path}.aux.xml`)).subarray(0, MAX_BYTES).toString("utf8");
  } catch {
    return NOTHING;
  }
  if (!xml.includes("<PAMDataset")) return NOTHING;
  const bandNames = new Map<number, string>();
  let nodata: number | null = null;
  for (const band of xml.split("<PAMRasterBand").slice(1)) {
    const number = Number(/^[^>]*\bband="(\d+)"/.exec(band)?.[1]);
    const name = textOf(band, "Description");
    if (name !== null && number > 0) bandNames.set(number - 1, name);
    const value = Number.parseFloat(textOf(band, "NoDataValue") ?? "");
    if (nodata === null && !Number.isNaN(value)) nodata = value;
  }
  const dataset = xml.split("<PAMRasterBand")[0]!;
  return {
    geotransform: geotransformOf(textOf(dataset, "GeoTransform")),
    epsg: epsgOfWkt(textOf(dataset, "SRS")),
    nodata,
    bandNames,
  };
}

function textOf(xml: string, element: string): string | null {
  const match = new RegExp(`<${element}(?:\\s[^>]*)?>([^<]*)</${element}>`).exec(xml);
  return match === null ? null : unescapeXml(match[1]!).trim();
}

function geotransformOf(text: string | null): GeoTransform | null {
  const values = text?.split(",").map(Number) ?? [];
  if (values.length !== 6 || !values.every(Number.isFinite)) return null;
  return values as unknown as GeoTransform;
}

/** The EPSG code at the root of a WKT text: the last thing in it. */
function epsgOfWkt(wkt: string | null): number | null | undefined {
  if (!wkt) return undefined;
  const root = /(?:AUTHORITY|ID)\["EPSG",\s*"?(\d+)"?\]\s*\]\s*$/i.exec(wkt);
  return root === null ? null : Number(root[1]);
}
